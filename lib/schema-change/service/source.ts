import type { JobSource } from '@/lib/job/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUuid } from '@/lib/platform/ids';
import { SCHEMA_CHANGE_KINDS, type SchemaChangeKind } from '../model';
import * as rows from '../repository';
import { finishSchemaChange } from './jobs';
import { undoSchemaChange } from './start';
import { toJobView } from './view';

/** Impact, publication and undo of a schema as jobs. */
export const schemaChangeSource: JobSource = {
  kinds: SCHEMA_CHANGE_KINDS,
  async find(projectId, id, tx) {
    const change = isUuid(id) ? await rows.findSchemaChange(projectId, id, tx) : null;
    return change && toJobView(change, await rows.findUndoing(projectId, id, tx));
  },
  async list(projectId, { kinds, states }, window) {
    const own = kinds?.filter(isKind);
    const found = await rows.listSchemaChanges(projectId, { kinds: own, states }, window);
    return Promise.all(found.map(async (change) => toJobView(change, await rows.findUndoing(projectId, change.id))));
  },
  stop: stopSchemaChange,
  finish: finishSchemaChange,
  undo: async (principal, projectId, id, options) => (await undoSchemaChange(principal, projectId, id, options)).id,
};

/** Ends a job before its next step; what was done remains. Does nothing if it has ended. */
export async function stopSchemaChange(projectId: string, id: string, tx?: Tx): Promise<void> {
  await rows.updateEndedBy(projectId, id, 'stopped', tx);
}

function isKind(kind: string): kind is SchemaChangeKind {
  return SCHEMA_CHANGE_KINDS.some((known) => known === kind);
}
