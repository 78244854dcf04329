import { isAddedByHolder, type Passkey } from '@/lib/credential/model';
import { listPasskeys, removePasskeys } from '@/lib/credential/service';
import { emailOf, type Identity, type VerifiableAddress } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
import { confineIdentity, getIdentity } from '@/lib/identity/service';
import { revokeInvitationsTo } from '@/lib/invitation/service';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { findOrganization, getFirstProject } from '@/lib/project/service';
import { endRecoveryCodes } from '@/lib/recovery-code/service';
import type { OperatorRole } from '@/lib/role/model';
import { findAssignment } from '@/lib/role/service';
import { endAllPending } from '@/lib/verification/service';
import { type PromotionPreview, type Removals, removalKeys } from '../model';

/**
 * A first or higher role removes everything that another party could have planted in the account, because it would now
 * give access beyond that party's permissions (docs/decisions/0014).
 */
export type Promotion = {
  /** The only identifier from now on, normalized. */
  email: string;
  /** The passkey of their own session, the only one that stays; null: none stays. Absent: promoted by another party. */
  keptPasskeyId?: string | null;
  /** The removals that the promoter confirmed, as `removalKeys`. */
  confirmed?: string[];
};

/**
 * Removes passkeys, recovery codes and identifiers, ends codes, links, ceremonies and invitations, and raises the revocation epoch. The
 * caller locks the identity's row first and ends its sessions.
 * Refuses: `address_unverified`, `promotion_refused`, `removals_changed`.
 */
export async function revokePriorAccess(
  tx: Tx,
  actor: Actor,
  current: Identity,
  promotion: Promotion,
): Promise<{ identity: Identity; removals: Removals }> {
  const { email, keptPasskeyId, confirmed } = promotion;
  const address = verifiedAddress(current, email);
  const passkeys = await listPasskeys(current.projectId, current.id, tx);
  const isKept = (passkey: Passkey) =>
    keptPasskeyId === undefined ? isAddedByHolder(passkey, address) : passkey.id === keptPasskeyId;
  const gone = passkeys.filter((passkey) => !isKept(passkey));
  const removals = toRemovals(current, email, gone);
  if (confirmed && !isSame(confirmed, removalKeys(removals))) throw new AppError('removals_changed');
  const identity = await confineIdentity(tx, actor, current, email);
  await removePasskeys(tx, actor, gone, 'promotion');
  await endRecoveryCodes(tx, actor, current, { reason: 'promotion' });
  await endAllPending(tx, current, current.identifiers);
  await revokeInvitationsTo(tx, actor, { projectId: current.projectId, emails: current.identifiers });
  return { identity, removals };
}

/** What a higher role granted by another party would remove. Refuses: `not_found`. */
export async function previewPromotion(organizationId: string, identityId: string): Promise<PromotionPreview> {
  if (!(await findAssignment(organizationId, identityId))) throw new AppError('not_found');
  const { id: projectId } = await getFirstProject();
  const identity = await getIdentity(projectId, identityId);
  const email = emailOf(identity);
  const address = identity.verifiableAddresses.find(({ value }) => value === email);
  const passkeys = await listPasskeys(projectId, identityId);
  const gone = passkeys.filter((passkey) => !address || !isAddedByHolder(passkey, address));
  return { email, isVerified: address?.verified ?? false, removals: toRemovals(identity, email, gone) };
}

/** What accepting an invitation for this address would remove if `keptPasskeyId` stays. */
export async function previewAcceptance(
  identity: Identity,
  email: string,
  keptPasskeyId: string | null,
): Promise<Removals> {
  const passkeys = await listPasskeys(identity.projectId, identity.id);
  const gone = passkeys.filter(({ id }) => id !== keptPasskeyId);
  return toRemovals(identity, email, gone);
}

/** Mails the operator their role and what was removed. */
export async function notifyPromoted(
  tx: Tx,
  identity: Identity,
  { role, organizationId, removals }: { role: OperatorRole; organizationId: string; removals: Removals },
): Promise<void> {
  const envelope = addressMail(identity);
  if (!envelope) return;
  const organization = (await findOrganization(organizationId, tx))?.name ?? '';
  const passkeys = removals.passkeys.map(({ name }) => name);
  const params = { role, organization, passkeys, identifiers: removals.identifiers };
  await queueMail(tx, identity.projectId, { ...envelope, kind: 'operator_promoted', params });
}

/** Details for the audit event of a promotion. */
export function removalDetails({ passkeys, identifiers }: Removals): Record<string, number> {
  return { removed_passkeys: passkeys.length, removed_identifiers: identifiers.length };
}

/** Refuses: `address_unverified`. */
function verifiedAddress({ verifiableAddresses }: Identity, email: string): VerifiableAddress {
  const address = verifiableAddresses.find(({ value }) => value === email);
  if (!address?.verified) throw new AppError('address_unverified');
  return address;
}

function toRemovals({ identifiers }: Identity, email: string | null, gone: Passkey[]): Removals {
  return {
    passkeys: gone.map(({ id, name, createdAt }) => ({ id, name, createdAt })),
    identifiers: identifiers.filter((value) => value !== email),
  };
}

function isSame(given: string[], wanted: string[]): boolean {
  const keys = new Set(given);
  return keys.size === wanted.length && wanted.every((key) => keys.has(key));
}
