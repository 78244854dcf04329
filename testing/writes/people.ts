import { findApplication } from '@/lib/application/service';
import type { AuditEvent } from '@/lib/audit/model';
import { listIdentityEvents } from '@/lib/audit/service';
import * as credential from '@/lib/credential/service';
import * as grant from '@/lib/grant/service';
import { issueCode } from '@/lib/grant/service/issue-code';
import * as identity from '@/lib/identity/service';
import { createIdentities } from '@/lib/identity/service/create-batch';
import { deleteAccount, restoreAccount } from '@/lib/identity/service/delete-account';
import { editIdentity, editOwnTraits } from '@/lib/identity/service/edit-fields';
import { undoIdentityChange } from '@/lib/identity/service/undo';
import * as pairing from '@/lib/pairing/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import * as recoveryCode from '@/lib/recovery-code/service';
import * as schema from '@/lib/schema/service';
import * as session from '@/lib/session/service';
import { signTokens } from '@/lib/token/service';
import * as undo from '@/lib/undo/service';
import * as verification from '@/lib/verification/service';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { registerParty, requestIn } from '@/testing/authorization';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { confirmPairing, openPairing } from '@/testing/pairing';
import { ADDRESS, actorOf, BROWSER, CHROME, contextOf, makePerson, signIn, signInByMail } from '@/testing/people';
import { jpegOf } from '@/testing/pictures';
import { clientContextOf } from '@/testing/tenant';

import { makeFamily, makeRelyingParty, signInTo } from '../relying-parties';
import {
  type Act,
  cli,
  deletedPerson,
  edit,
  emailOf,
  home,
  mailed,
  newEmail,
  person,
  signedIn,
  tenant,
  withPasskey,
} from './kit';

const dueAt = new Date('2027-01-01T00:00:00Z');
/** A person who deleted their account. */
const scheduled = async () => {
  const made = await person();
  return transaction((tx) => identity.scheduleDeletion(tx, actorOf(made), made, { dueAt, locale: 'en' }));
};

/** A person with a grant to an application. */
const granting = async () => {
  const proof = await signedIn();
  const { application } = await registerParty(proof.project);
  const request = requestIn(application);
  const issue = () =>
    issueCode({ projectId: proof.project.id }, { proof, application, request, granted: null, stored: null });
  return { proof, application, issue };
};

/** What people do, and what is done to one of them. */
export const WRITES_OF_PEOPLE: Record<string, () => Promise<Act> | Act> = {
  'grant.revokePersonToken': async () => {
    const proof = await signedIn();
    const { projectId, requestId, address } = { ...cli, requestId: 'r', address: '192.0.2.1' };
    const party = await makeRelyingParty(proof.project);
    const application = await findApplication(projectId, party.clientId);
    if (!application) throw new Error('no application');
    const family = { id: await makeFamily(await signInTo(party, proof)), audiences: [] };
    const applicationSession = await signInTo(party, proof);
    const client = { projectId, origin: proof.project.origin, requestId, address };
    const grants = { application, applicationSession, family, scopes: ['openid'], claims: {} };
    const { accessToken } = await signTokens(client, grants);
    return () => grant.revokePersonToken(client, application, accessToken);
  },
  'grant.issueCode': async () => (await granting()).issue,
  'grant.revokeGrant': async () => {
    const { proof, application, issue } = await granting();
    await issue();
    return () => grant.revokeGrant(proof.actor, proof.identity.id, application.clientId);
  },
  'grant.revokeAllGrants': async () => {
    const { proof, issue } = await granting();
    await issue();
    return () => grant.revokeAllGrants(cli, proof.identity.id);
  },
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
  'identity.restoreIdentity': async () => {
    const id = await deletedPerson();
    return () => identity.restoreIdentity(cli, id);
  },
  'identity.restoreAccount': async () => {
    const id = await deletedPerson();
    return () => restoreAccount(cli, id);
  },
  'identity.purgeIdentity': async () => {
    const id = await deletedPerson();
    return () => identity.purgeIdentity(cli, id);
  },
  'identity.purgeDueIdentities': async () => {
    const id = await deletedPerson();
    const purgeAt = new Date(Date.now() - 1000);
    await (await db()).deletedIdentity.updateMany({ where: { identityId: id }, data: { purgeAt } });
    return () => identity.purgeDueIdentities(new Date());
  },
  'identity.markAddressVerified': async () => {
    const made = await person();
    return () => transaction((tx) => identity.markAddressVerified(tx, cli, made.id, emailOf(made)));
  },
  'identity.deleteAccount': async () => {
    const made = await person();
    return () => deleteAccount(actorOf(made), made.id);
  },
  'identity.scheduleDeletion': async () => {
    const made = await person();
    return () => transaction((tx) => identity.scheduleDeletion(tx, actorOf(made), made, { dueAt, locale: 'en' }));
  },
  'identity.keepAccount': async () => {
    const deleted = await scheduled();
    return () => transaction((tx) => identity.keepAccount(tx, cli, deleted, 'administrator'));
  },
  'identity.cancelDeletion': async () => {
    const { id } = await scheduled();
    return () => identity.cancelDeletion(cli, id);
  },
  'identity.purgeDueAccounts': async () => {
    await scheduled();
    return () => identity.purgeDueAccounts(dueAt);
  },
  'verification.deleteOwnAccount': async () => {
    const proof = await signedIn();
    return () => verification.deleteOwnAccount(proof, { graceDays: 7, locale: 'en' });
  },
  'identity.editIdentity': async () => {
    const { id } = await person();
    return () => editIdentity(cli, id, [edit]);
  },
  'identity.editOwnTraits': async () => {
    const made = await person();
    return () => editOwnTraits(actorOf(made), made.id, [edit]);
  },
  'identity.setPicture': async () => {
    const made = await person();
    return () => identity.setPicture(actorOf(made), made.id, jpegOf());
  },
  'identity.removePicture': async () => {
    const made = await person();
    await identity.setPicture(actorOf(made), made.id, jpegOf());
    return () => identity.removePicture(actorOf(made), made.id);
  },
  'identity.undoIdentityChange': async () => {
    const { id } = await person();
    await identity.changeIdentity(cli, id, () => ({ metadataPublic: 1 }));
    const event = await newestEvent(id);
    return () => transaction((tx) => undoIdentityChange(tx, cli, id, event, []));
  },
  'undo.undoEvent': async () => {
    const { id } = await person();
    await identity.changeIdentity(cli, id, () => ({ metadataPublic: 1 }));
    const event = await newestEvent(id);
    return () => undo.undoEvent(cli, id, event.id);
  },
  'undo.undoOwnEvent': async () => {
    const made = await person();
    await editOwnTraits(actorOf(made), made.id, [edit]);
    const event = await newestEvent(made.id);
    return () => undo.undoOwnEvent(actorOf(made), event.id);
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
};

async function newestEvent(id: string): Promise<AuditEvent> {
  const [event] = await listIdentityEvents(cli.projectId, id, 1);
  if (!event) throw new Error('no event');
  return event;
}
