import { z } from 'zod';
import type { CeremonyContext, NewPasskey, Passkey } from '@/lib/credential/model';
import { beginEnrollment, type CreationOptions, finishEnrollment, storePasskey } from '@/lib/credential/service';
import { addressIdOf } from '@/lib/identity/model';
import { createIdentity, findIdentity, findIdentityByIdentifier } from '@/lib/identity/service';
import type { OperatorInvitation } from '@/lib/invitation/model';
import { consumeInvitation, findUsableInvitation } from '@/lib/invitation/service';
import type { Actor } from '@/lib/platform/actor';
import { normalizeAddress } from '@/lib/platform/address';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { isJsonObject, type JsonObject } from '@/lib/platform/json';
import { randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { getProject, lockOrganization, setConsoleNeedsPasskey } from '@/lib/project/service';
import { hasOperators } from '@/lib/role/service';
import { DEFAULT_SCHEMA_ID, getSchema, validateTraits } from '@/lib/schema/service';
import type { SignInBrowser } from '@/lib/session/model/alert';
import { openSession } from '@/lib/session/service';
import { consumeMailboxProof, findMailboxProof } from '@/lib/verification/service';
import type { Accepted } from './accept';
import { grant } from './grant';
import { revokePriorAccess } from './promote';

export type SetupInput = {
  token: string;
  /** Used only for the first operator; an invitation has its own. */
  email: string;
  first: string;
  last: string;
};

/** The browser on the setup page. `replaces` is the session of its cookie, which the new session replaces. */
export type SetupClient = SignInBrowser & { address: string };

type SetUp = Accepted & { passkey: Passkey };

const NO_REMOVALS = { passkeys: [], identifiers: [] };

/** State of the setup ceremony between begin and finish. */
const setupDetails = z.object({
  invitationId: z.string(),
  userHandle: z.string(),
  /** The mailbox proof; null for the first operator, whose link is shown on the server's terminal. */
  proofId: z.string().nullable(),
  traits: z.custom<JsonObject>(isJsonObject),
});
type SetupDetails = z.infer<typeof setupDetails>;

/**
 * Begins the setup of an operator without an identity: validates the input and returns the options to create a
 * passkey. The link is not consumed. Refuses: `invitation_used_or_expired`, `mailbox_unproven`, `invalid_traits`,
 * `identifier_taken`, `rate_limited`.
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
  const proofId = await requireProof(context, browserHash, invitation);
  const details: SetupDetails = { invitationId: invitation.id, userHandle: randomToken(32), proofId, traits };
  const displayName = [input.first.trim(), input.last.trim()].filter(Boolean).join(' ') || email;
  const holder = { userHandle: details.userHandle, name: normalizeAddress(email), displayName };
  const enrollment = { holder, exclude: [], address: context.address, details };
  return beginEnrollment(project, bindingOf(context, browserHash), enrollment);
}

/**
 * Creates the identity, its role, passkey and first session, and consumes the link, in one transaction: of two tabs,
 * exactly one succeeds. Refuses: `ceremony_expired`, `passkey_verification_failed`, `invitation_used_or_expired`,
 * `mailbox_unproven`, `identifier_taken`, `invalid_traits`, `passkey_already_registered`.
 */
export async function finishSetup(
  context: CeremonyContext,
  browserHash: string | null,
  input: { token: string; response: unknown },
  client: SetupClient,
): Promise<SetUp> {
  const project = await getProject(context.projectId);
  const binding = bindingOf(context, browserHash);
  const { challenge, newPasskey } = await finishEnrollment(project, binding, context.requestId, input.response);
  const details = setupDetails.parse(JSON.parse(challenge.details ?? 'null'));
  const invitation = await requireInvitation(context, input.token);
  if (invitation.id !== details.invitationId) throw new AppError('invitation_used_or_expired');
  try {
    return await transaction((tx) => makeOperator(tx, context, project, { invitation, details, newPasskey, client }));
  } catch (error) {
    if (isAppError(error) && error.code === 'identifier_taken') throw taken(error);
    throw error;
  }
}

async function makeOperator(
  tx: Tx,
  { requestId }: CeremonyContext,
  project: Project,
  { invitation, details, newPasskey, client }: SetupResult,
): Promise<SetUp> {
  await lockOrganization(tx, invitation.organizationId);
  // After the lock: a concurrent second use waits above and finds the link used.
  await consumeInvitation(tx, invitation);
  if (invitation.kind === 'setup' && (await hasOperators(invitation.organizationId, tx)))
    throw new AppError('invitation_used_or_expired');
  const { address, userAgent } = client;
  const id = newId();
  const actor: Actor = { projectId: project.id, kind: 'identity', id, requestId, address, userAgent };
  const { traits, userHandle, proofId } = details;
  const { email } = invitation;
  if (email !== null && !(proofId && (await consumeMailboxProof(tx, proofId)))) throw new AppError('mailbox_unproven');
  const verifiedAddresses = email === null ? [] : [email];
  const created = await createIdentity(actor, { id, traits, userHandle, verifiedAddresses }, { tx });
  // The new identity has nothing to remove, but pending codes and other invitations of its address end.
  const identity = email === null ? created : (await revokePriorAccess(tx, actor, created, { email })).identity;
  await grant(tx, actor, identity, invitation, NO_REMOVALS);
  if (invitation.kind === 'setup') await setConsoleNeedsPasskey(actor, invitation.organizationId, true, { tx });
  const addressId = email === null ? null : addressIdOf(identity, email);
  const provenance = { addedBy: 'setup', addedSessionId: null, addressId } as const;
  const passkey = await storePasskey(tx, actor, identity, newPasskey, provenance, userAgent);
  const session = await openSession(tx, actor, {
    project,
    identity,
    method: 'setup',
    passkeyId: passkey.id,
    addressId,
    ...client,
  });
  const stored = (await findIdentity(project.id, identity.id, tx)) ?? identity;
  return { session, identity: stored, passkey, organizationId: invitation.organizationId };
}

type SetupResult = {
  invitation: OperatorInvitation;
  details: SetupDetails;
  newPasskey: NewPasskey;
  client: SetupClient;
};

/** Refuses: `mailbox_unproven`. */
async function requireProof(
  { projectId }: CeremonyContext,
  browserHash: string,
  { email }: OperatorInvitation,
): Promise<string | null> {
  if (email === null) return null;
  const proof = await findMailboxProof({ projectId, address: email, browserHash });
  if (!proof) throw new AppError('mailbox_unproven');
  return proof.id;
}

/** Refuses: `invitation_used_or_expired`, also for another project's. */
async function requireInvitation({ projectId }: CeremonyContext, token: string): Promise<OperatorInvitation> {
  const invitation = await findUsableInvitation(projectId, token);
  if (!invitation) throw new AppError('invitation_used_or_expired');
  return invitation;
}

function toTraits(email: string, { first, last }: { first: string; last: string }): JsonObject {
  const name = { ...(first.trim() && { first: first.trim() }), ...(last.trim() && { last: last.trim() }) };
  return { email, ...(Object.keys(name).length > 0 && { name }) };
}

/** Points to `operator invite`, for an identity that was created before the first operator. */
function taken(cause?: unknown): AppError {
  const reason =
    'An account with this email address already exists. Use another address, or invite it with: ' +
    'npm run signet -- operator invite --email <address> --role owner';
  return new AppError('identifier_taken', { reason, cause });
}

function bindingOf<Hash extends string | null>({ projectId }: CeremonyContext, browserHash: Hash) {
  return { projectId, ceremony: 'setup' as const, browserHash, proof: null };
}
