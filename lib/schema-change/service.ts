export { deleteSchema } from './service/delete';
export { getSchemaChange, listSchemaChangesOf } from './service/get';
export { finishSchemaChange, schemaChangeJobs } from './service/jobs';
export { type Move, moveToSchema, previewMove } from './service/move-one';
export { type PersonPreview, previewPeople } from './service/preview';
export { type DraftFault, readDraft } from './service/read-draft';
export { schemaChangeSource, stopSchemaChange } from './service/source';
export { publishSchema, startImpact, undoSchemaChange } from './service/start';
