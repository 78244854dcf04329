import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createApiCredential } from '@/lib/api-credential/service';
import { createApplication } from '@/lib/application/service';
import { listIdentityEvents } from '@/lib/audit/service';
import { renamePasskey } from '@/lib/credential/service';
import { addMember, createGroup } from '@/lib/group/service';
import { createIdentity, getIdentity } from '@/lib/identity/service';
import { receiveUpload } from '@/lib/import/service';
import { inviteOperator } from '@/lib/invitation/service';
import { programPrincipal } from '@/lib/job/service';
import { removalKeys } from '@/lib/operator/model';
import { changeRole, previewPromotion, removeOperator } from '@/lib/operator/service';
import { cliActor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import {
  findOrganization,
  findOrganizationBySlug,
  findProjectBySlug,
  getFirstProject,
  getProject,
} from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { assignRole } from '@/lib/role/service';
import { addSchemaVersion, getSchema } from '@/lib/schema/service';
import { finishSchemaChange, startImpact } from '@/lib/schema-change/service';
import type { SessionMethod } from '@/lib/session/model';
import { endAllSessions, endSession } from '@/lib/session/service';
import { deleteOwnAccount } from '@/lib/verification/service';
import { encodeSessionId, sessionCookieName } from '@/lib/web/session-cookie';
import { createWebhook } from '@/lib/webhook/service';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { eventually } from '@/testing/eventually';
import { addPasskey, makePerson, signIn, signInByMail } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { rowsOf } from '@/testing/tenant';

/**
 * State that a story requires but does not walk through: created by the app's own services, in the running server's
 * database. Bundled like the command line, because Playwright's workers cannot load the app's sources.
 */
export { closeDb } from '@/lib/platform/db/client';
export { findUnfinishedDeletion } from '@/lib/project/service';

/** A cookie as a browser takes it. */
export type SessionCookie = { name: string; value: string; url: string; httpOnly: boolean; sameSite: 'Lax' };
/** A passkey as a virtual authenticator takes it (`WebAuthn.addCredential`). */
export type PortablePasskey = {
  credentialId: string;
  isResidentCredential: boolean;
  rpId: string;
  privateKey: string;
  userHandle: string;
  signCount: number;
};

/** Opens a session as a mailed code would, for an operator as a passkey would; returns its cookies. */
export async function openSession(identityId: string, method?: SessionMethod): Promise<SessionCookie> {
  const project = await getFirstProject();
  const identity = await getIdentity(project.id, identityId);
  const usual = identity.operatorRoles.length > 0 ? 'passkey' : 'code';
  const { session } = await signIn(project, identity, method ?? usual);
  const place = { projectId: project.id, origin: project.origin };
  const value = await encodeSessionId(place, session.id, session.expiresAt);
  return { name: sessionCookieName(place), value, url: project.origin, httpOnly: true, sameSite: 'Lax' };
}

/** Deletes an account as its owner does, with the project's grace time. */
export async function deleteAccount(identityId: string): Promise<void> {
  const project = await getFirstProject();
  const proof = await signIn(project, await getIdentity(project.id, identityId));
  await deleteOwnAccount(proof, { graceDays: project.deletionGraceDays, locale: 'en' });
}

/** Registers a passkey in a session of this method; returns it for a virtual authenticator. */
export async function registerPasskey(
  identityId: string,
  name?: string,
  method: 'code' | 'recovery' = 'code',
): Promise<PortablePasskey> {
  const project = await getFirstProject();
  const identity = await getIdentity(project.id, identityId);
  const proof = await signIn(project, identity, method);
  const device = { origin: project.origin, isBackupEligible: false, isBackedUp: false };
  const { authenticator, passkey } = await addPasskey(proof, new SoftwareAuthenticator(device));
  if (name) await renamePasskey(proof.actor, identity.id, passkey.id, name);
  const [key] = authenticator.keys;
  if (!key) throw new Error('no passkey');
  await endSession(proof.actor, identity.id, proof.session.id);
  return {
    credentialId: key.id.toString('base64'),
    isResidentCredential: true,
    rpId: key.rpId,
    privateKey: key.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    userHandle: Buffer.from(key.userHandle, 'base64url').toString('base64'),
    signCount: 0,
  };
}

/** A web application of the first project. */
export async function makeApplication({
  name,
  redirectUri,
  launchUrl,
  isAsking,
}: {
  name: string;
  redirectUri: string;
  launchUrl: string;
  isAsking: boolean;
}): Promise<{ clientId: string; clientSecret: string }> {
  const { id } = await getFirstProject();
  const consent = isAsking ? ('ask' as const) : ('skip' as const);
  const input = { name, redirectUris: [redirectUri], launchUrl, consent };
  const { application, clientSecret } = await createApplication(systemActor(id), input);
  return { clientId: application.clientId, clientSecret: clientSecret ?? '' };
}

/** A new identity with a role in an organization, by default the first one. */
export async function makeOperator(
  role: OperatorRole,
  organization = 'signet',
): Promise<{ id: string; email: string }> {
  const project = await getFirstProject();
  const place = await findOrganizationBySlug(organization);
  if (!place) throw new Error(`no organization ${organization}`);
  const email = `${randomUUID()}@example.com`;
  const traits = { email, name: { first: 'Grace', last: 'Hopper' } };
  const { id } = await transaction(async (tx) => {
    const identity = await createIdentity(systemActor(project.id), { traits, verifiedAddresses: [email] }, { tx });
    await assignRole(tx, { organizationId: place.id, identityId: identity.id }, role);
    return identity;
  });
  return { id, email };
}

/** A project with registration by invitation, in a new organization owned by this operator. */
export async function makeInviting(identityId: string): Promise<ProjectSlugs> {
  const project = await makeProject();
  await (await db()).project.update({ where: { id: project.id }, data: { registration: 'invitation' } });
  return giveRole(project, identityId, 'owner');
}

/** A project with `count` users and nothing else, in a new organization that this operator may view. */
export async function makePopulated(identityId: string, count: number): Promise<ProjectSlugs> {
  const project = await makeProject();
  for (let made = 0; made < count; made++) await makePerson(project, { first: 'Ada', last: 'Lovelace' });
  return giveRole(project, identityId, 'viewer');
}

/** As `makePopulated`, with names and addresses of every length and an operator whom this one may not touch. */
export async function makeHostile(identityId: string, isHostile: boolean): Promise<ProjectSlugs & { ids: string[] }> {
  const project = await makeProject();
  const names = isHostile
    ? [
        { first: 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren', last: 'Hubert Blaine Wolfe+585 Senior' },
        { first: 'W'.repeat(200), last: '' },
        { first: 'שרה', last: 'בת אברהם בן יצחק הלוי מירושלים' },
        { first: '', last: '' },
        { first: '<b>Bobby</b>', last: "'); DROP TABLE users;--" },
      ]
    : [
        { first: 'Ada', last: 'Lovelace' },
        { first: 'Xavier', last: 'Müller' },
        { first: 'Grace', last: 'Hopper' },
      ];
  const ids: string[] = [];
  for (const [at, name] of names.entries()) {
    const mailbox = isHostile ? `${'a-very-long-mailbox.'.repeat(3)}${at}` : `xavier.mueller${at}`;
    const email = `${mailbox}@${isHostile ? 'a-subdomain-of-some-length.'.repeat(3) : ''}example.com`;
    const { id } = await createIdentity(systemActor(project.id), { traits: { email, name } });
    ids.push(id);
  }
  for (const id of ids.slice(0, 2)) {
    const proof = await signIn(project, await getIdentity(project.id, id));
    await addPasskey(
      proof,
      new SoftwareAuthenticator({ origin: project.origin, isBackupEligible: false, isBackedUp: false }),
    );
  }
  const role = { organizationId: project.organizationId, identityId: ids[0] ?? '' };
  await transaction((tx) => assignRole(tx, role, 'owner'));
  return { ...(await giveRole(project, identityId, 'admin')), ids };
}

/** As `makePopulated`, but this operator owns it. */
export async function makeMany(identityId: string, count: number): Promise<ProjectSlugs> {
  const project = await makeProject();
  for (let made = 0; made < count; made++) await makePerson(project, { first: 'Ada', last: 'Lovelace' });
  return giveRole(project, identityId, 'owner');
}

/** Publishes another version of a project's default schema, with this title. */
export async function retitleSchema({ organization, project }: ProjectSlugs, title: string): Promise<void> {
  const place = await findOrganizationBySlug(organization);
  const found = place && (await findProjectBySlug(place.id, project));
  if (!found) throw new Error(`no project ${project}`);
  const { document } = await getSchema(found.id, 'default');
  await addSchemaVersion(systemActor(found.id), 'default', { ...document, title });
}

/** A project with one person who has a single passkey, on one device, and one who has a synced one. */
export async function makeDependent(identityId: string): Promise<ProjectSlugs & { emails: { oneDevice: string } }> {
  const project = await makeProject();
  const emails: string[] = [];
  for (const isBackedUp of [false, true]) {
    const proof = await signInByMail(project, await makePerson(project));
    const device = { origin: project.origin, isBackupEligible: isBackedUp, isBackedUp };
    await addPasskey(proof, new SoftwareAuthenticator(device));
    emails.push(proof.identity.identifiers[0] ?? '');
  }
  await (await db()).outboxMail.deleteMany({ where: { projectId: project.id } });
  return { ...(await giveRole(project, identityId, 'admin')), emails: { oneDevice: emails[0] ?? '' } };
}

type ProjectSlugs = { organization: string; project: string };

async function giveRole(
  { organizationId, slug }: Project,
  identityId: string,
  role: OperatorRole,
): Promise<ProjectSlugs> {
  await transaction((tx) => assignRole(tx, { organizationId, identityId }, role));
  return { organization: (await findOrganization(organizationId))?.slug ?? '', project: slug };
}

export async function dropPasskeys(identityId: string): Promise<void> {
  await (await db()).passkey.deleteMany({ where: { identityId } });
}

/** Ends every session of a person. */
export async function endSessions(identityId: string): Promise<void> {
  await endAllSessions(systemActor((await getFirstProject()).id), identityId);
}

/** The link of an operator invitation. */
export async function inviteByLink(email: string, role: OperatorRole = 'admin'): Promise<string> {
  const { id } = await getFirstProject();
  return (await inviteOperator(systemActor(id), { email, role })).link;
}

/** Sets the role of an operator of the first organization; null removes it. */
export async function setRole(identityId: string, role: OperatorRole | null): Promise<void> {
  const { id, organizationId } = await getFirstProject();
  if (role) {
    const { removals } = await previewPromotion(organizationId, identityId);
    await changeRole(systemActor(id), organizationId, identityId, role, { removals: removalKeys(removals) });
  } else await removeOperator(systemActor(id), organizationId, identityId);
}

/** A project with at least one of everything, in its own organization. */
export type Vault = {
  projectId: string;
  /** Slugs. */
  organization: string;
  project: string;
  /** The ID for `[id]` below each folder of the console. */
  ids: Record<
    | 'users'
    | 'groups'
    | 'api-credentials'
    | 'applications'
    | 'audit-log'
    | 'schemas'
    | 'jobs'
    | 'import'
    | 'change'
    | 'webhooks'
    | 'deliveries',
    string
  >;
  /** Part of every text but slugs and IDs. */
  secret: string;
};

export async function makeVault(): Promise<Vault> {
  const project = await makeProject();
  const { id: projectId, organizationId } = project;
  const secret = `vault-${randomUUID()}`;
  const named = { data: { name: secret } };
  await (await db()).project.update({ where: { id: projectId }, ...named });
  await (await db()).organization.update({ where: { id: organizationId }, ...named });
  const { id } = await createIdentity(systemActor(projectId), {
    traits: { email: `${secret}@example.com`, name: { first: secret } },
    externalId: secret,
    metadataAdmin: { secret },
  });
  const proof = await signIn(project, await getIdentity(projectId, id));
  const { passkey } = await addPasskey(proof);
  await renamePasskey(proof.actor, id, passkey.id, secret.slice(0, 60));
  const { credential } = await createApiCredential(systemActor(projectId), { name: secret });
  const group = await createGroup(systemActor(projectId), { name: secret, description: secret });
  await addMember(systemActor(projectId), group.id, id);
  const redirectUris = [`https://${secret}.example.com/callback`];
  const access = { access: 'groups' as const, groupIds: [group.id] };
  const { application } = await createApplication(systemActor(projectId), { name: secret, redirectUris, ...access });
  const [event] = await listIdentityEvents(projectId, id, 1);
  const organization = (await findOrganization(organizationId))?.slug ?? '';
  const ids = {
    users: id,
    groups: group.id,
    applications: application.clientId,
    'api-credentials': credential.clientId,
    'audit-log': event?.id ?? '',
    schemas: 'default',
    jobs: await makeFinishedAction(project, id),
    import: await makeUpload(projectId, id, secret),
    change: await makeImpact(projectId, secret),
    webhooks: await makeWebhook(projectId, { identityId: id, eventId: event?.id ?? '', secret }),
    deliveries: event?.id ?? '',
  };
  return { projectId, organization, project: project.slug, ids, secret };
}

/** Off, so that the server sends nothing, with a delivery. */
async function makeWebhook(
  projectId: string,
  { identityId, eventId, secret }: { identityId: string; eventId: string; secret: string },
): Promise<string> {
  const url = `https://hooks.example.com/${secret}`;
  const settings = { url, description: secret, eventTypes: null, isActive: false };
  const { webhook } = await createWebhook(systemActor(projectId), settings);
  const delivery = { endpointId: webhook.id, eventId, projectId, identityId, type: 'identity.updated' };
  await (await db()).webhookDelivery.create({ data: { ...delivery, createdAt: new Date(), failedAt: new Date() } });
  return webhook.id;
}

async function makeUpload(projectId: string, ownerId: string, secret: string): Promise<string> {
  const body = Readable.from([Buffer.from(`email,external_id\n${secret}@import.example,${secret}\n`)]);
  return (await receiveUpload({ projectId, owner: { kind: 'operator', id: ownerId }, name: secret, body })).id;
}

async function makeImpact(projectId: string, secret: string): Promise<string> {
  const { document } = await getSchema(projectId, 'default');
  const draft = { schemaId: 'default', document: { ...document, title: secret }, repairs: [] };
  const { id } = await startImpact(programPrincipal(cliActor(projectId), []), projectId, draft);
  const { signal } = new AbortController();
  // The server may have claimed it first.
  await eventually(async () => {
    if ((await finishSchemaChange(id, signal)) === 'busy') throw new Error('The server still runs it');
  });
  return id;
}

async function makeFinishedAction({ id: projectId, organizationId }: Project, operatorId: string): Promise<string> {
  const id = newId();
  const none = { selection: null, leftOut: '{"counts":{},"people":[]}', finishedAt: new Date(), createdAt: new Date() };
  const order = { id, projectId, organizationId, operatorId, operatorEpoch: 0, kind: 'sign_out', total: 1 };
  await (await db()).bulkAction.create({ data: { ...order, ...none } });
  return id;
}

/** A text per table of the vault's rows; without mails, which are sent at the same time. */
export async function contentsOf({ projectId }: Vault): Promise<Record<string, string>> {
  const { OutboxMail: _, ...held } = await rowsOf({ project: await getProject(projectId) });
  return held;
}
