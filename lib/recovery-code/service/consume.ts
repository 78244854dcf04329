import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { type RecoveryCode, summarize, toPersonalCode } from '../model';
import * as rows from '../repository';
import { hashPersonalCode } from './hash';

/** An unused code of this identity. Null without an identity, at the same cost. `typed` as entered. */
export async function findRecoveryCode(
  projectId: string,
  identityId: string | null,
  typed: string,
): Promise<RecoveryCode | null> {
  const code = toPersonalCode(typed);
  if (code === null) return null;
  return rows.findUnused(projectId, identityId ?? '', hashPersonalCode(identityId ?? '', code));
}

/**
 * Consumes a code of an identity that the caller has locked and read in this transaction. Resolves to the number left for
 * exactly one caller, and to null for others. Writes the event, not the mail (`notifyHolder`).
 */
export async function consumeRecoveryCode(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  code: RecoveryCode,
): Promise<number | null> {
  const { id: identityId, projectId, revocationEpoch } = identity;
  if (code.identityId !== identityId || code.revocationEpoch !== revocationEpoch) return null;
  if (!(await rows.consumeCode(tx, code, new Date()))) return null;
  const left = summarize(await rows.listCodes(projectId, identityId, tx), revocationEpoch)?.left ?? 0;
  await recordEvent(tx, actor, { type: 'recovery_code.used', identityId, details: { left } });
  return left;
}
