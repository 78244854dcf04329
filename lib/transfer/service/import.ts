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
  /** Of the input, for messages. */
  name: string;
  /** Identities per transaction. */
  batchSize: number;
  /** Skips the lines before this one, which an interrupted import has settled. */
  firstLine?: number;
  /** Called after each transaction. The import goes on when it resolves. */
  onProgress?: (progress: ImportProgress) => void | Promise<void>;
  /** Ends the import between two transactions by throwing the signal's reason. */
  signal?: AbortSignal;
};

/**
 * Imports identities with their IDs, timestamps and passkeys, each line on its own: a refused line does not affect the
 * others, and an identity that exists is left unchanged. Each transaction has the identities, their passkeys and their
 * events. Memory is bounded by a batch, and the list of refused lines. Sends no mail. Refuses as a whole: `invalid_input`
 * for UTF-16, `overloaded`.
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

/** Not the error itself: with its stack, a million of them would fill the memory. */
function toRefused(line: number, { code, message, details }: AppError): RefusedLine {
  return { line, code, reason: details.reason ?? message };
}
