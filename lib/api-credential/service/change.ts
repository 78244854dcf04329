import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { invalidInput } from '@/lib/platform/input';
import type { JsonObject } from '@/lib/platform/json';
import type { ApiCredential } from '../model';
import * as rows from '../repository';
import { getApiCredential } from './get';

/** Locks a credential for a change. Refuses: `not_found`, `invalid_input` if it is revoked. */
export async function lock(tx: Tx, actor: Actor, clientId: string): Promise<ApiCredential> {
  const credential = await rows.lockUnrevoked(tx, actor.projectId, clientId, new Date());
  if (credential) return credential;
  await getApiCredential(actor.projectId, clientId, tx);
  throw invalidInput('This API credential is revoked');
}

/** Names the credential in the details of every event about it. */
export function subjectOf({ clientId, name }: ApiCredential): { client_id: string; name: string } {
  return { client_id: clientId, name };
}

/** The fields recorded in the audit log. */
export function toAuditFields(credential: ApiCredential): JsonObject {
  return {
    name: credential.name,
    token_endpoint_auth_method: credential.authMethod,
    scopes: credential.scopes,
    audiences: credential.audiences,
    expires_at: credential.expiresAt?.toISOString() ?? null,
  };
}
