import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { mergeEdit } from '@/lib/platform/edit';
import { requireInput } from '@/lib/platform/input';
import { type ApiCredentialChange, apiCredentialChange } from '../contract';
import { type ApiCredential, type CredentialSettings, inOrder } from '../model';
import * as rows from '../repository';
import { lock, subjectOf, toAuditFields } from './change';

/**
 * Changes name, method, scopes, audiences or expiry of a credential. Issued tokens follow on their next call. `base` is
 * the caller's view of the fields: one changed concurrently is a conflict and is not overwritten.
 * Refuses: `not_found`, `invalid_input` (also for a revoked credential), `version_conflict` with `conflicts`.
 */
export async function updateApiCredential(
  actor: Actor,
  clientId: string,
  change: ApiCredentialChange,
  base?: Partial<CredentialSettings>,
): Promise<ApiCredential> {
  const mine = toFields(requireInput(apiCredentialChange, change));
  return transaction(async (tx) => {
    const before = await lock(tx, actor, clientId);
    const { name, authMethod, scopes, audiences } = before;
    const current = { name, authMethod, scopes, audiences, expiresAt: before.expiresAt?.toISOString() ?? null };
    const merged = mergeEdit<typeof current>(current, { base: toFields(base ?? before), mine });
    const after = { ...before, ...merged, expiresAt: merged.expiresAt === null ? null : new Date(merged.expiresAt) };
    const changes = diffJson(toAuditFields(before), toAuditFields(after));
    if (Object.keys(changes).length === 0) return before;
    await rows.updateApiCredentialRow(tx, after);
    await recordEvent(tx, actor, { type: 'api_credential.updated', details: { ...subjectOf(after), changes } });
    return after;
  });
}

/** The editable fields as JSON; times as ISO 8601. */
function toFields({ name, authMethod, scopes, audiences, expiresAt }: Partial<CredentialSettings>) {
  const end = expiresAt instanceof Date ? expiresAt.toISOString() : expiresAt;
  return { name, authMethod, scopes: scopes && inOrder(scopes), audiences, expiresAt: end };
}
