import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as invitations from '@/lib/invitation/service';
import * as roles from '@/lib/role/service';
import { BROWSER, CHROME, contextOf } from '@/testing/people';
import { jpegOf } from '@/testing/pictures';
import { clientContextOf, inviteFirstOperator, makeTenant, rowsOf, type Tenant } from '@/testing/tenant';
import * as apiCredential from './api-credential/service';
import * as application from './application/service';
import * as applicationSession from './application-session/service';
import * as audit from './audit/service';
import * as claim from './claim/service';
import * as credential from './credential/service';
import * as grant from './grant/service';
import { findStoredRequest } from './grant/service/stored-request';
import * as group from './group/service';
import * as identity from './identity/service';
import { deleteAccount, restoreAccount } from './identity/service/delete-account';
import { editIdentity, editOwnTraits } from './identity/service/edit-fields';
import { countMatches, searchIdentities } from './identity/service/search';
import { findTestMail } from './mail/service/test-mail';
import * as operator from './operator/service';
import * as pairing from './pairing/service';
import * as picture from './picture/service';
import { type Actor, systemActor } from './platform/actor';
import { db } from './platform/db/client';
import { transaction } from './platform/db/transaction';
import { newId } from './platform/ids';
import { listHeld } from './preview/service/held';
import * as project from './project/service';
import * as recoveryCode from './recovery-code/service';
import * as schema from './schema/service';
import * as schemaChange from './schema-change/service';
import * as session from './session/service';
import * as token from './token/service';
import * as undo from './undo/service';
import * as verification from './verification/service';
import * as webhook from './webhook/service';

/**
 * Two projects with at least one of everything each: no service reveals or changes anything of one project when called
 * for the other, with any of its IDs, tokens, codes and passkeys. app/isolation.test.ts covers the edges.
 */
let one: Tenant;
let two: Tenant;
/** The one-time link of an invited operator, in the first project. */
let operatorLink: string;
let before: Record<string, string>;

beforeAll(async () => {
  operatorLink = (await inviteFirstOperator()).token;
  [one, two] = [await makeTenant(), await makeTenant()];
});
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
  before = await rowsOf(one);
});
afterEach(async () => {
  expect(await rowsOf(one)).toEqual(before);
});

const draftOf = ({ schemaId }: Tenant) => ({
  ...{ schemaId, repairs: [] },
  document: { properties: { traits: { type: 'object' } } },
});

type Read = (one: Tenant, at: string, two: Tenant) => unknown;
const EVERYTHING = { limit: 1000 };
const ORDER = { sort: 'name', direction: 'ascending', cursor: { edge: 'first', place: null }, limit: 100 } as const;

/** Each read, called for the project `at` with what belongs to `one`. */
const READS: Record<string, Read> = {
  'identity.findIdentity': ({ identity: { id } }, at) => identity.findIdentity(at, id),
  'identity.getIdentity': ({ identity: { id } }, at) => identity.getIdentity(at, id),
  'identity.getStored': ({ identity: { id } }, at) => identity.getStored(at, id),
  'identity.getStoredByExternalId': ({ identity: { externalId } }, at) =>
    identity.getStoredByExternalId(at, externalId ?? ''),
  'identity.findIdentityByIdentifier': ({ email }, at) => identity.findIdentityByIdentifier(at, email),
  'identity.findByUserHandle': ({ identity: { userHandle } }, at) => identity.findByUserHandle(at, userHandle),
  'identity.findByKeys': ({ identity: { id, externalId }, email }, at) =>
    identity.findByKeys(at, { ids: [id], externalIds: [externalId ?? ''], identifiers: [email] }),
  'identity.listAfter': ({ identity: { id } }, at) => identity.listAfter(at, { ids: [id] }, null, 10),
  'identity.listStoredAfter': ({ identity: { id } }, at) => identity.listStoredAfter(at, { ids: [id] }, null, 10),
  'identity.listByOffset': (_, at) => identity.listByOffset(at, {}, 0, 1000),
  'identity.countIdentities': ({ identity: { id } }, at) => identity.countIdentities(at, { ids: [id] }),
  'identity.countFiltered': async ({ identity: { id } }, at) => (await identity.countFiltered(at, { ids: [id] })).count,
  'identity.countBySchemaVersion': (of, at) => identity.countBySchemaVersion(at, [of.schemaId]),
  'identity.countStates': async ({ identity: { id } }, at) => (await identity.countStates(at, [id])).active,
  'identity.listMatchingIds': ({ identity: { id } }, at) => identity.listMatchingIds(at, { ids: [id] }, null, 10),
  'identity.findDeletedIdentity': ({ deletedId }, at) => identity.findDeletedIdentity(at, deletedId),
  'identity.getDeletedIdentity': ({ deletedId }, at) => identity.getDeletedIdentity(at, deletedId),
  'identity.listDeleted': ({ deletedId }, at) => identity.listDeleted(at, { ids: [deletedId] }, EVERYTHING),
  'identity.listDeletedSummaries': ({ email }, at) =>
    identity.listDeletedSummaries(at, { words: [`gone-${email}`] }, EVERYTHING),
  'identity.countDeletedIdentities': ({ deletedId }, at) => identity.countDeletedIdentities(at, { ids: [deletedId] }),
  'identity.findTakenIdentifiers': async ({ email }, at) => [...(await identity.findTakenIdentifiers(at, [email]))],
  'identity.searchIdentities': ({ email }, at) => searchIdentities(at, { ...ORDER, words: email }),
  'identity.countMatches': async ({ email }, at) => (await countMatches(at, { words: email })).count,
  'picture.findPicture': ({ identity: { pictureId } }, at) => picture.findPicture(at, pictureId ?? ''),
  'credential.getPasskey': ({ identity: { id }, passkey }, at) => credential.getPasskey(at, id, passkey.credentialId),
  'credential.listPasskeys': ({ identity: { id } }, at) => credential.listPasskeys(at, id),
  'credential.countHolders': async (_, at) => (await credential.countHolders(at)) - 1,
  'credential.countPasskeysOf': ({ identity: { id } }, at) => credential.countPasskeysOf(at, [id]),
  'identity.listHeldAddresses': ({ identity: { id } }, at) => identity.listHeldAddresses(at, [id], { now: new Date() }),
  'credential.listHeldPasskeys': ({ identity: { id } }, at) =>
    credential.listHeldPasskeys(at, [id], { now: new Date() }),
  'session.listHeldSessions': ({ identity: { id } }, at) =>
    session.listHeldSessions(at, [id], { now: new Date(), seenAfter: new Date(0), createdAfter: new Date(0) }),
  'application-session.listLogoutDeliveries': ({ relyingParty: { id } }, at) =>
    applicationSession.listLogoutDeliveries(at, id, 10),
  'claim.findClaimRules': (_, at) => claim.findClaimRules(at),
  'recovery-code.listHeldRecoveryCodes': ({ identity: { id } }, at) => recoveryCode.listHeldRecoveryCodes(at, [id]),
  'verification.listHeldCodes': ({ identity: { id } }, at) => verification.listHeldCodes(at, [id], { now: new Date() }),
  'pairing.listHeldPairings': ({ identity: { id } }, at) => pairing.listHeldPairings(at, [id], { now: new Date() }),
  'preview.listHeld': ({ identity: { id } }, at) => listHeld(at, [id]),
  'credential.getPersonalData': async (of, at, { project: own }) => {
    const proof = { ...of.proof, project: own, identity: { ...of.identity, projectId: at } };
    const { passkeys, sessions, activity } = await credential.getPersonalData(proof);
    return [...passkeys, ...sessions, ...((await activity().next()).value ?? [])];
  },
  'session.findSession': ({ proof }, at) => session.findSession(at, proof.session.id),
  'session.getSession': (of, _, { project: own }) => session.getSession(own, of.identity, of.proof.session.id),
  'session.findSessionOwner': ({ proof }, at) => session.findSessionOwner(at, proof.session.id),
  'session.getSessionWithState': ({ proof }, at) => session.getSessionWithState(at, proof.session.id),
  'session.listProjectSessionsWithState': (_, at) => session.listProjectSessionsWithState(at, null, 1000),
  'session.listIdentitySessionsWithState': ({ identity: { id } }, at) => session.listIdentitySessionsWithState(at, id),
  'session.listIdentitySessions': (of, _, { project: own }) => session.listIdentitySessions(own, of.identity),
  'session.listSessions': (of, _, { project: own }) => session.listSessions({ ...of.proof, project: own }),
  'session.countSessions': async (_, at) => (await session.countSessions({ ...two.project, id: at })).count - 1,
  'session.countSessionsOf': async (of, _, { project: own }) =>
    (await session.countSessionsOf(own, [of.identity.id])).sessions,
  'session.countSignIns': async (_, at) => ((await session.countSignIns(at, 1))[0]?.code ?? 0) - 1,
  'verification.findMailboxProof': ({ email: address, pending: { browser: browserHash } }, projectId) =>
    verification.findMailboxProof({ projectId, address, browserHash }),
  'verification.findPendingMailboxCode': ({ email: address, pending: { browser: browserHash } }, projectId) =>
    verification.findPendingMailboxCode({ projectId, address, browserHash }),
  'verification.findPendingSignIn': ({ pending }, at) => verification.findPendingSignIn(at, pending.browser),
  'verification.findPendingRegistration': ({ pending }, at) =>
    verification.findPendingRegistration(at, pending.browser),
  'verification.findPendingStepUp': (of, _, { project: own }) =>
    verification.findPendingStepUp({ ...of.proof, project: own }, of.pending.browser),
  'verification.findPendingEmailChange': (of, _, { project: own }) =>
    verification.findPendingEmailChange({ ...of.proof, project: own }, of.pending.browser),
  'verification.peekLink': ({ pending }, at) => verification.peekLink(at, pending.token, pending.browser),
  'recovery-code.findRecoveryCode': (of, at) =>
    recoveryCode.findRecoveryCode(at, of.identity.id, of.recoveryCodes[0] ?? ''),
  'recovery-code.listRecoveryCodes': ({ identity: { id } }, at) => recoveryCode.listRecoveryCodes(at, id),
  'pairing.findOwnPairing': (of, _, { project: own }) => pairing.findOwnPairing({ ...of.proof, project: own }),
  'pairing.findOwnStep': (of, _, { project: own }) => pairing.findOwnStep({ ...of.proof, project: own }),
  'pairing.findRequested': (of, at) => pairing.findRequested(at, of.pairing.browser),
  'pairing.findRequestedStep': (of, at) => pairing.findRequestedStep(at, of.pairing.browser),
  'pairing.listPairings': ({ identity: { id } }, at) => pairing.listPairings(at, id),
  'invitation.listRegistrationInvitations': (_, at) => invitations.listRegistrationInvitations(at, EVERYTHING),
  'grant.findLogoutTarget': async ({ application: { clientId } }, at) =>
    (await grant.findLogoutTarget(at, { clientId }))?.application,
  'grant.listGrants': ({ identity: { id } }, at) => grant.listGrants(at, id),
  'grant.getGrant': ({ identity: { id }, application: { clientId } }, at) => grant.getGrant(at, id, clientId),
  'grant.findPendingRequest': ({ requestId }, at) => grant.findPendingRequest(at, requestId),
  'grant.findStoredRequest': ({ requestId }, at) => findStoredRequest(at, requestId),
  'grant.verifyRefreshToken': ({ refreshToken }, at) => grant.verifyRefreshToken(at, refreshToken),
  'schema.findSchema': ({ schemaId }, at) => schema.findSchema(at, schemaId),
  'schema.getSchema': ({ schemaId }, at) => schema.getSchema(at, schemaId),
  'schema.findSchemaByName': ({ schemaId }, at) => schema.findSchemaByName(at, schemaId),
  'schema.listSchemaNames': (_, at) => schema.listSchemaNames(at),
  'schema.listSchemaVersions': (of, at) => schema.listSchemaVersions(at, of.schemaId),
  'schema.listSchemas': (_, at) => schema.listSchemas(at),
  'schema-change.getSchemaChange': (of, at) => schemaChange.getSchemaChange(at, of.schemaChangeId),
  'schema-change.listSchemaChangesOf': (of, at) => schemaChange.listSchemaChangesOf(at, of.schemaId, 10),
  'identity.listByIds': ({ identity: { id } }, at) => identity.listByIds(at, [id]),
  'identity.listTraitsOfSchema': ({ schemaId }, at) => identity.listTraitsOfSchema(at, schemaId, null, 10),
  'identity.listIdsOfSchema': ({ schemaId }, at) =>
    transaction((tx) => identity.listIdsOfSchema(tx, at, schemaId, null, 10)),
  'audit.findEvent': ({ eventId }, at) => audit.findEvent(at, eventId),
  'audit.listEvents': ({ identity: { id } }, at) => audit.listEvents(at, { identityId: id }, EVERYTHING),
  'audit.listSettledEvents': ({ identity: { id } }, at) => audit.listSettledEvents(at, { identityId: id }, EVERYTHING),
  'audit.listIdentityEvents': ({ identity: { id } }, at) => audit.listIdentityEvents(at, id, 1000),
  'audit.hasIdentityEvent': ({ identity: { id } }, at) =>
    transaction((tx) => audit.hasIdentityEvent(tx, at, id, 'identity.created')),
  'audit.listChangesSince': ({ identity: { id } }, at) => audit.listChangesSince(at, id, ''),
  'undo.listUndoStates': async ({ identity: { id } }, at) => [
    ...(await undo.listUndoStates(at, await audit.listIdentityEvents(at, id, 10))),
  ],
  'credential.findPasskey': ({ identity: { id }, passkey }, at) => credential.findPasskey(at, id, passkey.id),
  'audit.findLastAuthors': async ({ identity: { id } }, at) => [
    ...(await audit.findLastAuthors(at, id, ['/traits/email'])),
  ],
  'audit.countByMethod': async (_, at) =>
    (await audit.countByMethod(at, 'session.started', new Date(0), new Date(Date.now() + 1000))).code - 1,
  'api-credential.getApiCredential': (of, at) => apiCredential.getApiCredential(at, of.credential.credential.clientId),
  'api-credential.findApiCredential': (of, at) =>
    apiCredential.findApiCredential(at, of.credential.credential.clientId),
  'api-credential.listApiCredentials': (_, at) => apiCredential.listApiCredentials(at),
  'api-credential.countApiCredentials': async (_, at) => (await apiCredential.countApiCredentials(at)) - 2,
  'api-credential.countUsableCredentials': async (_, at) => (await apiCredential.countUsableCredentials(at)) - 2,
  'api-credential.listSecretPeriods': (of, at) =>
    apiCredential.listSecretPeriods(at, of.credential.credential.clientId, new Date()),
  'api-credential.listSecretsOfCredentials': (of, at) =>
    apiCredential.listSecretsOfCredentials(at, [of.credential.credential], new Date()),
  'api-credential.authenticateClient': ({ credential: { credential: client, clientSecret } }, at) => {
    const { clientId, authMethod } = client;
    return apiCredential.authenticateClient({ projectId: at, clientId, authMethod, clientSecret });
  },
  'application.getApplication': (of, at) => application.getApplication(at, of.application.clientId),
  'application.findApplication': (of, at) => application.findApplication(at, of.application.clientId),
  'application.findApplicationById': (of, at) => application.findApplicationById(at, of.application.id),
  'application.listApplications': (_, at) => application.listApplications(at),
  'application.countApplications': async (_, at) => (await application.countApplications(at)) - 2,
  'application.listAllowedGroups': ({ application: { id } }, at) =>
    application.listAllowedGroups({ id, projectId: at }),
  'application.listAllowedGroupsOf': async ({ application: { id } }, at) => [
    ...(await application.listAllowedGroupsOf(at, [id])),
  ],
  'application.listApplicationsOfGroup': (of, at) => application.listApplicationsOfGroup(at, of.group.id),
  'application.findApplicationLogo': ({ application: { clientId, logoHash } }, at) =>
    application.findApplicationLogo(at, clientId, logoHash ?? ''),
  'application.listSecrets': ({ application: { id } }, at) =>
    application.listSecrets({ id, projectId: at }, new Date()),
  'application.authenticateApplication': ({ application: { clientId }, applicationSecret: clientSecret }, at) =>
    application.authenticateApplication({ projectId: at, clientId, clientSecret }),
  'group.getGroup': (of, at) => group.getGroup(at, of.group.id),
  'group.findGroup': (of, at) => group.findGroup(at, of.group.id),
  'group.findGroupByName': (of, at) => group.findGroupByName(at, of.group.name),
  'group.listGroups': (_, at) => group.listGroups(at),
  'group.listGroupsAfter': (_, at) => group.listGroupsAfter(at, { after: null, limit: 10 }),
  'group.listGroupsByIds': (of, at) => group.listGroupsByIds(at, [of.group.id]),
  'group.listGroupsOfIdentity': ({ identity: { id } }, at) => group.listGroupsOfIdentity(at, id),
  'group.listMembers': (of, at) => group.listMembers(at, of.group.id, { limit: 10 }),
  'group.countGroups': async (_, at) => (await group.countGroups(at)) - 1,
  'group.countMembers': (of, at) => group.countMembers(at, of.group.id),
  'group.countMembersOf': async (of, at) => [...(await group.countMembersOf(at, [of.group.id]))],
  'token.publishedKeys': (_, at) => token.publishedKeys(at),
  'token.verifyAccessToken': (of, at, { project: { origin } }) =>
    token.verifyAccessToken({ ...clientContextOf(of.project), projectId: at, origin }, of.token),
  'webhook.listWebhooks': (_, at) => webhook.listWebhooks(at),
  'webhook.findWebhook': ({ webhookId }, at) => webhook.findWebhook(at, webhookId),
  'webhook.getWebhook': ({ webhookId }, at) => webhook.getWebhook(at, webhookId),
  'webhook.listDeliveries': ({ webhookId }, at) => webhook.listDeliveries(at, webhookId, EVERYTHING),
  'webhook.getDelivery': ({ webhookId, webhookEventId }, at) => webhook.getDelivery(at, webhookId, webhookEventId),
  'mail.findTestMail': async ({ project: { id: projectId } }, at) => {
    const mail = await (await db()).outboxMail.findFirstOrThrow({ where: { projectId } });
    return findTestMail(at, mail.id);
  },
  'project.findProjectBySlug': (of, _, { project: own }) =>
    project.findProjectBySlug(own.organizationId, of.project.slug),
  'project.listProjects': (_, __, { project: own }) => project.listProjects([own.organizationId]),
  'project.findLogo': (_, __, { project: own }) => project.findLogo(own, 'hash-of-a-logo'),
  'project.listOrigins': (_, at) => project.listOrigins(at),
  'project.listClaims': (_, at) => project.listClaims(at),
  'project.countContents': async (_, at) => {
    const { identities, passkeys, sessions, apiCredentials } = await project.countContents(at);
    return [identities - 1, passkeys - 1, sessions - 1, apiCredentials - 2];
  },
  'project.countLivePasskeys': ({ project: { origin } }, at) => project.countLivePasskeys(at, origin),
  'role.findAssignment': (of, _, { project: own }) => roles.findAssignment(own.organizationId, of.identity.id),
  'role.findActiveSince': async (_, __, { project: own }) => [...(await roles.findActiveSince(own.organizationId))],
  'role.hasOperators': (_, __, { project: own }) => roles.hasOperators(own.organizationId),
  'operator.listOperators': (_, __, { project: own }) => operator.listOperators(own.organizationId),
  'invitation.listOpenInvitations': (_, __, { project: own }) => invitations.listOpenInvitations(own.organizationId),
  'operator.findInvitationProof': async ({ email, pending: { browser } }, at) =>
    (await operator.findInvitationProof(at, email, browser)).isProven,
  'invitation.findUsableInvitation': (_, at) => invitations.findUsableInvitation(at, operatorLink),
  'invitation.peekInvitation': (_, at) => invitations.peekInvitation(at, operatorLink),
};

/** Reads above projects, or parts of reads covered below. */
const OTHERS = new Set([
  ...['getProject', 'getFirstProject', 'findFirstProject', 'findProjectByHost'].map((name) => `project.${name}`),
  ...['findOrganization', 'findOrganizationBySlug', 'listOrganizations', 'listAllProjects'].map(
    (name) => `project.${name}`,
  ),
  // Of the whole installation: its metrics, its doctor, and IDs an import may not reuse.
  ...['audit.findNewestEventTime', 'session.countAllSessions', 'identity.findHoldersOfIds'],
  // Whether SIGNET_SECRET decrypts stored data of any project.
  ...['mail.findUnreadableMails', 'token.countUnreadableKeys'],
  'application-session.findNoticePayload', // of a claimed notice, by the worker
  'identity.listDisplacedIdentities',
  'credential.getPersonalData', // takes a session proof: app/profile/data/route.test.ts
  // For the worker, and for the command line, which finishes any project's deletion.
  ...['queue.listQueued', 'project.findUnfinishedDeletion', 'project.countOwnedRows'],
  ...['verification.findHolder', 'invitation.findRegistration'],
  ...['identity.getIdentityForWrite', 'credential.getPasskeyForWrite'],
  // Inside writes, which are tried below.
  ...['application.getForWrite', 'group.getForWrite'],
  'credential.countFleets', // the job, for all projects
  'webhook.getForChange', // inside the writes below
  'role.listManagers', // of an organization that the caller has found
  'role.findHeldRoles', // of identities that the caller has found in a project
  ...['audit.countJobEvents', 'audit.listJobEvents', 'job.findClaims'], // tried through jobs in lib/bulk/service/fields.test.ts
  ...['bulk.getBulkAction', 'bulk.listBulkActions'], // tried from another project in lib/bulk/service.test.ts
  'audit.findChangeOfRequest', // tried from another project in lib/undo/service.test.ts
  // Tried from another project in lib/import/service.test.ts.
  ...['getOwnImport', 'getImportForReview', 'listWaitingImports'].map((name) => `import.${name}`),
  'identity.hasDeletedOf', // tried in two projects in lib/schema-change/service.test.ts
  'identity.hasUsers', // tried in two projects in first-steps.test.ts
  // Tried in another project in texts.test.ts.
  ...['findText', 'getOriginal', 'listTexts', 'listTitles'].map((name) => `project.${name}`),
  'project.listForReview', // for owners of the installation
  // Tried from another project in lib/pairing/service.test.ts.
  ...['pairing.findTokenByCode', 'pairing.peekPairing'],
  'verification.findReturnPath', // tried from another project in return-path.test.ts
  'session.peekSignInAlert', // tried from another project in alert.test.ts
  ...['identity.findEmailChange', 'verification.peekEmailChange'], // tried in undo-email-change.test.ts
]);

const isRead = (name: string) => /^(find|get|has|list|count|search|peek|published|verify|authenticate)[A-Z]/.test(name);

test('every read of every service is listed or excluded with a reason', async () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => /^[a-z-]+\/service(\/[a-z-]+)?\.ts$/.test(name));
  const reads = new Set<string>();
  for (const file of files) {
    const names = Object.entries(await import(path.join(import.meta.dirname, file)));
    for (const [name, value] of names) {
      if (typeof value === 'function' && isRead(name)) reads.add(`${file.split('/')[0]}.${name}`);
    }
  }
  expect([...reads].filter((name) => !(name in READS) && !OTHERS.has(name)).sort()).toEqual([]);
  expect([...Object.keys(READS), ...OTHERS].filter((name) => !reads.has(name))).toEqual([]);
});

// ASVS 8.2.2, ASVS 8.4.1
describe('a read for one project, given what belongs to the other,', () => {
  const NOTHING = [
    ...['null', 'false', '0', '[]', '[0,0,0,0]', '{"identities":[],"previous":null,"next":null}'],
    ...['not_found', 'unknown_schema', '{"reason":"unknown"}', '{"state":"unusable"}'],
  ];
  const outcomeOf = async (read: Read, at: Tenant) => {
    const outcome = await Promise.resolve(read(one, at.project.id, at)).catch(({ code }) => code);
    return typeof outcome === 'string' ? outcome : String(JSON.stringify(outcome, bigintsAsText));
  };
  const bigintsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

  /** Numbers are equal in both projects, the read would record a use, or neither project has any. */
  const ALIKE =
    /\.(count(?!Identities|DeletedIdentities|Matches|LivePasskeys)|findPending(?!SignIn)|findTestMail|findLogo|findMailboxProof|findInvitationProof|verifyAccess|authenticate(Client|Application)|.*[oO]perators|findAssignment|findActiveSince|listOpen|findUsable|peekInv)/;

  test.each(Object.entries(READS))('%s, finds none of it', async (name, read) => {
    const outcome = await outcomeOf(read, two);
    if (!ALIKE.test(name)) expect(await outcomeOf(read, one), 'at home').not.toBe(outcome);
    for (const mark of one.marks) expect(outcome).not.toContain(mark);
    const isOwn = two.marks.some((mark) => outcome.includes(mark));
    if (!isOwn) expect(NOTHING).toContain(outcome);
  });
});

describe('a write for one project, to what belongs to the other,', () => {
  type Write = (actor: Actor, one: Tenant, two: Tenant) => Promise<unknown>;
  const clientOf = ({ credential: { credential: client } }: Tenant) => client.clientId;
  const edit = { pointer: '/traits/name/first', base: null, mine: 'Mallory' };

  const WRITES: Record<string, Write> = {
    changeIdentity: (actor, { identity: { id } }) => identity.changeIdentity(actor, id, () => ({ state: 'inactive' })),
    patchIdentity: (actor, { identity: { id } }) =>
      identity.patchIdentity(actor, id, [{ op: 'replace', path: '/state', value: 'inactive' }]),
    setPicture: (actor, { identity: { id } }) => identity.setPicture(actor, id, jpegOf()),
    removePicture: (actor, { identity: { id } }) => identity.removePicture(actor, id),
    deleteIdentity: (actor, { identity: { id } }) => identity.deleteIdentity(actor, id),
    'deleteIdentity, in the recycle bin': (actor, { deletedId }) =>
      identity.deleteIdentity(actor, deletedId, { purge: true }),
    purgeIdentity: (actor, { deletedId }) => identity.purgeIdentity(actor, deletedId),
    restoreIdentity: (actor, { deletedId }) => identity.restoreIdentity(actor, deletedId),
    restoreAccount: (actor, { deletedId }) => restoreAccount(actor, deletedId),
    markAddressVerified: (actor, { identity: { id }, email }) =>
      transaction((tx) => identity.markAddressVerified(tx, actor, id, email)),
    deleteAccount: (actor, { identity: { id } }) => deleteAccount(actor, id),
    cancelDeletion: (actor, { identity: { id } }) => identity.cancelDeletion(actor, id),
    editIdentity: (actor, { identity: { id } }) => editIdentity(actor, id, [edit]),
    editOwnTraits: (actor, { identity: { id } }) => editOwnTraits(actor, id, [edit]),
    renamePasskey: (actor, { identity: { id }, passkey }) => credential.renamePasskey(actor, id, passkey.id, 'Mine'),
    'renamePasskey of an own identity': (actor, { passkey }, { identity: { id } }) =>
      credential.renamePasskey(actor, id, passkey.id, 'Mine'),
    undoEvent: (actor, { identity: { id }, eventId }) => undo.undoEvent(actor, id, eventId),
    'undoEvent of an own identity': (actor, { eventId }, { identity: { id } }) => undo.undoEvent(actor, id, eventId),
    deletePasskey: (actor, { identity: { id }, passkey }) => credential.deletePasskey(actor, id, passkey.credentialId),
    'deletePasskey of an own identity': (actor, { passkey }, { identity: { id } }) =>
      credential.deletePasskey(actor, id, passkey.credentialId),
    endSession: (actor, { identity: { id }, proof }) => session.endSession(actor, id, proof.session.id),
    'endSession of an own identity': (actor, { proof }, { identity: { id } }) =>
      session.endSession(actor, id, proof.session.id),
    endAllSessions: (actor, { identity: { id } }) => session.endAllSessions(actor, id),
    endSessionById: (actor, { proof }) => session.endSessionById(actor, proof.session.id),
    updateApiCredential: (actor, of) => apiCredential.updateApiCredential(actor, clientOf(of), { name: 'Mine' }),
    rotateApiCredential: (actor, of) => apiCredential.rotateApiCredential(actor, clientOf(of), { overlapHours: 0 }),
    revokeSecret: (actor, of) => apiCredential.revokeSecret(actor, clientOf(of), newId()),
    revokeApiCredential: (actor, of) => apiCredential.revokeApiCredential(actor, clientOf(of)),
    updateApplication: (actor, of) => application.updateApplication(actor, of.application.clientId, { name: 'Mine' }),
    disableApplication: (actor, of) => application.disableApplication(actor, of.application.clientId, async () => {}),
    enableApplication: (actor, of) => application.enableApplication(actor, of.application.clientId),
    deleteApplication: (actor, of) => application.deleteApplication(actor, of.application.clientId, async () => {}),
    rotateApplicationSecret: (actor, of) =>
      application.rotateApplicationSecret(actor, of.application.clientId, { overlapHours: 0 }),
    endApplicationSecret: (actor, of) => application.endApplicationSecret(actor, of.application.clientId, newId()),
    setApplicationLogo: (actor, of) => application.setApplicationLogo(actor, of.application.clientId, jpegOf()),
    removeApplicationLogo: (actor, of) => application.removeApplicationLogo(actor, of.application.clientId),
    updateGroup: (actor, of) => group.updateGroup(actor, of.group.id, { name: 'Mine' }),
    deleteGroup: (actor, of) => group.deleteGroup(actor, of.group.id),
    addMember: (actor, of, own) => group.addMember(actor, of.group.id, own.identity.id),
    'addMember to an own group': (actor, of, own) => group.addMember(actor, own.group.id, of.identity.id),
    removeMember: (actor, of) => group.removeMember(actor, of.group.id, of.identity.id),
    updateWebhook: (actor, { webhookId }) => webhook.updateWebhook(actor, webhookId, { isActive: false }),
    rotateWebhookSecret: (actor, { webhookId }) => webhook.rotateWebhookSecret(actor, webhookId, { overlapHours: 0 }),
    deleteWebhook: (actor, { webhookId }) => webhook.deleteWebhook(actor, webhookId),
    sendTestEvent: ({ projectId }, { webhookId }) => webhook.sendTestEvent(projectId, webhookId),
    sendAgain: ({ projectId }, { webhookId, webhookEventId }) =>
      webhook.sendAgain(projectId, webhookId, webhookEventId),
    addSchemaVersion: (actor, { schemaId }) =>
      schema.addSchemaVersion(actor, schemaId, { properties: { traits: { type: 'object' } } }),
    deleteSchema: (actor, { schemaId }) => schemaChange.deleteSchema(actor, schemaId),
    startImpact: ({ projectId }, of) => schemaChange.startImpact({ kind: 'cli' }, projectId, draftOf(of)),
    publishSchema: ({ projectId }, of) => schemaChange.publishSchema({ kind: 'cli' }, projectId, draftOf(of)),
    undoSchemaChange: ({ projectId }, of) =>
      schemaChange.undoSchemaChange({ kind: 'cli' }, projectId, of.schemaChangeId),
    revokeRecoveryCodes: (actor, { identity: { id } }) => recoveryCode.revokeRecoveryCodes(actor, id),
    issueRecovery: (actor, { identity: { id } }) => verification.issueRecovery(actor, id),
    revokeRegistrationInvitation: (actor, of) => invitations.revokeRegistrationInvitation(actor, of.invitationId),
  };

  test.each(Object.entries(WRITES))('%s, is refused as not found', async (_, write) => {
    const actors = (['system', 'operator', 'api_credential'] as const).map((kind) => ({
      ...systemActor(two.project.id),
      ...{ kind, id: kind === 'system' ? null : newId() },
    }));
    for (const actor of actors) await expect(write(actor, one, two)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a credential of one project is refused by the other:', () => {
  const newBrowser = () => ({ browserHash: newId(), userAgent: CHROME });

  test('a mailed code, also in the browser that requested it, and entered for another pending code', async () => {
    const { browser, code } = one.pending;
    const answer = (browserHash: string) =>
      verification.finishSignInWithCode(clientContextOf(two.project), { code, browserHash, userAgent: CHROME });
    await expect(answer(browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(answer(two.pending.browser)).rejects.toMatchObject({ code: 'code_wrong' });
  });

  test('a mailed link, and a recovery link that an operator created', async () => {
    for (const link of [one.pending.token, one.recovery.link.split('?')[1] ?? '']) {
      const use = verification.finishSignInWithLink(clientContextOf(two.project), { token: link, ...newBrowser() });
      await expect(use).rejects.toMatchObject({ code: 'link_used_or_expired' });
    }
  });

  test('a recovery code', async () => {
    const answer = verification.finishSignInWithRecoveryCode(clientContextOf(two.project), {
      ...{ code: one.recovery.code, returnTo: null, userAgent: CHROME },
    });
    await expect(answer).rejects.toMatchObject({ code: 'recovery_code_wrong' });
  });

  test('a passkey, though it signed the right challenge for the right host', async () => {
    const context = contextOf(two.project);
    const options = await credential.beginPasskeySignIn(context, BROWSER);
    const [key] = one.authenticator.keys;
    if (!key) throw new Error('no passkey');
    const response = one.authenticator.sign({ ...key, rpId: two.project.rpId }, options, {
      origin: two.project.origin,
    });
    const attempt = credential.finishPasskeySignIn(context, BROWSER, response, { userAgent: CHROME });
    await expect(attempt).rejects.toMatchObject({ code: 'passkey_verification_failed' });
  });

  test('a challenge', async () => {
    const options = await credential.beginPasskeySignIn(contextOf(two.project), BROWSER);
    const response = one.authenticator.get({ ...options, rpId: one.project.rpId });
    const attempt = credential.finishPasskeySignIn(contextOf(one.project), BROWSER, response, { userAgent: CHROME });
    await expect(attempt).rejects.toMatchObject({ code: 'ceremony_expired' });
  });

  test('an invitation to register', async () => {
    const email = `invited-${one.email}`;
    const pending = await verification.beginSignIn(clientContextOf(two.project), {
      address: email,
      browserHash: newId(),
      locale: 'en',
    });
    expect(pending.address).toBe(email);
    expect(await (await db()).verification.count({ where: { address: email, revocationEpoch: { not: null } } })).toBe(
      0,
    );
  });

  test('the link of an invited operator', async () => {
    const input = { token: operatorLink, first: '', last: '', email: '' };
    const begin = operator.beginSetup(contextOf(two.project), BROWSER, input);
    await expect(begin).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
    await expect(operator.acceptInvitation(two.proof, operatorLink)).rejects.toMatchObject({
      code: 'invitation_used_or_expired',
    });
  });

  test('an access token, under either issuer', async () => {
    for (const origin of [one.project.origin, two.project.origin]) {
      expect(await token.verifyAccessToken({ ...clientContextOf(two.project), origin }, one.token)).toBeNull();
    }
  });
});
