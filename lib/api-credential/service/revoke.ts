import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import type { ApiCredential } from '../model';
import * as rows from '../repository';
import { subjectOf } from './change';
import { getApiCredential } from './get';

/** Revokes a credential with its secrets and tokens, immediately and permanently. Idempotent. Refuses: `not_found`. */
export async function revokeApiCredential(actor: Actor, clientId: string): Promise<ApiCredential> {
  return transaction(async (tx) => {
    const now = new Date();
    const credential = await rows.lockUnrevoked(tx, actor.projectId, clientId, now);
    if (!credential) return getApiCredential(actor.projectId, clientId, tx);
    const revoked = { ...credential, revokedAt: now };
    await rows.updateApiCredentialRow(tx, revoked);
    await rows.deleteSecrets(tx, credential.id);
    await recordEvent(tx, actor, { type: 'api_credential.revoked', details: subjectOf(credential) });
    return revoked;
  });
}
