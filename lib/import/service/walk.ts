import { type AppError, isAppError } from '@/lib/platform/errors';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import type { IdentitySchema } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { Import } from '../model';
import * as rows from '../repository';
import { type Incoming, type SchemaLookup, toIncoming } from './person';
import { keysOf, type Planned, planRows, SeenKeys } from './plan';
import { rowsOf, type SourceRow } from './rows';

/** Rows that were read together, in the order of the file, with what each is about. */
export type Step = { rows: SourceRow[]; planned: Planned[]; bytesRead: number };

/**
 * Reads an upload row by row, from behind its position. Rows before it are read again, since what they are about counts
 * for the rows that follow.
 */
export async function* walk(one: Import, signal?: AbortSignal): AsyncGenerator<Step> {
  const { id, projectId, settings, position } = one;
  const seen = new SeenKeys();
  const schemaOf = schemaCache(projectId);
  for await (const group of rowsOf(rows.readChunks(id, 'upload'), settings)) {
    signal?.throwIfAborted();
    const read: Array<{ row: SourceRow; incoming: Incoming | AppError }> = [];
    for (const row of group) {
      await yieldToEventLoop();
      const incoming = await toIncoming(row, settings, schemaOf);
      if (row.number > position) read.push({ row, incoming });
      else if (!isAppError(incoming)) seen.add(row.number, keysOf(incoming, settings));
    }
    if (read.length === 0) continue;
    const planned = await planRows(
      projectId,
      settings,
      read.map(({ row, incoming }) => ({ number: row.number, incoming })),
      seen,
    );
    yield { rows: read.map(({ row }) => row), planned, bytesRead: group.at(-1)?.bytesRead ?? 0 };
  }
}

function schemaCache(projectId: string): SchemaLookup {
  const known = new Map<string, IdentitySchema | AppError>();
  return async (schemaId) => {
    const found = known.get(schemaId) ?? (await getSchema(projectId, schemaId).catch(asRefusal));
    if (known.size < 1000) known.set(schemaId, found);
    if (isAppError(found)) throw found;
    return found;
  };
}

function asRefusal(error: unknown): AppError {
  if (isAppError(error)) return error;
  throw error;
}
