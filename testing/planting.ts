import type { Identity } from '@/lib/identity/model';
import { createIdentity, getIdentity } from '@/lib/identity/service';
import { type Accepted, beginAcceptance, finishAcceptance } from '@/lib/operator/service';
import type { Project } from '@/lib/project/model';
import { insertSchema } from '@/lib/schema/repository';
import { getSchema } from '@/lib/schema/service';
import type { SessionProof } from '@/lib/session/model';
import { beginSignIn, finishSignInWithCode, finishSignInWithLink, issueRecovery } from '@/lib/verification/service';
import { type Actor, cliActor } from '../lib/platform/actor';
import { transaction } from '../lib/platform/db/transaction';
import { newId } from '../lib/platform/ids';
import { SoftwareAuthenticator } from './authenticator';
import { codeAndLink, lastMailTo } from './outbox';
import { ADDRESS, BROWSER, CHROME, entered } from './people';
import { clientContextOf } from './tenant';

/**
 * Credentials that another party may leave in an account before its person becomes an operator, and the person's own.
 */
export function programOf(project: Project): Actor {
  return { ...cliActor(project.id), kind: 'api_credential', id: 'sc_program' };
}

/** Creates an identity by API. */
export function makeByProgram(
  project: Project,
  traits: Record<string, string>,
  schemaId?: string,
  verifiedAddresses: string[] = [],
): Promise<Identity> {
  return createIdentity(programOf(project), { traits, verifiedAddresses, ...(schemaId && { schemaId }) });
}

/** Signs in with a code mailed to this address. */
export async function enterByCode(project: Project, address: string): Promise<SessionProof> {
  const browserHash = newId();
  await beginSignIn(clientContextOf(project), { address, browserHash, locale: 'en' });
  const { code } = codeAndLink(await lastMailTo(address));
  const input = { code, browserHash, userAgent: CHROME };
  const { session, identity } = entered(await finishSignInWithCode(clientContextOf(project), input));
  return toProof(project, { session, identity: await getIdentity(project.id, identity.id) });
}

/** Signs in with a recovery link. */
export async function enterByRecovery(
  project: Project,
  identity: Identity,
  by = programOf(project),
): Promise<SessionProof> {
  const { link } = await issueRecovery(by, identity.id);
  return toProof(project, entered(await finishSignInWithLink(clientContextOf(project), followed(link))));
}

/** The input that completes a recovery link. */
export function followed(link: string) {
  return { token: link.split('?')[1] ?? '', browserHash: newId(), userAgent: CHROME };
}

export function toProof(
  project: Project,
  { session, identity }: Pick<SessionProof, 'session' | 'identity'>,
): SessionProof {
  const actor: Actor = {
    ...cliActor(project.id),
    kind: 'identity',
    id: identity.id,
    requestId: newId(),
    address: ADDRESS,
  };
  return { project, session, identity, actor };
}

/** Accepts an invitation with a new passkey, in a session that began by mailed code. */
export async function join(
  proof: SessionProof,
  token: string,
): Promise<Accepted & { authenticator: SoftwareAuthenticator }> {
  const authenticator = new SoftwareAuthenticator({ origin: proof.project.origin });
  const response = authenticator.create(await beginAcceptance(proof, BROWSER, token));
  return { ...(await finishAcceptance(proof, BROWSER, { token, response })), authenticator };
}

/** A schema with a second identifier field, as a database of an earlier version may contain. */
export async function secondIdentifier(project: Project, selfService: 'read' | 'hidden'): Promise<string> {
  const { document } = await getSchema(project.id, 'default');
  const copy = structuredClone(document) as { properties: { traits: { properties: Record<string, unknown> } } };
  const login = { type: 'string', format: 'email', title: 'Login', 'x-signet': { identifier: true, selfService } };
  // First, so that it is the first address of an identity that has both.
  copy.properties.traits.properties = { login, ...copy.properties.traits.properties };
  const schemaId = `two-${newId()}`;
  const row = { id: newId(), projectId: project.id, schemaId, version: 1, createdAt: new Date() };
  await transaction((tx) => insertSchema(tx, { ...row, document: copy as never }));
  return schemaId;
}
