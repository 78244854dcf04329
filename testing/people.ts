import type { CeremonyContext, Passkey } from '@/lib/credential/model';
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  finishPasskeyRegistration,
  finishPasskeySignIn,
} from '@/lib/credential/service';
import { addressIdOf, emailOf, type Identity } from '@/lib/identity/model';
import { createIdentity, getIdentity, markAddressVerified } from '@/lib/identity/service';
import type { Mail } from '@/lib/mail/model';
import type { Project } from '@/lib/project/model';
import { updatePrimaryOrigin } from '@/lib/project/repository';
import { getProject } from '@/lib/project/service';
import type { SessionMethod, SessionProof } from '@/lib/session/model';
import { openSession } from '@/lib/session/service';
import type { SignedIn } from '@/lib/verification/service';
import { type Actor, systemActor } from '../lib/platform/actor';
import { transaction } from '../lib/platform/db/transaction';
import { newId } from '../lib/platform/ids';
import { SoftwareAuthenticator } from './authenticator';
import { readOutbox } from './outbox';

/** Identities for tests that need a session or a passkey. */
export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
export const ADDRESS = '203.0.113.7';
/** The hash of a browser's nonce cookie. */
export const BROWSER = 'hash-of-the-browser';

let people = 0;

export function makePerson(project: Project, name: { first?: string; last?: string } = {}): Promise<Identity> {
  return createIdentity(systemActor(project.id), { traits: { email: `person-${++people}@example.com`, name } });
}

export function actorOf(identity: Identity): Actor {
  return { projectId: identity.projectId, kind: 'identity', id: identity.id, requestId: newId(), address: ADDRESS };
}

/** Opens a session by mailed code, or by another method, without the ceremony. */
export async function signIn(
  project: Project,
  identity: Identity,
  method: SessionMethod = 'code',
): Promise<SessionProof> {
  const actor = actorOf(identity);
  const addressId = addressIdOf(identity, emailOf(identity) ?? '');
  const input = { project, identity, method, addressId, userAgent: CHROME, address: ADDRESS };
  const session = await transaction((tx) => openSession(tx, actor, input));
  return { project, identity, session, actor };
}

/** Opens a session by mailed code, which verifies the address. */
export async function signInByMail(project: Project, { id, ...person }: Identity): Promise<SessionProof> {
  const actor = systemActor(project.id);
  await transaction((tx) => markAddressVerified(tx, actor, id, emailOf(person) ?? ''));
  return signIn(project, await getIdentity(project.id, id));
}

/** The same, then by a passkey added in it: a session as an operator has it. */
export async function signInByPasskey(project: Project, identity: Identity): Promise<SessionProof> {
  const { authenticator } = await addPasskey(await signInByMail(project, identity));
  return enterByPasskey(project, identity, authenticator);
}

/** Signs in with an existing passkey. */
export async function enterByPasskey(
  project: Project,
  { id }: Identity,
  authenticator: SoftwareAuthenticator,
): Promise<SessionProof> {
  const response = authenticator.get(await beginPasskeySignIn(contextOf(project), BROWSER));
  const { session } = await finishPasskeySignIn(contextOf(project), BROWSER, response, { userAgent: CHROME });
  const identity = await getIdentity(project.id, id);
  return { project, identity, session, actor: actorOf(identity) };
}

/** The completed sign-in by code or link. Throws when there is another step. */
export function entered(outcome: SignedIn | null): SignedIn {
  if (!outcome) throw new Error('sign-in has another step');
  return outcome;
}

/** A request without a session. */
export function contextOf(project: Project): CeremonyContext {
  return { projectId: project.id, requestId: newId(), address: ADDRESS };
}

/** Adds a passkey to the account of the session. */
export async function addPasskey(
  proof: SessionProof,
  authenticator = new SoftwareAuthenticator({ origin: proof.project.origin }),
): Promise<{ passkey: Passkey; authenticator: SoftwareAuthenticator }> {
  const options = await beginPasskeyRegistration(proof, BROWSER);
  const passkey = await finishPasskeyRegistration(proof, BROWSER, authenticator.create(options));
  return { passkey, authenticator };
}

/** Moves a project to another primary origin. */
export async function moveProject(project: Project, origin: string): Promise<Project> {
  await transaction((tx) => updatePrimaryOrigin(tx, project.id, origin, 'settings'));
  return getProject(project.id);
}

/** Queued mails to an identity, oldest first. */
export async function mailsTo(identity: Identity): Promise<Mail[]> {
  const all = (await readOutbox()).map(({ mail }) => mail);
  return all.filter(({ to }) => identity.identifiers.includes(to));
}
