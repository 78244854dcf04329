export { findSchema, listSchemaNames, listSchemas, listSchemaVersions } from './repository';
export { addSchemaVersion, createSchema, removeSchema, withdrawSchemaVersion } from './service/change';
export { ensureDefaultSchema, insertDefaultSchema } from './service/default';
export { DEFAULT_SCHEMA_ID, findSchemaByName, getSchema } from './service/get';
export { traitViolations, validateTraits } from './service/validate';
export { documentViolations, validateDocument } from './service/validate-schema';
