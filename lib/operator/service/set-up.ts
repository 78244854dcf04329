import { z } from 'zod';
import { recordEvent } from '@/lib/audit/service';
import type { CeremonyContext, NewPasskey, Passkey } from '@/lib/credential/model';
import { beginEnrolment, type CreationOptions, finishEnrolment, storePasskey } from '@/lib/credential/service';
import { type Identity, normalizeAddress } from '@/lib/identity/model';
import { createIdentity, findIdentity, findIdentityByIdentifier, touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { isJsonObject, type JsonObject } from '@/lib/platform/json';
import { randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { getProject, setConsoleNeedsPasskey } from '@/lib/project/service';
import { DEFAULT_SCHEMA_ID, getSchema, validateTraits } from '@/lib/schema/service';
import type { Session, SessionProof } from '@/lib/session/model';
import { endOtherSessions, openSession } from '@/lib/session/service';
import { endRecovery } from '@/lib/verification/service';
import { type Invitation, isAtLeast } from '../model';
import * as rows from '../repository';
import { findUsableInvitation } from './invite';

export type SetupInput = {
  token: string;
  /** Only looked at for the first operator; an invitation has its own. */
  email: string;
  first: string;
  last: string;
};

/** The browser at the set-up page. `replaces` is the session its cookie names, which ends with the new one. */
export type SetupClient = { userAgent: string; address: string; replaces?: string | null };

/** What the set-up ceremony remembers between its two halves. */
const setupDetails = z.object({
  invitationId: z.string(),
  userHandle: z.string(),
  traits: z.custom<JsonObject>(isJsonObject),
});
type SetupDetails = z.infer<typeof setupDetails>;

/**
 * Begins setting up an operator who has no identity yet: what was typed is checked, then a passkey is asked for. Nothing is
 * written and the link stays as it is. Refuses: `invitation_spent`, `invalid_traits`, `identifier_taken`, `rate_limited`.
 */
export async function beginSetup(
  context: CeremonyContext,
  browserHash: string,
  input: SetupInput,
): Promise<CreationOptions> {
  const invitation = await requireInvitation(context, input.token);
  const project = await getProject(context.projectId);
  const email = invitation.email ?? input.email.trim();
  const traits = toTraits(email, input);
  validateTraits(await getSchema(project.id, DEFAULT_SCHEMA_ID), traits);
  if (await findIdentityByIdentifier(project.id, email)) throw taken();
  const details: SetupDetails = { invitationId: invitation.id, userHandle: randomToken(32), traits };
  const displayName = [input.first.trim(), input.last.trim()].filter(Boolean).join(' ') || email;
  const holder = { userHandle: details.userHandle, name: normalizeAddress(email), displayName };
  const enrolment = { holder, exclude: [], address: context.address, details };
  return beginEnrolment(project, askerOf(context, browserHash), enrolment);
}

/**
 * Makes the identity, its role, its passkey and its first session, and spends the link, all in one transaction: of two tabs
 * exactly one wins. Refuses: `ceremony_expired`, `ceremony_refused`, `invitation_spent`, `identifier_taken`,
 * `invalid_traits`, `passkey_already_registered`.
 */
export async function finishSetup(
  context: CeremonyContext,
  browserHash: string | null,
  input: { token: string; response: unknown },
  client: SetupClient,
): Promise<{ session: Session; identity: Identity; passkey: Passkey }> {
  const project = await getProject(context.projectId);
  const asker = askerOf(context, browserHash);
  const { challenge, made } = await finishEnrolment(project, asker, context.requestId, input.response);
  const details = setupDetails.parse(JSON.parse(challenge.details ?? 'null'));
  const invitation = await requireInvitation(context, input.token);
  if (invitation.id !== details.invitationId) throw new AppError('invitation_spent');
  try {
    return await transaction((tx) => makeOperator(tx, context, project, { invitation, details, made, client }));
  } catch (error) {
    if (isAppError(error) && error.code === 'identifier_taken') throw taken(error);
    throw error;
  }
}

/**
 * Gives a role to somebody who has an identity and is signed in to it, if the invitation is for their address. Who is an
 * operator already keeps the higher role. Refuses: `invitation_spent`, `forbidden` (it is for somebody else).
 */
export async function acceptInvitation(proof: SessionProof, token: string): Promise<Identity> {
  const { actor, identity } = proof;
  return transaction(async (tx) => {
    const invitation = await findUsableInvitation(token, tx);
    if (invitation?.projectId !== actor.projectId || invitation.email === null) throw new AppError('invitation_spent');
    // First the identity's row: whoever deletes or changes it at the same time waits for the role, or is waited for.
    await touchIdentity(tx, actor.projectId, identity.id);
    const current = await findIdentity(actor.projectId, identity.id, tx);
    if (current?.state !== 'active') throw new AppError('inactive_identity');
    const isTheirs = current.verifiableAddresses.some(({ value }) => value === invitation.email);
    if (!isTheirs) throw new AppError('forbidden', { reason: 'This invitation is for another email address' });
    await spend(tx, invitation);
    await grant(tx, actor, current, invitation);
    // Until now programs could make a way in for them, which would be one to an operator from here on (contract 8.1).
    await endRecovery(tx, actor.projectId, identity.id);
    await endOtherSessions(proof, tx);
    return (await findIdentity(actor.projectId, identity.id, tx)) ?? current;
  });
}

async function makeOperator(
  tx: Tx,
  { requestId }: CeremonyContext,
  project: Project,
  { invitation, details, made, client }: Made,
): Promise<{ session: Session; identity: Identity; passkey: Passkey }> {
  // First the link: who comes second waits here, and then finds it spent.
  await spend(tx, invitation);
  await rows.lockOrganization(tx, invitation.organizationId);
  if (invitation.kind === 'setup' && (await rows.hasOperators(invitation.organizationId, tx)))
    throw new AppError('invitation_spent');
  const { address, userAgent, replaces } = client;
  const nobody: Actor = { projectId: project.id, kind: 'system', id: null, requestId, address };
  const { traits, userHandle } = details;
  const identity = await createIdentity(nobody, { traits, userHandle }, tx);
  const actor: Actor = { ...nobody, kind: 'identity', id: identity.id };
  await grant(tx, actor, identity, invitation);
  if (invitation.kind === 'setup') await setConsoleNeedsPasskey(actor, invitation.organizationId, true, tx);
  const passkey = await storePasskey(tx, actor, identity, made, userAgent);
  const session = await openSession(tx, actor, {
    project,
    identity,
    method: 'setup',
    passkeyId: passkey.id,
    userAgent,
    address,
    replaces,
  });
  return { session, identity: (await findIdentity(project.id, identity.id, tx)) ?? identity, passkey };
}

type Made = {
  invitation: Invitation;
  details: SetupDetails;
  made: NewPasskey;
  client: SetupClient;
};

/** Refuses: `invitation_spent`, also for another project's. */
async function requireInvitation({ projectId }: CeremonyContext, token: string): Promise<Invitation> {
  const invitation = await findUsableInvitation(token);
  if (invitation?.projectId !== projectId) throw new AppError('invitation_spent');
  return invitation;
}

async function spend(tx: Tx, invitation: Invitation): Promise<void> {
  if (!(await rows.spendInvitation(tx, invitation, new Date()))) throw new AppError('invitation_spent');
}

async function grant(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  { id: invitationId, organizationId, role }: Invitation,
): Promise<void> {
  const held = await rows.findOperator(organizationId, identity.id, tx);
  if (held && isAtLeast(held.role, role)) return;
  const now = new Date();
  if (held) await rows.updateRole(tx, held, role, now);
  else
    await rows.insertOperator(tx, {
      id: newId(),
      organizationId,
      identityId: identity.id,
      role,
      createdAt: now,
      updatedAt: now,
    });
  const details = { role, invitation_id: invitationId, organization_id: organizationId };
  await recordEvent(tx, actor, { type: 'operator.added', identityId: identity.id, details });
}

function toTraits(email: string, { first, last }: { first: string; last: string }): JsonObject {
  const name = { ...(first.trim() && { first: first.trim() }), ...(last.trim() && { last: last.trim() }) };
  return { email, ...(Object.keys(name).length > 0 && { name }) };
}

/** The way out for who set up a person before the console: the command line invites them. */
function taken(cause?: unknown): AppError {
  const reason =
    'Somebody with this email address exists already. Use another address, or invite them with: ' +
    'npm run signet -- operator invite --email <address> --role owner';
  return new AppError('identifier_taken', { reason, cause });
}

function askerOf<Hash extends string | null>({ projectId }: CeremonyContext, browserHash: Hash) {
  return { projectId, ceremony: 'setup' as const, browserHash, proof: null };
}
