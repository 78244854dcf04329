import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { processWide } from '@/lib/platform/process-wide';
import { decrypt, encrypt } from '@/lib/platform/secret';
import { type Done, type KeptAnswer, type KeyedCall, RETENTION_HOURS } from '../model';
import * as rows from '../repository';

export type Outcome = { answer: KeptAnswer; isReplayed: boolean };

/**
 * Carries a call out once, however often it is repeated within a day. The key's row is written first and the answer last, in
 * the transaction of the change itself: whoever dies on the way leaves neither key nor change, and while one is at it the
 * unique index lets no other one begin (docs/decisions/0008-a-repeated-call-is-answered-once.md). A refusal for good is kept
 * as well (`toKept`), as it changed nothing; what was not decided (`toKept` gives null) may be tried again.
 * Refuses: `idempotency_key_reused`, `already_done` where the answer is not given twice, and what `work` throws.
 */
export function once(
  call: KeyedCall,
  work: (tx: Tx) => Promise<Done>,
  toKept: (refusal: unknown) => KeptAnswer | null,
): Promise<Outcome> {
  return inTurn(call.id, async () => {
    for (;;) {
      const row = await rows.findKey(call.id);
      if (row && row.expiresAt > new Date()) return replayed(call, row);
      if (row) await rows.deleteKey(row);
      try {
        return { answer: await firstAnswer(call, work, toKept), isReplayed: false };
      } catch (error) {
        // Another process was faster, and its answer is there now.
        if (!(error instanceof rows.IdempotencyKeyInUseError)) throw error;
      }
    }
  });
}

const underWay = processWide('idempotency.under_way', () => new Map<string, Promise<unknown>>());

/** One at a time in this process: those who wait hold no connection to the database meanwhile. */
async function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (underWay.get(id) ?? Promise.resolve()).then(work, work);
  underWay.set(id, turn);
  try {
    return await turn;
  } finally {
    if (underWay.get(id) === turn) underWay.delete(id);
  }
}

async function firstAnswer(
  call: KeyedCall,
  work: (tx: Tx) => Promise<Done>,
  toKept: (refusal: unknown) => KeptAnswer | null,
): Promise<KeptAnswer> {
  try {
    return await transaction(async (tx) => {
      await rows.insertKey(tx, toRow(call, null));
      const { answer, resourceId, isSecret } = await work(tx);
      await rows.updateAnswer(tx, call.id, { answer: isSecret ? null : seal(call, answer), resourceId });
      return answer;
    });
  } catch (error) {
    const refusal = toKept(error);
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

function toRow(call: KeyedCall, answer: KeptAnswer | null): rows.KeyRow {
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + RETENTION_HOURS * 3_600_000);
  return { ...call, answer: answer && seal(call, answer), resourceId: null, createdAt, expiresAt };
}

/** Null for what was kept under another SIGNET_SECRET. */
function unseal(id: string, answer: string): KeptAnswer | null {
  try {
    return JSON.parse(decrypt('idempotency', answer, id));
  } catch {
    return null;
  }
}

function seal({ id }: KeyedCall, answer: KeptAnswer): string {
  return encrypt('idempotency', JSON.stringify(answer), id);
}
