import { recordEvent } from '@/lib/audit/service';
import { listPasskeys, removePasskeys } from '@/lib/credential/service';
import { firstLocale } from '@/lib/i18n/model';
import { type EmailChange, emailOf, type Identity } from '@/lib/identity/model';
import { greetingOf } from '@/lib/identity/model/name';
import {
  changeIdentity,
  consumeEmailChange,
  findEmailChange,
  findIdentity,
  keepAccount,
  lockIdentity,
  recordEmailChange,
} from '@/lib/identity/service';
import { sourceOf } from '@/lib/mail/model/source';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { normalizeAddress } from '@/lib/platform/address';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { getAt, setAt } from '@/lib/platform/json';
import type { Project } from '@/lib/project/model';
import { endRecoveryCodes } from '@/lib/recovery-code/service';
import { identifierFieldsOf, type SchemaField } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { endAllSessions } from '@/lib/session/service';
import { toUndoLink } from '../model';
import * as rows from '../repository';
import { anonymousActor } from './consume';
import { type ClientContext, hashLink, newLinkToken } from './issue';

/** An address that a person gives up and may restore. */
export type ReleasedAddress = Pick<EmailChange, 'identityId' | 'oldAddress' | 'pointer'>;

/**
 * Null if the change cannot be undone: the mailbox was never verified, so its link might go to a stranger; or the
 * person is an operator, whose sign-in no link changes.
 */
export function releasedAddress(
  current: Identity,
  { path, pointer }: SchemaField,
  oldAddress: string | null,
): ReleasedAddress | null {
  const value = getAt(current.traits, path);
  if (typeof value !== 'string' || normalizeAddress(value) !== oldAddress) return null;
  const isProven = current.verifiableAddresses.some(
    ({ value: address, verified }) => address === oldAddress && verified,
  );
  if (!isProven || current.operatorRoles.length > 0) return null;
  return { identityId: current.id, oldAddress, pointer };
}

/** Reserves the old address and creates the undo link for its mail. */
export async function offerUndo(tx: Tx, { id: projectId, origin }: Project, released: ReleasedAddress) {
  const token = newLinkToken();
  const { expiresAt } = await recordEmailChange(tx, { projectId, ...released, linkHash: hashLink(token) });
  return { undoLink: toUndoLink(origin, token), undoUntil: expiresAt.getTime() };
}

/** The address that the link restores, or null if it no longer works. Writes nothing. */
export async function peekEmailChange(projectId: string, token: string): Promise<{ oldAddress: string } | null> {
  const change = await findEmailChange(projectId, hashLink(token));
  if (!change) return null;
  const identity = await findIdentity(projectId, change.identityId);
  return identity && canBeUndone(identity) ? { oldAddress: change.oldAddress } : null;
}

/**
 * Restores the old address by the link mailed to it. Only for POST. Ends all sessions, codes and links, removes recovery
 * codes and the passkeys added since, and notifies both addresses. Opens no session. Cancels a pending deletion of the
 * account: who took it over may have asked for it. Of several changes, the earliest link restores the earliest address and
 * ends the later ones. Refuses: `link_used_or_expired`.
 */
export async function undoEmailChange(client: ClientContext, token: string): Promise<void> {
  const { projectId } = client;
  const actor = anonymousActor(client);
  await transaction(async (tx) => {
    const change = await consumeEmailChange(tx, projectId, hashLink(token));
    // Lock the identity's row first: serializes with a concurrent promotion to operator.
    await lockIdentity(tx, projectId, change.identityId);
    const before = await findIdentity(projectId, change.identityId, tx);
    if (!before || !canBeUndone(before)) throw new AppError('link_used_or_expired');
    await restoreAddress(tx, actor, before, change);
    await rows.expireAllPending(tx, projectId, before.id, new Date());
    await endRecoveryCodes(tx, actor, before, { reason: 'email_change_undone' });
    await endAllSessions(actor, before.id, { tx });
    const passkeys = await listPasskeys(projectId, before.id, tx);
    const addedPasskeys = passkeys.filter(({ createdAt }) => createdAt >= change.createdAt);
    await removePasskeys(tx, actor, addedPasskeys, 'email_change_undone');
    const restored = await findIdentity(projectId, before.id, tx);
    if (restored) await keepAccount(tx, actor, restored, 'email_change_undone');
    const details = { removed_passkeys: addedPasskeys.length };
    await recordEvent(tx, actor, { type: 'identity.email_change_undone', identityId: before.id, details });
    await notifyBothAddresses(tx, client, before, change.oldAddress, addedPasskeys.length);
  });
}

function canBeUndone({ state, operatorRoles }: Identity): boolean {
  return state === 'active' && operatorRoles.length === 0;
}

async function restoreAddress(
  tx: Tx,
  actor: Actor,
  before: Identity,
  { oldAddress, pointer }: EmailChange,
): Promise<void> {
  const { document } = await getSchema(before.projectId, before.schemaId, before.schemaVersion, tx);
  const fields = identifierFieldsOf(document, before.identifierPointer);
  // Its former field; the schema may have changed since.
  const field = fields.find((candidate) => candidate.pointer === pointer) ?? fields[0];
  if (!field) throw new AppError('link_used_or_expired');
  await changeIdentity(
    actor,
    before.id,
    ({ traits }) => ({
      traits: setAt(traits, field.path, oldAddress),
      verified: { [oldAddress]: true }, // the link was mailed to that mailbox only
      isRevoked: true,
      isAnnounced: true,
    }),
    { tx },
  );
}

async function notifyBothAddresses(
  tx: Tx,
  client: ClientContext,
  before: Identity,
  oldAddress: string,
  removedPasskeys: number,
): Promise<void> {
  const { projectId } = before;
  const locale = firstLocale(before.locale);
  const current = emailOf(before);
  const kind = 'email_change_undone';
  const returned = { kind, to: oldAddress, locale, ...greetingOf(before), source: sourceOf(client) } as const;
  await queueMail(tx, projectId, { ...returned, params: { isBack: true, removedPasskeys } });
  if (current === null || current === oldAddress) return;
  // Its holder may be the one who took the account over, and learns nothing about its owner.
  await queueMail(tx, projectId, { kind, to: current, locale, params: { isBack: false, removedPasskeys } });
}
