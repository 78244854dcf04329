import { Prisma } from '@/generated/sqlite/client';
import { createApiCredential, type WithSecret } from '@/lib/api-credential/service';
import type { Application } from '@/lib/application/model';
import { createApplication, setApplicationLogo } from '@/lib/application/service';
import { endOfApplication } from '@/lib/application-session/service';
import { listIdentityEvents } from '@/lib/audit/service';
import { setClaimRule } from '@/lib/claim/service';
import type { Passkey } from '@/lib/credential/model';
import { storeRequest } from '@/lib/grant/service/stored-request';
import type { Group } from '@/lib/group/model';
import { addMember, createGroup } from '@/lib/group/service';
import type { Identity } from '@/lib/identity/model';
import { createIdentity, deleteIdentity, setPicture } from '@/lib/identity/service';
import { inviteOperator, inviteToRegister } from '@/lib/invitation/service';
import { findOwnPairing, requestPairing, startPairing, toPairingToken } from '@/lib/pairing/service';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject, getProject, requestOrigin } from '@/lib/project/service';
import { createRecoveryCodes } from '@/lib/recovery-code/service';
import { insertSchema } from '@/lib/schema/repository';
import { getSchema } from '@/lib/schema/service';
import { publishSchema } from '@/lib/schema-change/service';
import type { SessionProof } from '@/lib/session/model';
import { publishedKeys } from '@/lib/token/service';
import { beginSignIn, issueRecovery, type Recovery } from '@/lib/verification/service';
import { createWebhook, listDeliveries } from '@/lib/webhook/service';
import { cliActor, systemActor } from '../lib/platform/actor';
import { db } from '../lib/platform/db/client';
import { transaction } from '../lib/platform/db/transaction';
import { newId } from '../lib/platform/ids';
import { accessToken } from './admin-api';
import type { SoftwareAuthenticator } from './authenticator';
import { challengeOf, signInAt, VERIFIER } from './authorization';
import { digestsOf } from './digests';
import { codeAndLink, lastMailTo } from './outbox';
import { ADDRESS, addPasskey, signIn } from './people';
import { jpegOf } from './pictures';
import { keepDeleted, makeProject } from './project';
import { makeRelyingParty, type RelyingParty, signInTo } from './relying-parties';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A project with at least one of everything a project can contain. */
export type Tenant = {
  project: Project;
  /** A signed-in identity with a passkey. */
  proof: SessionProof;
  identity: Identity;
  email: string;
  passkey: Passkey;
  authenticator: SoftwareAuthenticator;
  schemaId: string;
  /** A publication of that schema, which is waiting. */
  schemaChangeId: string;
  /** A schema that no identity has. */
  spareSchemaId: string;
  credential: WithSecret;
  /** The identity is its only member. */
  group: Group;
  /** Only members of the group may use it. */
  application: Application;
  applicationSecret: string;
  /** Of the identity, at the application. */
  refreshToken: string;
  /** A request of the application that waits for an answer. */
  requestId: string;
  /** For the admin API, with full access. */
  token: string;
  kids: string[];
  eventId: string;
  /** Requested in this browser, for the identity. */
  pending: { browser: string; code: string; token: string };
  recovery: Recovery;
  /** Of the identity. */
  recoveryCodes: string[];
  /** Shown by the session, and asked for by this browser. */
  pairing: { id: string; token: string; browser: string };
  /** The identity is signed in to it; a logout notice to it waits. */
  relyingParty: RelyingParty;
  invitationId: string;
  /** In the recycle bin. */
  deletedId: string;
  /** Gets every event; the first one is waiting. */
  webhookId: string;
  webhookEventId: string;
  /** Texts that occur only in this project. */
  marks: string[];
};

export async function makeTenant(): Promise<Tenant> {
  const { id } = await makeProject();
  await (await db()).project.update({ where: { id }, data: { registration: 'invitation' } });
  const project = await getProject(id);
  const mark = id.slice(-12);
  const email = `${mark}@example.com`;
  const externalId = `external-${mark}`;
  const schemaId = await insertOwnSchema(id, `schema-${mark}`);
  const created = await createIdentity(systemActor(id), {
    schemaId,
    traits: { email },
    externalId,
    metadataAdmin: { mark },
  });
  const made = await setPicture(cliActor(id), created.id, jpegOf());
  const proof = await signIn(project, made);
  const { passkey, authenticator } = await addPasskey(proof);
  const browser = newId();
  await beginSignIn(clientContextOf(project), { address: email, browserHash: browser, locale: 'en' });
  const pending = { browser, ...codeAndLink(await lastMailTo(email)) };
  const { document } = await getSchema(id, schemaId);
  const change = await publishSchema({ kind: 'cli' }, id, { schemaId, document, repairs: [] });
  const recovery = await issueRecovery(cliActor(id), made.id);
  const recoveryCodes = await createRecoveryCodes(proof);
  const pairing = await makePairing(proof, browser);
  const invitation = await inviteToRegister(cliActor(id), { email: `invited-${email}`, locale: 'en' });
  const credential = await createApiCredential(cliActor(id), { name: `Program ${mark}` });
  const { group, application, applicationSecret } = await makeApplication(id, made.id, mark);
  const { refreshToken } = await signInAt(proof, application);
  const requestId = await waitingRequest(application);
  const token = await accessToken(project, ['openid']);
  await requestOrigin({ ...cliActor(id), kind: 'operator' }, `https://${mark}.example.org`, {});
  const relyingParty = await makeRelyingParty({ id });
  await signInTo(relyingParty, proof);
  await transaction((tx) => endOfApplication(tx, relyingParty));
  await signInTo(relyingParty, proof);
  const kids = (await publishedKeys(id)).map(({ kid }) => kid);
  await setClaimRule(cliActor(id), { claim: mark, scope: 'profile', pointer: '/external_id' });
  const deletedId = await makeDeleted(project, `gone-${email}`);
  const [event] = await listIdentityEvents(id, made.id, 1);
  const { webhook } = await createWebhook(cliActor(id), {
    url: `https://hooks.example.com/${mark}`,
    description: `Webhook ${mark}`,
    eventTypes: null,
    isActive: true,
  });
  const [delivery] = await listDeliveries(id, webhook.id, { limit: 1 });
  return {
    ...{ project, proof, identity: proof.identity, email, passkey, authenticator, schemaId, credential, token, kids },
    ...{
      eventId: event?.id ?? '',
      pending,
      recovery,
      recoveryCodes,
      pairing,
      relyingParty,
      invitationId: invitation.id,
      deletedId,
    },
    schemaChangeId: change.id,
    ...{ group, application, applicationSecret, refreshToken: refreshToken ?? '', requestId },
    webhookId: webhook.id,
    webhookEventId: delivery?.eventId ?? '',
    spareSchemaId: await insertOwnSchema(id, `spare-${mark}`),
    marks: [
      ...[
        made.id,
        made.userHandle,
        made.pictureId ?? '',
        email,
        externalId,
        schemaId,
        passkey.id,
        passkey.credentialId,
        proof.session.id,
      ],
      ...[
        credential.credential.clientId,
        credential.credential.id,
        relyingParty.id,
        relyingParty.clientId,
        ...kids,
        invitation.id,
        pairing.id,
        deletedId,
        change.id,
        group.id,
        application.id,
        application.clientId,
        webhook.id,
        delivery?.eventId ?? '',
        mark,
      ],
    ],
  };
}

async function makeApplication(
  projectId: string,
  identityId: string,
  mark: string,
): Promise<Pick<Tenant, 'group' | 'application' | 'applicationSecret'>> {
  const actor = cliActor(projectId);
  const group = await createGroup(actor, { name: `Group ${mark}` });
  await addMember(actor, group.id, identityId);
  const { application, clientSecret } = await createApplication(actor, {
    name: `Application ${mark}`,
    redirectUris: [`https://${mark}.example.com/callback`],
    access: 'groups',
    groupIds: [group.id],
  });
  const withLogo = await setApplicationLogo(actor, application.clientId, PNG);
  return { group, application: withLogo, applicationSecret: clientSecret ?? '' };
}

function waitingRequest({ id, projectId, clientId, redirectUris: [redirectUri = ''] }: Application): Promise<string> {
  const sent = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'openid' };
  const pkce = { code_challenge: challengeOf(VERIFIER), code_challenge_method: 'S256' };
  const parameters = Object.entries({ ...sent, ...pkce });
  return storeRequest({ projectId, address: ADDRESS, applicationId: id, parameters });
}

async function makePairing(proof: SessionProof, browser: string): Promise<Tenant['pairing']> {
  const { project } = proof;
  const token = toPairingToken(project.id, (await startPairing(proof)).code);
  await requestPairing(clientContextOf(project), { token, browserHash: browser, userAgent: '' });
  return { id: (await findOwnPairing(proof))?.pairing.id ?? '', token, browser };
}

/** An identity in the recycle bin. Later deletions in this project are permanent. */
async function makeDeleted(project: Project, email: string): Promise<string> {
  await keepDeleted(project);
  const { id } = await createIdentity(systemActor(project.id), { traits: { email } });
  await deleteIdentity(systemActor(project.id), id);
  await keepDeleted(project, 0);
  return id;
}

/** Like the default schema, under a name that no other project has. */
async function insertOwnSchema(projectId: string, schemaId: string): Promise<string> {
  const { document } = await getSchema(projectId, 'default');
  const schema = { id: newId(), projectId, schemaId, version: 1, document, createdAt: new Date() };
  await transaction((tx) => insertSchema(tx, schema));
  return schemaId;
}

/** A request at the project's host without a session. */
export function clientContextOf({ id, origin }: Project) {
  return { projectId: id, origin, requestId: newId(), address: ADDRESS };
}

/** The setup token of the first project's first operator; that project, and the operator's address. */
export async function inviteFirstOperator(): Promise<{ project: Project; token: string; email: string }> {
  const project = await ensureFirstProject('http://localhost:3000');
  const email = `operator-${newId()}@example.com`;
  const { link } = await inviteOperator(cliActor(project.id), { email, role: 'owner' });
  return { project, token: new URL(link).searchParams.get('token') ?? '', email };
}

const OWNED = [
  ...['ProjectOrigin', 'DomainClaim', 'IdentitySchema', 'Identity', 'Identifier', 'VerifiableAddress'],
  ...['RecoveryAddress', 'Picture', 'DeletedIdentity', 'Passkey', 'Challenge', 'Session', 'RecoveryCode', 'Pairing'],
  ...['Application', 'ApplicationSecret', 'ApplicationLogo', 'ApplicationGroup', 'Group', 'GroupMember', 'Grant'],
  ...['ApplicationSession', 'TokenFamily', 'AuthorizationRequest', 'LogoutNotice'],
  ...['Verification', 'Invitation', 'ApiCredential', 'SigningKey', 'RevokedToken', 'AuditEvent', 'OutboxMail'],
  ...['WebhookEndpoint', 'WebhookDelivery'],
];

/** A text per table of a project's rows: unchanged rows give equal texts. */
export function rowsOf({ project: { id } }: Pick<Tenant, 'project'>): Promise<Record<string, string>> {
  const own = Prisma.sql`"projectId" = ${id}`;
  return digestsOf({
    ...Object.fromEntries(OWNED.map((name) => [name, own])),
    Project: Prisma.sql`"id" = ${id}`,
    ApiCredentialSecret: Prisma.sql`"apiCredentialId" IN (SELECT "id" FROM "ApiCredential" WHERE ${own})`,
    Operator: Prisma.sql`"identityId" IN (SELECT "id" FROM "Identity" WHERE ${own})`,
  });
}
