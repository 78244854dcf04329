import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { type RecoveryCode, summarize, toPersonalCode } from '../model';
import * as rows from '../repository';
import { hashPersonalCode } from './hash';
import { notifyHolder } from './notify-holder';

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
 * Consumes a code of an identity that the caller has locked and read in this transaction; true for exactly one caller.
 * Writes the event, and a mail with the number left.
 */
export async function consumeRecoveryCode(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  code: RecoveryCode,
): Promise<boolean> {
  const { id: identityId, projectId, revocationEpoch } = identity;
  if (code.identityId !== identityId || code.revocationEpoch !== revocationEpoch) return false;
  if (!(await rows.consumeCode(tx, code, new Date()))) return false;
  const left = summarize(await rows.listCodes(projectId, identityId, tx), revocationEpoch)?.left ?? 0;
  await recordEvent(tx, actor, { type: 'recovery_code.used', identityId, details: { left } });
  await notifyHolder(tx, actor, identity, { change: 'used', left });
  return true;
}
