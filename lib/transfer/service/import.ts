import { importPeople } from '@/lib/credential/service';
import type { Actor } from '@/lib/platform/actor';
import { type AppError, isAppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import { toPerson } from '../contract';
import type { ImportProgress, ImportResult, RefusedLine } from '../model';
import { readChunks } from './lines';

type Options = {
  /** JSON Lines, one identity each, in UTF-8. */
  input: AsyncIterable<Uint8Array | string>;
  /** Name of the input, for messages. */
  name: string;
  /** Identities per transaction. */
  batchSize: number;
  /** Skips earlier lines, settled by an interrupted import. */
  firstLine?: number;
  /** Called after each transaction; the import waits for it. */
  onProgress?: (progress: ImportProgress) => void | Promise<void>;
  /** Ends the import between two transactions by throwing the signal's reason. */
  signal?: AbortSignal;
};

/**
 * Imports identities with their IDs, timestamps and passkeys. A refused line does not affect the others; existing
 * identities are left unchanged. Each transaction writes identities, passkeys and events. Memory is bounded by a batch and
 * the list of refused lines. Sends no mail. Refuses as a whole: `invalid_input` for UTF-16, `overloaded`.
 */
export async function importLines(actor: Actor, project: Project, options: Options): Promise<ImportResult> {
  const { input, name, batchSize, firstLine = 1, onProgress, signal } = options;
  const result: ImportResult = { imported: 0, present: 0, refused: [] };
  for await (const lines of readChunks(input, { name, size: batchSize, firstLine })) {
    signal?.throwIfAborted();
    const people = lines.map(({ text }) => (typeof text === 'string' ? toPerson(text) : text));
    const outcomes = await importPeople(actor, project, people, batchSize);
    outcomes.forEach((outcome, at) => {
      if (isAppError(outcome)) result.refused.push(toRefused(lines[at]?.number ?? 0, outcome));
      else result[outcome] += 1;
    });
    const { number, bytesRead } = lines.at(-1) ?? { number: 0, bytesRead: 0 };
    await onProgress?.({ line: number, bytesRead });
  }
  return result;
}

/** Without the error's stack: a million of them would exhaust memory. */
function toRefused(line: number, { code, message, details }: AppError): RefusedLine {
  return { line, code, reason: details.reason ?? message };
}
