import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { mergeEdit } from '@/lib/platform/edit';
import { type ApiCredentialChange, apiCredentialChange } from '../contract';
import { type ApiCredential, type CredentialSettings, inOrder } from '../model';
import * as rows from '../repository';
import { lock, parsed, visible } from './change';

/**
 * Renames a credential or changes its method, scopes, audiences or expiry. Issued tokens follow at their next call. `base`
 * are the fields as the caller saw them: a field that was changed concurrently is neither overwritten nor lost.
 * Refuses: `not_found`, `invalid_input` (a revoked one stays as it is), `version_conflict` with `conflicts`.
 */
export async function updateApiCredential(
  actor: Actor,
  clientId: string,
  change: ApiCredentialChange,
  base?: Partial<CredentialSettings>,
): Promise<ApiCredential> {
  const mine = toFields(parsed(apiCredentialChange, change));
  return transaction(async (tx) => {
    const before = await lock(tx, actor, clientId);
    const { name, authMethod, scopes, audiences } = before;
    const current = { name, authMethod, scopes, audiences, expiresAt: before.expiresAt?.toISOString() ?? null };
    const wanted = mergeEdit<typeof current>(current, { base: toFields(base ?? before), mine });
    const after = { ...before, ...wanted, expiresAt: wanted.expiresAt === null ? null : new Date(wanted.expiresAt) };
    const changes = diffJson(visible(before), visible(after));
    if (Object.keys(changes).length === 0) return before;
    await rows.updateApiCredentialRow(tx, after);
    await recordEvent(tx, actor, { type: 'api_credential.updated', details: { client_id: clientId, changes } });
    return after;
  });
}

/** What may be changed, as JSON; a moment by its text. */
function toFields({ name, authMethod, scopes, audiences, expiresAt }: Partial<CredentialSettings>) {
  const end = expiresAt instanceof Date ? expiresAt.toISOString() : expiresAt;
  return { name, authMethod, scopes: scopes && inOrder(scopes), audiences, expiresAt: end };
}
