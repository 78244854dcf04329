import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { processWide } from '@/lib/platform/process-wide';
import { decrypt, encrypt } from '@/lib/platform/secret';
import { type CallResult, type KeyedCall, RETENTION_HOURS, type StoredResponse } from '../model';
import * as rows from '../repository';

export type Outcome = { answer: StoredResponse; isReplayed: boolean };

/**
 * Carries out a call once, also when it is repeated within `RETENTION_HOURS`. The transaction of the change inserts the
 * key's row first and stores the response last: a crash before commit rolls back both, and the unique index keeps a
 * concurrent call from starting (docs/decisions/0008-a-repeated-call-takes-effect-once.md). A final refusal is stored
 * too (`toStored`); if `toStored` returns null, the call may be retried.
 * Refuses: `idempotency_key_reused`, `already_done` if the response is not available again, and what `work` throws.
 */
export function once(
  call: KeyedCall,
  work: (tx: Tx) => Promise<CallResult>,
  toStored: (refusal: unknown) => StoredResponse | null,
): Promise<Outcome> {
  return runSerially(call.id, async () => {
    for (;;) {
      const row = await rows.findKey(call.id);
      if (row && row.expiresAt > new Date()) return replayed(call, row);
      if (row) await rows.deleteKey(row);
      try {
        return { answer: await carryOut(call, work, toStored), isReplayed: false };
      } catch (error) {
        // Another process committed first; its response is stored now.
        if (!(error instanceof rows.IdempotencyKeyInUseError)) throw error;
      }
    }
  });
}

const inProgress = processWide('idempotency.under_way', () => new Map<string, Promise<unknown>>());

/** Runs calls with the same key one at a time in this process, so that waiting calls hold no database connection. */
async function runSerially<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (inProgress.get(id) ?? Promise.resolve()).then(work, work);
  inProgress.set(id, turn);
  try {
    return await turn;
  } finally {
    if (inProgress.get(id) === turn) inProgress.delete(id);
  }
}

async function carryOut(
  call: KeyedCall,
  work: (tx: Tx) => Promise<CallResult>,
  toStored: (refusal: unknown) => StoredResponse | null,
): Promise<StoredResponse> {
  try {
    return await transaction(async (tx) => {
      await rows.insertKey(tx, toRow(call, null));
      const { answer, resourceId, isSecret } = await work(tx);
      await rows.updateAnswer(tx, call.id, { answer: isSecret ? null : seal(call, answer), resourceId });
      return answer;
    });
  } catch (error) {
    const refusal = toStored(error);
    if (!refusal) throw error;
    await transaction((tx) => rows.insertKey(tx, toRow(call, refusal)));
    return refusal;
  }
}

function replayed({ id, fingerprint }: KeyedCall, row: rows.KeyRow): Outcome {
  if (row.fingerprint !== fingerprint) throw new AppError('idempotency_key_reused');
  const answer = row.answer && unseal(id, row.answer);
  if (!answer) throw new AppError('already_done', { ...(row.resourceId !== null && { resourceId: row.resourceId }) });
  return { answer, isReplayed: true };
}

function toRow(call: KeyedCall, answer: StoredResponse | null): rows.KeyRow {
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + RETENTION_HOURS * 3_600_000);
  return { ...call, answer: answer && seal(call, answer), resourceId: null, createdAt, expiresAt };
}

/** Null if the response was stored under another SIGNET_SECRET. */
function unseal(id: string, answer: string): StoredResponse | null {
  try {
    return JSON.parse(decrypt('idempotency', answer, id));
  } catch {
    return null;
  }
}

function seal({ id }: KeyedCall, answer: StoredResponse): string {
  return encrypt('idempotency', JSON.stringify(answer), id);
}
