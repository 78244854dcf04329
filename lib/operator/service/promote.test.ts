import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  beginPasskeyRegistration,
  finishPasskeyRegistration,
  importPeople,
  listPasskeys,
} from '@/lib/credential/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import {
  changeIdentity,
  findIdentity,
  findIdentityByIdentifier,
  getIdentity,
  patchIdentity,
} from '@/lib/identity/service';
import * as invitations from '@/lib/invitation/service';
import { type Actor, cliActor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Organization, Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { createRecoveryCodes, listRecoveryCodes } from '@/lib/recovery-code/service';
import type { OperatorRole } from '@/lib/role/model';
import type { SessionProof } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import {
  beginCodeStepUp,
  beginEmailChange,
  beginSignIn,
  finishCodeStepUp,
  finishEmailChange,
  finishSignInWithCode,
  finishSignInWithLink,
  issueRecovery,
  signInWithRecoveryCode,
} from '@/lib/verification/service';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { confirmRole, grantRole, makeOperator, makeOrganization, operatorActor } from '@/testing/operators';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { confirmPairing } from '@/testing/pairing';
import {
  addPasskey,
  BROWSER,
  CHROME,
  enterByPasskey,
  makePerson,
  signInByMail,
  signInByPasskey,
} from '@/testing/people';
import * as planting from '@/testing/planting';
import { clientContextOf } from '@/testing/tenant';
import { removalKeys } from '../model';
import * as operators from '../service';

/**
 * After a promotion, only its holder has access to the account. Each test first plants something in a way that is
 * open to an API client, an operator of another organization or one of a lower role.
 */
let project: Project;
let organization: Organization;
let cli: Actor;
let program: Actor;

const newEmail = (name = 'boss') => `${name}-${newId()}@example.com`;
const tokenOf = ({ link }: { link: string }) => new URL(link).searchParams.get('token') ?? '';
const invite = async (email: string, role: OperatorRole = 'admin', organizationId = organization.id) =>
  tokenOf(await invitations.inviteOperator(cli, { email, role, organizationId }));
const device = () => new SoftwareAuthenticator({ origin: project.origin });
const passkeysOf = async ({ id }: Identity) => (await listPasskeys(project.id, id)).map((passkey) => passkey.id);
const rolesOf = async ({ id }: Identity) => (await getIdentity(project.id, id)).operatorRoles;
const made = (traits: Record<string, string>, schemaId?: string) => planting.makeByProgram(project, traits, schemaId);
const enterByCode = (address: string) => planting.enterByCode(project, address);
const enterByRecovery = (identity: Identity, by?: Actor) => planting.enterByRecovery(project, identity, by);
const secondIdentifier = (selfService: 'read' | 'hidden') => planting.secondIdentifier(project, selfService);

/** Expects the session and the passkey to be revoked. */
async function expectRevoked(session: SessionProof, authenticator?: SoftwareAuthenticator): Promise<void> {
  expect(await findSession(project.id, session.session.id)).toBeNull();
  if (!authenticator) return;
  await expect(enterByPasskey(project, session.identity, authenticator)).rejects.toMatchObject({
    code: 'passkey_unknown',
  });
}

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  cli = cliActor(project.id);
  program = planting.programOf(project);
});
beforeEach(async () => {
  organization = await makeOrganization(project);
  await (await db()).rateLimit.deleteMany();
});

describe('accepting an invitation removes', () => {
  test('a passkey planted through a recovery before an API client set the address', async () => {
    const [own, boss] = [newEmail('own'), newEmail()];
    const identity = await made({ email: own });
    const planter = await enterByRecovery(identity);
    const { authenticator } = await addPasskey(planter);
    await patchIdentity(program, identity.id, [{ op: 'replace', path: '/traits/email', value: boss }]);
    const { identity: after, authenticator: key } = await planting.join(
      await enterByCode(boss),
      await invite(boss, 'owner'),
    );
    await expectRevoked(planter, authenticator);
    expect(after.operatorRoles).toEqual([{ organizationId: organization.id, role: 'owner' }]);
    expect(await passkeysOf(after)).toHaveLength(1);
    await enterByPasskey(project, after, key);
  });

  test('a passkey added with a code sent to the previous address', async () => {
    const [own, boss] = [newEmail('own'), newEmail()];
    const identity = await made({ email: own });
    const planter = await enterByCode(own);
    const { authenticator } = await addPasskey(planter);
    await patchIdentity(program, identity.id, [{ op: 'replace', path: '/traits/email', value: boss }]);
    await planting.join(await enterByCode(boss), await invite(boss));
    await expectRevoked(planter, authenticator);
  });

  test('recovery codes, and another device that was confirmed', async () => {
    const boss = newEmail();
    const identity = await made({ email: boss });
    const planter = await enterByRecovery(identity);
    const [code = ''] = await createRecoveryCodes(planter);
    const { finish } = await confirmPairing(planter);
    const { identity: after } = await planting.join(await enterByCode(boss), await invite(boss));
    await expect(finish()).rejects.toMatchObject({ code: 'pairing_ended' });
    const input = { address: boss, code, returnTo: null, userAgent: CHROME };
    const enter = signInWithRecoveryCode(clientContextOf(project), input);
    await expect(enter).rejects.toMatchObject({ code: 'recovery_code_wrong' });
    expect(await listRecoveryCodes(project.id, after.id)).toEqual([]);
    expect(await passkeysOf(after)).toHaveLength(1);
  });

  test.each(['read', 'hidden'] as const)('a second identifier whose field is %s', async (selfService) => {
    const [own, boss] = [newEmail('own'), newEmail()];
    const identity = await made({ login: own, email: boss }, await secondIdentifier(selfService));
    const planter = await enterByCode(own);
    const { authenticator } = await addPasskey(planter);
    const { identity: after } = await planting.join(await enterByCode(boss), await invite(boss));
    expect(after).toMatchObject({ identifiers: [boss], traits: { login: own, email: boss } });
    expect(after.verifiableAddresses.map(({ value }) => value)).toEqual([boss]);
    expect(await findIdentityByIdentifier(project.id, own)).toBeNull();
    await expectRevoked(planter, authenticator);
    // Nothing restores it: neither an edit by an operator nor, after the role was removed, one by an API client.
    await changeIdentity(cli, identity.id, ({ traits }) => ({ traits: { ...traits, name: { first: 'Ada' } } }));
    await operators.removeOperator(cli, organization.id, identity.id);
    const put = { login: newEmail('own'), email: boss };
    await changeIdentity(program, identity.id, () => ({ traits: put }));
    expect((await getIdentity(project.id, identity.id)).identifiers).toEqual([boss]);
  });

  test('other identifiers permanently: a later address change leaves one identifier', async () => {
    const [own, boss, next] = [newEmail('own'), newEmail(), newEmail('next')];
    await made({ login: own, email: boss }, await secondIdentifier('read'));
    const { session, identity } = await planting.join(await enterByCode(boss), await invite(boss));
    const proof = planting.toProof(project, { session, identity });
    await beginEmailChange(clientContextOf(project), proof, { address: next, browserHash: BROWSER, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(next));
    const changed = await finishEmailChange(clientContextOf(project), proof, {
      browserHash: BROWSER,
      code,
      locale: 'en',
    });
    expect(changed).toMatchObject({ identifiers: [next], traits: { login: own, email: next } });
  });

  test('pending recoveries, codes, links, email changes, ceremonies and other invitations', async () => {
    const boss = newEmail();
    const identity = await made({ email: boss });
    const planter = await enterByRecovery(identity);
    const options = await beginPasskeyRegistration(planter, BROWSER);
    const clientContext = clientContextOf(project);
    const elsewhere = newEmail('elsewhere');
    await beginEmailChange(clientContext, planter, { address: elsewhere, browserHash: BROWSER, locale: 'en' });
    const change = codeAndLink(await lastMailTo(elsewhere));
    await beginCodeStepUp(clientContext, planter, { browserHash: BROWSER, locale: 'en' });
    const confirmation = codeAndLink(await lastMailTo(boss));
    const requesting = newId();
    await beginSignIn(clientContext, { address: boss, browserHash: requesting, locale: 'en' });
    const pending = codeAndLink(await lastMailTo(boss));
    const { id } = await makeOrganization(project);
    const other = await invite(boss, 'viewer', id);
    const token = await invite(boss);
    const proof = await enterByCode(boss);
    const recovery = await issueRecovery(program, identity.id);
    await planting.join(proof, token);
    const link = (text: string) => ({ token: text, browserHash: newId(), userAgent: CHROME });
    await expect(finishPasskeyRegistration(planter, BROWSER, device().create(options))).rejects.toMatchObject({
      code: 'ceremony_expired',
    });
    const changed = finishEmailChange(clientContext, planter, {
      browserHash: BROWSER,
      code: change.code,
      locale: 'en',
    });
    await expect(changed).rejects.toMatchObject({ code: 'code_used_or_expired' });
    const confirmed = finishCodeStepUp(clientContext, planter, {
      browserHash: BROWSER,
      code: confirmation.code,
      userAgent: CHROME,
    });
    await expect(confirmed).rejects.toMatchObject({ code: 'code_used_or_expired' });
    const entering = finishSignInWithCode(clientContext, {
      code: pending.code,
      browserHash: requesting,
      userAgent: CHROME,
    });
    await expect(entering).rejects.toMatchObject({ code: 'code_used_or_expired' });
    const used = finishSignInWithLink(clientContext, link(recovery.link.split('?')[1] ?? ''));
    await expect(used).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await invitations.peekInvitation(project.id, other)).toEqual({ state: 'unusable' });
    expect(await invitations.listOpenInvitations(id)).toEqual([]);
  });

  test('imported passkeys, but not the one created on acceptance', async () => {
    const boss = newEmail();
    const { passkey } = await addPasskey(await signInByMail(project, await makePerson(project)));
    const { id: _, identityId: __, projectId: ___, ...portable } = passkey;
    const credentialId = Buffer.from(newId()).toString('base64url');
    const one = {
      identity: { traits: { email: boss }, verifiedAddresses: [boss] },
      passkeys: [{ ...portable, credentialId }],
    };
    expect(await importPeople(cli, project, [one])).toEqual(['imported']);
    const identity = await findIdentityByIdentifier(project.id, boss);
    const [imported] = await listPasskeys(project.id, identity?.id ?? '');
    expect(imported).toMatchObject({ addedBy: 'unknown', addedSessionId: null, addressId: null });
    const { identity: after } = await planting.join(await enterByCode(boss), await invite(boss));
    expect(await passkeysOf(after)).not.toContain(imported?.id);
  });

  test('every passkey and session except the accepting ones, and lists them in a mail', async () => {
    const person = await makePerson(project);
    const before = await addPasskey(await signInByMail(project, person));
    const proof = await signInByPasskey(project, person);
    const email = emailOf(proof.identity) ?? '';
    const { session, identity } = await operators.acceptInvitation(proof, await invite(email));
    expect(await passkeysOf(identity)).toEqual([proof.session.passkeyId]);
    expect(session).toMatchObject({ method: 'passkey', passkeyId: proof.session.passkeyId, isRecovered: false });
    expect(await findSession(project.id, proof.session.id)).toBeNull();
    expect(await findSession(project.id, session.id)).not.toBeNull();
    expect(await lastMailTo(email)).toMatchObject({
      kind: 'operator_promoted',
      params: { role: 'admin', organization: 'Acme', passkeys: [before.passkey.name], identifiers: [] },
    });
  });
});

describe('a higher role granted by another party', () => {
  /** A viewer with a passkey of their own, and one planted through a recovery before they became an operator. */
  async function plantedViewer() {
    const person = await makePerson(project);
    const own = await signInByPasskey(project, person);
    const planter = await enterByRecovery(person);
    const planted = await addPasskey(planter);
    const begun = await beginPasskeyRegistration(planter, BROWSER);
    return { viewer: await grantRole(person, 'viewer', organization.id), own, planter, planted, begun };
  }

  test('removes a passkey that an admin planted through a recovery', async () => {
    const viewer = await makeOperator(project, 'viewer', organization.id);
    const admin = await makeOperator(project, 'admin', organization.id);
    const planter = await enterByRecovery(viewer, operatorActor(admin));
    const { authenticator } = await addPasskey(planter);
    await confirmRole(cli, organization.id, viewer.id, 'admin');
    await expectRevoked(planter, authenticator);
    expect(await passkeysOf(viewer)).toEqual([]);
  });

  test('previews planted passkeys by name and date, and removes them once confirmed', async () => {
    const { viewer, own, planter, planted } = await plantedViewer();
    const owner = operatorActor(await makeOperator(project, 'owner', organization.id));
    const preview = await operators.previewPromotion(organization.id, viewer.id);
    const { id, name, createdAt } = planted.passkey;
    expect(preview).toMatchObject({ email: emailOf(viewer), isVerified: true });
    expect(preview.removals).toEqual({ passkeys: [{ id, name, createdAt }], identifiers: [] });
    const change = (confirmed: string[]) =>
      operators.changeRole(owner, organization.id, viewer.id, 'owner', { removals: confirmed });
    await expect(change([])).rejects.toMatchObject({ code: 'removals_changed' });
    expect(await rolesOf(viewer)).toMatchObject([{ role: 'viewer' }]);
    await change(removalKeys(preview.removals));
    expect(await passkeysOf(viewer)).toEqual([own.session.passkeyId]);
    await expectRevoked(planter, planted.authenticator);
    await expectRevoked(own);
    expect(await lastMailTo(emailOf(viewer) ?? '')).toMatchObject({
      kind: 'operator_promoted',
      params: { role: 'owner', passkeys: [name] },
    });
  });

  test('is refused if the confirmation lacks a passkey', async () => {
    const { viewer, own } = await plantedViewer();
    const { removals } = await operators.previewPromotion(organization.id, viewer.id);
    const id = own.session.passkeyId ?? '';
    await (await db()).passkey.update({ where: { id }, data: { addedBy: 'recovery' } });
    const stale = operators.changeRole(cli, organization.id, viewer.id, 'admin', { removals: removalKeys(removals) });
    await expect(stale).rejects.toMatchObject({ code: 'removals_changed' });
    expect(await passkeysOf(viewer)).toContain(id);
  });

  test('is refused if the confirmation has another address', async () => {
    const viewer = await makeOperator(project, 'viewer', organization.id);
    const admin = operatorActor(await makeOperator(project, 'admin', organization.id));
    const owner = operatorActor(await makeOperator(project, 'owner', organization.id));
    const { email, removals } = await operators.previewPromotion(organization.id, viewer.id);
    const ofAdmin = newEmail('admin');
    await changeIdentity(admin, viewer.id, ({ traits }) => ({ traits: { ...traits, email: ofAdmin } }));
    await enterByCode(ofAdmin);
    const shown = { removals: removalKeys(removals), email };
    const stale = operators.changeRole(owner, organization.id, viewer.id, 'owner', shown);
    await expect(stale).rejects.toMatchObject({ code: 'removals_changed' });
    expect(await rolesOf(viewer)).toMatchObject([{ role: 'viewer' }]);
  });

  test.each(['unknown', 'recovery'] as const)('removes passkeys whose origin is %s', async (addedBy) => {
    const viewer = await makeOperator(project, 'viewer', organization.id);
    const { session } = await signInByPasskey(project, viewer);
    await (await db()).passkey.update({ where: { id: session.passkeyId ?? '' }, data: { addedBy } });
    await confirmRole(cli, organization.id, viewer.id, 'admin');
    expect(await passkeysOf(viewer)).toEqual([]);
  });

  test('removes passkeys added before the address was verified', async () => {
    const viewer = await makeOperator(project, 'viewer', organization.id);
    await addPasskey(await signInByMail(project, viewer));
    const [address] = viewer.verifiableAddresses;
    const verifiedAt = new Date(Date.now() + 1000);
    await (await db()).verifiableAddress.update({ where: { id: address?.id ?? '' }, data: { verifiedAt } });
    await confirmRole(cli, organization.id, viewer.id, 'admin');
    expect(await passkeysOf(viewer)).toEqual([]);
  });

  test('is refused for an unverified address', async () => {
    const viewer = await makeOperator(project, 'viewer', organization.id);
    const verified = { [emailOf(viewer) ?? '']: false };
    await changeIdentity(systemActor(project.id), viewer.id, () => ({ verified }));
    const raised = confirmRole(cli, organization.id, viewer.id, 'admin');
    await expect(raised).rejects.toMatchObject({ code: 'address_unverified' });
    expect((await operators.previewPromotion(organization.id, viewer.id)).isVerified).toBe(false);
  });

  test('removes nothing when the role is lowered', async () => {
    const { viewer } = await plantedViewer();
    await (await db()).operator.updateMany({ where: { identityId: viewer.id }, data: { role: 'admin' } });
    const before = await passkeysOf(viewer);
    await operators.changeRole(cli, organization.id, viewer.id, 'viewer');
    expect(await passkeysOf(viewer)).toEqual(before);
  });

  test('ends a passkey registration begun in an earlier session', async () => {
    const { viewer, planter, begun } = await plantedViewer();
    const [, finished] = await Promise.allSettled([
      confirmRole(cli, organization.id, viewer.id, 'admin'),
      (async () => {
        await confirmRole(cli, organization.id, viewer.id, 'admin').catch(() => undefined);
        return finishPasskeyRegistration(planter, BROWSER, device().create(begun));
      })(),
    ]);
    expect(finished).toMatchObject({ status: 'rejected', reason: { code: 'ceremony_expired' } });
    expect((await findIdentity(project.id, viewer.id))?.operatorRoles).toMatchObject([{ role: 'admin' }]);
  });
});

describe('the provenance of a passkey', () => {
  test('names the session it was added in, also one opened with another passkey', async () => {
    const person = await makePerson(project);
    const proof = await signInByMail(project, person);
    const { passkey, authenticator } = await addPasskey(proof);
    const addressId = proof.identity.verifiableAddresses[0]?.id;
    expect(passkey).toMatchObject({ addedBy: 'session', addedSessionId: proof.session.id, addressId });
    const next = await enterByPasskey(project, person, authenticator);
    expect((await addPasskey(next)).passkey).toMatchObject({ addedBy: 'session', addedSessionId: next.session.id });
  });

  test('is unknown if the session was opened with a passkey of unknown provenance', async () => {
    const person = await makePerson(project);
    const { passkey, authenticator } = await addPasskey(await signInByMail(project, person));
    await (await db()).passkey.update({ where: { id: passkey.id }, data: { addedBy: 'unknown' } });
    const next = await enterByPasskey(project, person, authenticator);
    expect((await addPasskey(next)).passkey).toMatchObject({ addedBy: 'unknown', addressId: null });
  });
});
