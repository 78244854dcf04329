import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import * as invitations from '@/lib/invitation/service';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { changedTables, takeSnapshot, withoutEvents } from '@/testing/observer';
import { makeOperator, proveMailbox } from '@/testing/operators';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { confirmPairing, openPairing } from '@/testing/pairing';
import {
  ADDRESS,
  actorOf,
  addPasskey,
  BROWSER,
  CHROME,
  contextOf,
  makePerson,
  signIn,
  signInByMail,
  signInByPasskey,
} from '@/testing/people';
import { makeProject } from '@/testing/project';
import { SILENT } from '@/testing/silent-writes';
import { clientContextOf } from '@/testing/tenant';
import * as apiCredential from './api-credential/service';
import * as credential from './credential/service';
import type { Identity } from './identity/model';
import * as identity from './identity/service';
import { createIdentities } from './identity/service/create-batch';
import { deleteAccount } from './identity/service/delete-account';
import { editIdentity, editOwnTraits } from './identity/service/edit-fields';
import * as operator from './operator/service';
import * as pairing from './pairing/service';
import { type Actor, cliActor } from './platform/actor';
import { db } from './platform/db/client';
import { transaction } from './platform/db/transaction';
import { isAppError } from './platform/errors';
import { newId } from './platform/ids';
import type { Project } from './project/model';
import * as project from './project/service';
import * as recoveryCode from './recovery-code/service';
import * as schema from './schema/service';
import * as session from './session/service';
import * as token from './token/service';
import * as verification from './verification/service';

/**
 * No change without its event: calls every writing function of every service twice, each time on fresh data. With a
 * database that refuses events nothing may change; with one that accepts them, a change requires an event. Edges
 * (routes, actions, the command line, ceremonies) write only through these functions: they cannot import a repository
 * (scripts/lib/import-rules.mjs).
 */
let home: Project;
let cli: Actor;
const CLIENT = { userAgent: CHROME, address: ADDRESS };
const DOCUMENT = () => ({ title: newId(), properties: { traits: { type: 'object' } } });

beforeAll(async () => {
  home = await project.ensureFirstProject('http://localhost:3000');
  cli = cliActor(home.id);
  await makeOperator(home, 'owner');
  await token.publishedKeys(home.id);
});
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});

type Act = () => Promise<unknown>;
const person = () => makePerson(home, { first: 'Ada', last: 'Lovelace' });
const signedIn = async () => signIn(home, await person());
const newEmail = () => `${newId()}@example.com`;
const edit = { pointer: '/traits/name/first', base: 'Ada', mine: 'Grace' };
const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? '';

async function withPasskey() {
  const proof = await signedIn();
  return { proof, ...(await addPasskey(proof)) };
}
async function mailed(email: string, of = home) {
  const browserHash = newId();
  await verification.beginSignIn(clientContextOf(of), { address: email, browserHash, locale: 'en' });
  return { browserHash, ...codeAndLink(await lastMailTo(email)) };
}
async function tenant(registration?: 'open') {
  const { id } = await makeProject();
  if (registration) await (await db()).project.update({ where: { id }, data: { registration } });
  return project.getProject(id);
}
const credentialOf = async () => (await apiCredential.createApiCredential(cli, { name: 'Program' })).credential;
const emailOf = ({ identifiers }: Identity) => identifiers[0] ?? '';

/** Every write: the outer function prepares, the returned one acts. */
const WRITES: Record<string, () => Promise<Act> | Act> = {
  'identity.createIdentity': () => () => identity.createIdentity(cli, { traits: { email: newEmail() } }),
  'identity.createIdentities': () => async () => {
    const outcomes = await createIdentities(cli, [{ traits: { email: newEmail() } }]);
    if (outcomes.some(isAppError)) throw new Error('refused');
  },
  'identity.changeIdentity': async () => {
    const { id } = await person();
    return () => identity.changeIdentity(cli, id, () => ({ state: 'inactive' }));
  },
  'identity.patchIdentity': async () => {
    const { id } = await person();
    return () => identity.patchIdentity(cli, id, [{ op: 'replace', path: '/state', value: 'inactive' }]);
  },
  'identity.deleteIdentity': async () => {
    const { id } = await person();
    return () => identity.deleteIdentity(cli, id);
  },
  'identity.markAddressVerified': async () => {
    const made = await person();
    return () => transaction((tx) => identity.markAddressVerified(tx, cli, made.id, emailOf(made)));
  },
  'identity.deleteAccount': async () => {
    const made = await person();
    return () => deleteAccount(actorOf(made), made.id);
  },
  'identity.editIdentity': async () => {
    const { id } = await person();
    return () => editIdentity(cli, id, [edit]);
  },
  'identity.editOwnTraits': async () => {
    const made = await person();
    return () => editOwnTraits(actorOf(made), made.id, [edit]);
  },
  'credential.renamePasskey': async () => {
    const { proof, passkey } = await withPasskey();
    return () => credential.renamePasskey(cli, proof.identity.id, passkey.id, 'Mine');
  },
  'credential.inviteToAddPasskey': async () => {
    const { identity } = await signInByMail(home, await makePerson(home));
    return () => transaction((tx) => credential.inviteToAddPasskey(tx, cli, home, identity));
  },
  'credential.deletePasskey': async () => {
    const { proof, passkey } = await withPasskey();
    return () => credential.deletePasskey(cli, proof.identity.id, passkey.id);
  },
  'credential.finishPasskeyDeletions': async () => {
    const { proof, passkey } = await withPasskey();
    await credential.deleteOwnPasskey(proof, passkey.id);
    return () => credential.finishPasskeyDeletions(new Date(Date.now() + 60_000));
  },
  'credential.finishPasskeyRegistration': async () => {
    const proof = await signedIn();
    const options = await credential.beginPasskeyRegistration(proof, BROWSER);
    const response = new SoftwareAuthenticator({ origin: home.origin }).create(options);
    return () => credential.finishPasskeyRegistration(proof, BROWSER, response);
  },
  'credential.finishPasskeySignIn': async () => {
    const { authenticator } = await withPasskey();
    const response = authenticator.get(await credential.beginPasskeySignIn(contextOf(home), BROWSER));
    return () => credential.finishPasskeySignIn(contextOf(home), BROWSER, response, { userAgent: CHROME });
  },
  'credential.finishPasskeyStepUp': async () => {
    const { proof, authenticator } = await withPasskey();
    const response = authenticator.get(await credential.beginPasskeyStepUp(proof, BROWSER));
    return () => credential.finishPasskeyStepUp(proof, BROWSER, response);
  },
  'session.openSession': async () => {
    const made = await person();
    return () => signIn(home, made);
  },
  'session.endSession': async () => {
    const proof = await signedIn();
    return () => session.endSession(cli, proof.identity.id, proof.session.id);
  },
  'session.endSessionById': async () => {
    const proof = await signedIn();
    return () => session.endSessionById(cli, proof.session.id);
  },
  'session.endAllSessions': async () => {
    const proof = await signedIn();
    return () => session.endAllSessions(cli, proof.identity.id);
  },
  'session.endCurrentSession': async () => {
    const proof = await signedIn();
    return () => session.endCurrentSession(proof);
  },
  'session.endOtherSessions': async () => {
    const proof = await signedIn();
    await signIn(home, proof.identity);
    return () => session.endOtherSessions(proof);
  },
  'verification.issueRecovery': async () => {
    const { id } = await person();
    return () => verification.issueRecovery(cli, id);
  },
  'verification.finishSignInWithCode': async () => {
    const { code, browserHash } = await mailed(emailOf(await person()));
    return () => verification.finishSignInWithCode(clientContextOf(home), { code, browserHash, userAgent: CHROME });
  },
  'verification.finishSignInWithLink': async () => {
    const { token: link, browserHash } = await mailed(emailOf(await person()));
    return () =>
      verification.finishSignInWithLink(clientContextOf(home), { token: link, browserHash, userAgent: CHROME });
  },
  'verification.finishSignInWithRecoveryCode': async () => {
    const { code } = await verification.issueRecovery(cli, (await person()).id);
    const input = { code, returnTo: null, userAgent: CHROME };
    return () => verification.finishSignInWithRecoveryCode(clientContextOf(home), input);
  },
  'verification.finishSignInWithCode of a newcomer': async () => {
    const of = await tenant('open');
    const { code, browserHash } = await mailed(newEmail(), of);
    return () => verification.finishSignInWithCode(clientContextOf(of), { code, browserHash, userAgent: CHROME });
  },
  'verification.finishRegistration': async () => {
    const of = await tenant('open');
    const { document } = await schema.getSchema(of.id, 'default');
    const traits = JSON.parse(JSON.stringify(document.properties)).traits;
    const asking = { ...traits, required: ['email', 'name'] };
    asking.properties.name.required = ['first'];
    await schema.addSchemaVersion(cliActor(of.id), 'default', { ...document, properties: { traits: asking } });
    const { code, browserHash } = await mailed(newEmail(), of);
    await verification.finishSignInWithCode(clientContextOf(of), { code, browserHash, userAgent: CHROME });
    const filled = [{ pointer: '/traits/name/first', value: 'Ada' }];
    return () => verification.finishRegistration(clientContextOf(of), { browserHash, filled, userAgent: CHROME });
  },
  'verification.finishEmailChange': async () => {
    const proof = await signedIn();
    const [browserHash, address] = [newId(), newEmail()];
    await verification.beginEmailChange(clientContextOf(home), proof, { address, browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(address));
    return () => verification.finishEmailChange(clientContextOf(home), proof, { browserHash, code, locale: 'en' });
  },
  'verification.undoEmailChange': async () => {
    const made = await person();
    const email = emailOf(made) ?? '';
    const proof = await signIn(
      home,
      await identity.changeIdentity(cli, made.id, () => ({ verified: { [email]: true } })),
    );
    const [browserHash, address] = [newId(), newEmail()];
    await verification.beginEmailChange(clientContextOf(home), proof, { address, browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(address));
    await verification.finishEmailChange(clientContextOf(home), proof, { browserHash, code, locale: 'en' });
    const notice = await lastMailTo(email);
    const link = notice.kind === 'email_change_notice' ? (notice.params.undoLink ?? '') : '';
    return () => verification.undoEmailChange(clientContextOf(home), link.split('?')[1] ?? '');
  },
  'session.disownSignIn': async () => {
    const { identity: holder } = await signInByMail(home, await person());
    const input = { project: home, identity: holder, method: 'code', userAgent: CHROME, address: ADDRESS } as const;
    const memory = { token: newId(), isFamiliarTo: () => false };
    await transaction((tx) => session.openSession(tx, actorOf(holder), { ...input, memory }));
    const alert = await lastMailTo(emailOf(holder) ?? '');
    const link = alert.kind === 'new_sign_in' ? alert.params.link : '';
    return () => session.disownSignIn(clientContextOf(home), link.split('?')[1] ?? '');
  },
  'verification.finishCodeStepUp': async () => {
    const proof = await signedIn();
    const browserHash = newId();
    await verification.beginCodeStepUp(clientContextOf(home), proof, { browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(emailOf(proof.identity)));
    return () => verification.finishCodeStepUp(clientContextOf(home), proof, { browserHash, code, userAgent: CHROME });
  },
  'verification.finishAddressVerification': async () => {
    const proof = await signedIn();
    const browserHash = newId();
    await verification.beginCodeStepUp(clientContextOf(home), proof, { browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(emailOf(proof.identity)));
    return () => verification.finishAddressVerification(clientContextOf(home), proof, { browserHash, code });
  },
  'verification.signInWithRecoveryCode': async () => {
    const proof = await signedIn();
    const [code = ''] = await recoveryCode.createRecoveryCodes(proof);
    const input = { address: emailOf(proof.identity), code, returnTo: null, userAgent: CHROME };
    return () => verification.signInWithRecoveryCode(clientContextOf(home), input);
  },
  'recovery-code.createRecoveryCodes': async () => {
    const proof = await signedIn();
    return () => recoveryCode.createRecoveryCodes(proof);
  },
  'recovery-code.revokeRecoveryCodes': async () => {
    const proof = await signedIn();
    await recoveryCode.createRecoveryCodes(proof);
    return () => recoveryCode.revokeRecoveryCodes(cli, proof.identity.id);
  },
  'recovery-code.revokeOwnRecoveryCodes': async () => {
    const proof = await signedIn();
    await recoveryCode.createRecoveryCodes(proof);
    return () => recoveryCode.revokeOwnRecoveryCodes(proof);
  },
  'pairing.startPairing': async () => {
    const proof = await signedIn();
    return () => pairing.startPairing(proof);
  },
  'pairing.requestPairing': async () => {
    const { request } = await openPairing(await signedIn());
    return request;
  },
  'pairing.answerPairing': async () => {
    const proof = await signedIn();
    const { request, answer } = await openPairing(proof);
    await request();
    return () => answer(true);
  },
  'pairing.answerPairing with no': async () => {
    const { request, answer } = await openPairing(await signedIn());
    await request();
    return () => answer(false);
  },
  'pairing.cancelOwnPairing': async () => {
    const proof = await signedIn();
    await openPairing(proof);
    return () => pairing.cancelOwnPairing(proof);
  },
  'pairing.cancelRequest': async () => {
    const { request, browserHash } = await openPairing(await signedIn());
    await request();
    return () => pairing.cancelRequest(clientContextOf(home), browserHash);
  },
  'pairing.finishPairedRegistration': async () => (await confirmPairing(await signedIn())).finish,
  'invitation.createInvitedIdentity': () => () =>
    invitations.createInvitedIdentity(cli, { traits: { email: newEmail() } }, { locale: 'en' }),
  'invitation.inviteToRegister': async () => {
    const of = cliActor((await tenant('open')).id);
    await (await db()).project.update({ where: { id: of.projectId }, data: { registration: 'invitation' } });
    return () => invitations.inviteToRegister(of, { email: newEmail(), locale: 'en' });
  },
  'invitation.revokeRegistrationInvitation': async () => {
    const of = cliActor((await tenant()).id);
    await (await db()).project.update({ where: { id: of.projectId }, data: { registration: 'invitation' } });
    const { id } = await invitations.inviteToRegister(of, { email: newEmail(), locale: 'en' });
    return () => invitations.revokeRegistrationInvitation(of, id);
  },
  'invitation.inviteOperator': () => () => invitations.inviteOperator(cli, { email: newEmail(), role: 'admin' }),
  'invitation.revokeInvitation': async () => {
    const { id } = await invitations.inviteOperator(cli, { email: newEmail(), role: 'admin' }).then(newestInvitation);
    return () => invitations.revokeInvitation(cli, home.organizationId, id);
  },
  'operator.acceptInvitation': async () => {
    const proof = await signInByPasskey(home, await makePerson(home));
    const { link } = await invitations.inviteOperator(cli, { email: emailOf(proof.identity), role: 'admin' });
    return () => operator.acceptInvitation(proof, tokenOf(link));
  },
  'operator.finishAcceptance': async () => {
    const proof = await signInByMail(home, await makePerson(home));
    const { link } = await invitations.inviteOperator(cli, { email: emailOf(proof.identity), role: 'admin' });
    const options = await operator.beginAcceptance(proof, BROWSER, tokenOf(link));
    const response = new SoftwareAuthenticator({ origin: home.origin }).create(options);
    return () => operator.finishAcceptance(proof, BROWSER, { token: tokenOf(link), response });
  },
  'operator.finishSetup': async () => {
    const email = newEmail();
    const invited = tokenOf((await invitations.inviteOperator(cli, { email, role: 'admin' })).link);
    const input = { token: invited, email, first: 'Ada', last: 'Lovelace' };
    await proveMailbox(home, invited);
    const options = await operator.beginSetup(contextOf(home), BROWSER, input);
    const response = new SoftwareAuthenticator({ origin: home.origin }).create(options);
    return () => operator.finishSetup(contextOf(home), BROWSER, { token: invited, response }, CLIENT);
  },
  'operator.createOrganization': async () => {
    const made = await makeOperator(home, 'owner');
    const actor: Actor = { ...actorOf(made), kind: 'operator' };
    return () => operator.createOrganization(actor, { name: 'Acme', slug: `o-${newId().slice(-12)}` });
  },
  'operator.changeRole': async () => {
    const { id } = await makeOperator(home, 'viewer');
    return () => operator.changeRole(cli, home.organizationId, id, 'admin');
  },
  'operator.removeOperator': async () => {
    const { id } = await makeOperator(home, 'viewer');
    return () => operator.removeOperator(cli, home.organizationId, id);
  },
  'project.createProject': () => () => {
    const slug = `p-${newId().slice(-12)}`;
    return project.createProject(cli, home.organizationId, { name: slug, slug, origin: `https://${slug}.example.com` });
  },
  'project.updateProject': async () => {
    const of = await tenant();
    return () => project.updateProject(cliActor(of.id), { base: { name: of.name }, mine: { name: 'Other' } });
  },
  'project.deleteProject': async () => {
    const of = await tenant();
    return () => project.deleteProject(cliActor(of.id));
  },
  'project.addOrganization': () => () =>
    transaction((tx) => project.addOrganization(tx, cli, { name: 'Acme', slug: `o-${newId().slice(-12)}` })),
  'project.updateOrganization': async () => {
    const fields = { name: 'Acme', slug: `o-${newId().slice(-12)}` };
    const { id } = await transaction((tx) => project.addOrganization(tx, cli, fields));
    return () => project.updateOrganization(cli, id, { base: { name: 'Acme' }, mine: { name: 'Other' } });
  },
  'project.setConsoleNeedsPasskey': async () => {
    const fields = { name: 'Acme', slug: `o-${newId().slice(-12)}` };
    const { id } = await transaction((tx) => project.addOrganization(tx, cli, fields));
    return () => project.setConsoleNeedsPasskey(cli, id, true);
  },
  'project.deleteOrganization': async () => {
    const fields = { name: 'Acme', slug: `o-${newId().slice(-12)}` };
    const { id } = await transaction((tx) => project.addOrganization(tx, cli, fields));
    return () => project.deleteOrganization(cli, id);
  },
  'project.addOrigin': async () => {
    const of = cliActor((await tenant()).id);
    return () => project.addOrigin(of, `https://o-${newId()}.example.com`);
  },
  'project.removeOrigin': async () => {
    const of = cliActor((await tenant()).id);
    const { id } = await project.addOrigin(of, `https://o-${newId()}.example.com`);
    return () => project.removeOrigin(of, id);
  },
  'project.requestOrigin': async () => {
    const of = cliActor((await tenant()).id);
    return () => project.requestOrigin({ ...of, kind: 'operator' }, `https://o-${newId()}.example.com`, {});
  },
  'project.approveClaim': async () => {
    const of = cliActor((await tenant()).id);
    await project.requestOrigin({ ...of, kind: 'operator' }, `https://o-${newId()}.example.com`, {});
    const [claim] = await project.listClaims(of.projectId);
    return () => project.approveClaim(of, claim?.id ?? '');
  },
  'project.withdrawClaim': async () => {
    const of = cliActor((await tenant()).id);
    await project.requestOrigin({ ...of, kind: 'operator' }, `https://o-${newId()}.example.com`, {});
    const [claim] = await project.listClaims(of.projectId);
    return () => project.withdrawClaim(of, claim?.id ?? '');
  },
  'project.confirmUnreviewed': async () => {
    const { id, origin } = await tenant();
    await (await db()).projectOrigin.updateMany({ where: { projectId: id }, data: { approval: null } });
    return () => project.confirmUnreviewed(cliActor(id), { kind: 'origin', projectId: id, value: origin });
  },
  'project.makePrimaryOrigin': async () => {
    const of = cliActor((await tenant()).id);
    const { id } = await project.addOrigin(of, `https://o-${newId()}.example.com`);
    return () => project.makePrimaryOrigin(of, id);
  },
  'project.changeText': async () => {
    const of = cliActor((await tenant()).id);
    const edit = { base: { text: null }, mine: { text: 'Welcome' } };
    return () => project.changeText(of, { locale: 'en', key: 'login.title' }, edit);
  },
  'project.setLogo': async () => {
    const of = cliActor((await tenant()).id);
    return () => project.setLogo(of, LOGO);
  },
  'project.removeLogo': async () => {
    const of = cliActor((await tenant()).id);
    await project.setLogo(of, LOGO);
    return () => project.removeLogo(of);
  },
  'schema.createSchema': () => () => schema.createSchema(cli, `s${newId().slice(-12)}`, DOCUMENT()),
  'schema.addSchemaVersion': async () => {
    const { schemaId } = await schema.createSchema(cli, `s${newId().slice(-12)}`, DOCUMENT());
    return () => schema.addSchemaVersion(cli, schemaId, DOCUMENT());
  },
  'api-credential.createApiCredential': () => () => apiCredential.createApiCredential(cli, { name: 'Program' }),
  'api-credential.updateApiCredential': async () => {
    const { clientId } = await credentialOf();
    return () => apiCredential.updateApiCredential(cli, clientId, { name: 'Other' });
  },
  'api-credential.rotateApiCredential': async () => {
    const { clientId } = await credentialOf();
    return () => apiCredential.rotateApiCredential(cli, clientId, { overlapHours: 1 });
  },
  'api-credential.revokeApiCredential': async () => {
    const { clientId } = await credentialOf();
    return () => apiCredential.revokeApiCredential(cli, clientId);
  },
  'api-credential.revokeSecret': async () => {
    const { clientId } = await credentialOf();
    await apiCredential.rotateApiCredential(cli, clientId, { overlapHours: 1 });
    const periods = await apiCredential.listSecretPeriods(home.id, clientId, new Date());
    const ending = periods.find(({ expiresAt }) => expiresAt !== null);
    return () => apiCredential.revokeSecret(cli, clientId, ending?.id ?? '');
  },
  'token.revokeToken': async () => {
    const { clientId } = await credentialOf();
    const client = await apiCredential.getApiCredential(home.id, clientId);
    const issuer = { projectId: home.id, origin: home.origin };
    const given = { scopes: ['openid' as const], audiences: [`${home.origin}/admin`] };
    const { accessToken } = await token.issueAccessToken(issuer, client, given);
    return () => token.revokeToken(clientContextOf(home), client, accessToken);
  },
  'token.rotateSigningKey': async () => {
    const of = await tenant();
    await token.publishedKeys(of.id);
    return () => token.rotateSigningKey(cliActor(of.id), { isUrgent: true });
  },
  'token.revokeSigningKey': async () => {
    const of = await tenant();
    const [key] = await token.publishedKeys(of.id);
    return () => token.revokeSigningKey(cliActor(of.id), key?.kid ?? '');
  },
  'token.setSigningAlgorithm': async () => {
    const of = await tenant();
    await token.publishedKeys(of.id);
    return () => token.setSigningAlgorithm(cliActor(of.id), 'RS256');
  },
  'token.publishedKeys': async () => {
    const of = await tenant();
    return () => token.publishedKeys(of.id);
  },
};
/** Writes whose rows are in tables of their own. */
const ELSEWHERE = new Set(['verification.issueRecovery', 'token.revokeToken', 'credential.finishPasskeyDeletions']);
const LOGO = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

async function newestInvitation() {
  return (await db()).invitation.findFirstOrThrow({ orderBy: { id: 'desc' } });
}

/** Neither a read nor a pure function. */
const WRITING =
  /^(accept|add|admit|answer|assign|begin|blankEvents|cancel|change|completeSignIn|consume|create|delete|deliver|disown|edit|end|ensure|finish|consumeLimits|insert|introspect|invite|issue|leave|make|mark|move|notify|openSession|patch|prove|purge|queue|record|register|remember|remove|rename|replace|request|revoke|rotate|send|set|signInWith|signingKey|start|store|take|touch|undo|update)/;

test('every write of every service is listed or excluded with a reason', async () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => /^[a-z-]+\/service(\/[a-z-]+)?\.ts$/.test(name));
  const writes = new Set<string>();
  for (const file of files) {
    for (const [name, value] of Object.entries(await import(path.join(import.meta.dirname, file))))
      if (typeof value === 'function' && WRITING.test(name)) writes.add(`${file.split('/')[0]}.${name}`);
  }
  const known = (name: string) => name in WRITES || SILENT.has(name);
  expect([...writes].filter((name) => !known(name)).sort()).toEqual([]);
});

test.each(Object.entries(WRITES))('%s: writes nothing without its event', async (name, prepare) => {
  const refused = await prepare();
  const before = await takeSnapshot();
  await expect(withoutEvents(refused), 'without events').rejects.toThrow();
  expect(changedTables(before, await takeSnapshot()), 'changed though no event could be written').toEqual([]);

  const act = await prepare();
  const untouched = await takeSnapshot();
  await act();
  const after = await takeSnapshot();
  expect(after.events, 'events').toBeGreaterThan(untouched.events);
  if (!ELSEWHERE.has(name)) expect(changedTables(untouched, after).length).toBeGreaterThan(0);
});
