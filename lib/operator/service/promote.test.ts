import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  beginPasskeyRegistration,
  beginStepUp as beginPasskeyStepUp,
  finishPasskeyRegistration,
  finishStepUp as finishPasskeyStepUp,
  listPasskeys,
} from '@/lib/credential/service';
import { importPeople } from '@/lib/credential/service/transfer';
import { emailOf, type Identity, type OperatorRole } from '@/lib/identity/model';
import {
  changeIdentity,
  createIdentity,
  findIdentity,
  findIdentityByIdentifier,
  getIdentity,
  patchIdentity,
} from '@/lib/identity/service';
import { type Actor, cliActor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { SoftwareAuthenticator } from '@/lib/platform/testing/authenticator';
import {
  appoint,
  confirmRole,
  makeOperator,
  makeOrganization,
  operatorActor,
  proveMailbox,
} from '@/lib/platform/testing/operators';
import { codeAndLink, lastMailTo } from '@/lib/platform/testing/outbox';
import {
  ADDRESS,
  addPasskey,
  BROWSER,
  CHROME,
  contextOf,
  enterByPasskey,
  entered,
  makePerson,
  signInByMail,
  signInByPasskey,
} from '@/lib/platform/testing/people';
import { visitOf } from '@/lib/platform/testing/tenant';
import type { Organization, Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { insertSchema } from '@/lib/schema/repository';
import { getSchema } from '@/lib/schema/service';
import type { SessionProof } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import {
  beginEmailChange,
  beginSignIn,
  beginStepUp,
  finishEmailChange,
  finishSignInWithCode,
  finishSignInWithLink,
  finishStepUp,
  issueRecovery,
} from '@/lib/verification/service';
import { removalKeys } from '../model';
import * as operators from '../service';

/**
 * Whoever becomes an operator, or more of one, is alone in their account afterwards: each test plants something first, in a way
 * that is open to a program, to an operator of another organization or to one of a lower role.
 */
let project: Project;
let organization: Organization;
let cli: Actor;
let program: Actor;

const newEmail = (name = 'boss') => `${name}-${newId()}@example.com`;
const tokenOf = ({ link }: { link: string }) => new URL(link).searchParams.get('token') ?? '';
const invite = async (email: string, role: OperatorRole = 'admin', organizationId = organization.id) =>
  tokenOf(await operators.inviteOperator(cli, { email, role, organizationId }));
const device = () => new SoftwareAuthenticator({ origin: project.origin });
const passkeysOf = async ({ id }: Identity) => (await listPasskeys(project.id, id)).map((passkey) => passkey.id);
const rolesOf = async ({ id }: Identity) => (await getIdentity(project.id, id)).operatorRoles;

/** A program makes somebody. */
const made = (traits: Record<string, string>, schemaId?: string) =>
  createIdentity(program, { traits, ...(schemaId && { schemaId }) });

/** Whoever reads the mails to this address signs in with a code. */
async function enterByCode(address: string): Promise<SessionProof> {
  const browserHash = newId();
  await beginSignIn(visitOf(project), { address, browserHash, locale: 'en' });
  const { code } = codeAndLink(await lastMailTo(address));
  const input = { code, browserHash, userAgent: CHROME };
  const { session, identity } = entered(await finishSignInWithCode(visitOf(project), input));
  return toProof({ session, identity: await getIdentity(project.id, identity.id) });
}

/** Whoever holds the link of a recovery signs in with it. */
async function enterByRecovery(identity: Identity, by = program): Promise<SessionProof> {
  const { link } = await issueRecovery(by, identity.id);
  const input = { token: link.split('?')[1] ?? '', browserHash: newId(), userAgent: CHROME };
  return toProof(entered(await finishSignInWithLink(visitOf(project), input)));
}

function toProof({ session, identity }: Pick<SessionProof, 'session' | 'identity'>): SessionProof {
  const actor: Actor = { ...cli, kind: 'identity', id: identity.id, requestId: newId(), address: ADDRESS };
  return { project, session, identity, actor };
}

/** Accepts with a new passkey, as someone does who came by a mailed code. */
async function join(proof: SessionProof, token: string) {
  const authenticator = device();
  const options = await operators.beginAcceptance(proof, BROWSER, token);
  const response = authenticator.create(options);
  const accepted = await operators.finishAcceptance(proof, BROWSER, { token, response });
  return { ...accepted, authenticator };
}

/** That a session opens nothing any more, and a passkey either. */
async function expectOver(session: SessionProof, authenticator?: SoftwareAuthenticator): Promise<void> {
  expect(await findSession(project.id, session.session.id)).toBeNull();
  if (!authenticator) return;
  await expect(enterByPasskey(project, session.identity, authenticator)).rejects.toMatchObject({
    code: 'passkey_unknown',
  });
}

/** A schema in which a second field identifies, as one may stand in a database that an earlier version wrote. */
async function secondIdentifier(selfService: 'read' | 'hidden'): Promise<string> {
  const { document } = await getSchema(project.id, 'default');
  const copy = structuredClone(document) as { properties: { traits: { properties: Record<string, unknown> } } };
  const login = { type: 'string', format: 'email', title: 'Login', 'x-signet': { identifier: true, selfService } };
  // First, so that it is the first address of whoever has both.
  copy.properties.traits.properties = { login, ...copy.properties.traits.properties };
  const schemaId = `two-${newId()}`;
  const row = { id: newId(), projectId: project.id, schemaId, version: 1, createdAt: new Date() };
  await transaction((tx) => insertSchema(tx, { ...row, document: copy as never }));
  return schemaId;
}

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  cli = cliActor(project.id);
  program = { ...cli, kind: 'api_credential', id: 'sc_program' };
});
beforeEach(async () => {
  organization = await makeOrganization(project);
  await (await db()).rateLimit.deleteMany();
});

describe('an accepted invitation leaves behind', () => {
  test('a passkey that was planted through a recovery before the program gave the account its address', async () => {
    const [own, boss] = [newEmail('own'), newEmail()];
    const identity = await made({ email: own });
    const planter = await enterByRecovery(identity);
    const { authenticator } = await addPasskey(planter);
    await patchIdentity(program, identity.id, [{ op: 'replace', path: '/traits/email', value: boss }]);
    const { identity: after, authenticator: key } = await join(await enterByCode(boss), await invite(boss, 'owner'));
    await expectOver(planter, authenticator);
    expect(after.operatorRoles).toEqual([{ organizationId: organization.id, role: 'owner' }]);
    expect(await passkeysOf(after)).toHaveLength(1);
    await enterByPasskey(project, after, key);
  });

  test('a passkey that was added with a code at the mailbox the account had before', async () => {
    const [own, boss] = [newEmail('own'), newEmail()];
    const identity = await made({ email: own });
    const planter = await enterByCode(own);
    const { authenticator } = await addPasskey(planter);
    await patchIdentity(program, identity.id, [{ op: 'replace', path: '/traits/email', value: boss }]);
    await join(await enterByCode(boss), await invite(boss));
    await expectOver(planter, authenticator);
  });

  test.each(['read', 'hidden'] as const)('a second identifier that is %s: it signs nobody in', async (selfService) => {
    const [own, boss] = [newEmail('own'), newEmail()];
    const identity = await made({ login: own, email: boss }, await secondIdentifier(selfService));
    const planter = await enterByCode(own);
    const { authenticator } = await addPasskey(planter);
    const { identity: after } = await join(await enterByCode(boss), await invite(boss));
    expect(after).toMatchObject({ identifiers: [boss], traits: { login: own, email: boss } });
    expect(after.verifiableAddresses.map(({ value }) => value)).toEqual([boss]);
    expect(await findIdentityByIdentifier(project.id, own)).toBeNull();
    await expectOver(planter, authenticator);
    // Nothing brings it back: not the person, not an operator, not a program once they are no operator any more.
    await changeIdentity(cli, identity.id, ({ traits }) => ({ traits: { ...traits, name: { first: 'Ada' } } }));
    await operators.removeOperator(cli, organization.id, identity.id);
    const put = { login: newEmail('own'), email: boss };
    await changeIdentity(program, identity.id, () => ({ traits: put }));
    expect((await getIdentity(project.id, identity.id)).identifiers).toEqual([boss]);
  });

  test('an address that the person changes later is still their only identifier', async () => {
    const [own, boss, next] = [newEmail('own'), newEmail(), newEmail('next')];
    await made({ login: own, email: boss }, await secondIdentifier('read'));
    const { session, identity } = await join(await enterByCode(boss), await invite(boss));
    const proof = toProof({ session, identity });
    await beginEmailChange(visitOf(project), proof, { address: next, browserHash: BROWSER, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(next));
    const changed = await finishEmailChange(visitOf(project), proof, { browserHash: BROWSER, code, locale: 'en' });
    expect(changed).toMatchObject({ identifiers: [next], traits: { login: own, email: next } });
  });

  test('what was asked for and not answered: recoveries, codes, links, e-mail changes, ceremonies, other invitations', async () => {
    const boss = newEmail();
    const identity = await made({ email: boss });
    const planter = await enterByRecovery(identity);
    const options = await beginPasskeyRegistration(planter, BROWSER);
    const visit = visitOf(project);
    const elsewhere = newEmail('elsewhere');
    await beginEmailChange(visit, planter, { address: elsewhere, browserHash: BROWSER, locale: 'en' });
    const change = codeAndLink(await lastMailTo(elsewhere));
    await beginStepUp(visit, planter, { browserHash: BROWSER, locale: 'en' });
    const confirmation = codeAndLink(await lastMailTo(boss));
    const asked = newId();
    await beginSignIn(visit, { address: boss, browserHash: asked, locale: 'en' });
    const pending = codeAndLink(await lastMailTo(boss));
    const { id } = await makeOrganization(project);
    const other = await invite(boss, 'viewer', id);
    const token = await invite(boss);
    const proof = await enterByCode(boss);
    const recovery = await issueRecovery(program, identity.id);
    await join(proof, token);
    const link = (text: string) => ({ token: text, browserHash: newId(), userAgent: CHROME });
    await expect(finishPasskeyRegistration(planter, BROWSER, device().create(options))).rejects.toMatchObject({
      code: 'ceremony_expired',
    });
    const changed = finishEmailChange(visit, planter, { browserHash: BROWSER, code: change.code, locale: 'en' });
    await expect(changed).rejects.toMatchObject({ code: 'code_spent' });
    const confirmed = finishStepUp(visit, planter, {
      browserHash: BROWSER,
      code: confirmation.code,
      userAgent: CHROME,
    });
    await expect(confirmed).rejects.toMatchObject({ code: 'code_spent' });
    const entering = finishSignInWithCode(visit, { code: pending.code, browserHash: asked, userAgent: CHROME });
    await expect(entering).rejects.toMatchObject({ code: 'code_spent' });
    const used = finishSignInWithLink(visit, link(recovery.link.split('?')[1] ?? ''));
    await expect(used).rejects.toMatchObject({ code: 'link_spent' });
    expect(await operators.peekInvitation(project.id, other)).toEqual({ state: 'spent' });
    expect(await operators.listOpenInvitations(id)).toEqual([]);
  });

  test('passkeys that an import has brought, but for the one made for it', async () => {
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
    const { identity: after } = await join(await enterByCode(boss), await invite(boss));
    expect(await passkeysOf(after)).not.toContain(imported?.id);
  });

  test('every passkey and session but those it was accepted with, and says so by mail', async () => {
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

describe('accepting needs the mailbox of the invitation', () => {
  test('not for a session that a recovery opened, nor one in its place, nor a passkey added in one', async () => {
    const boss = newEmail();
    const identity = await createIdentity(program, { traits: { email: boss }, verifiedAddresses: [boss] });
    const planter = await enterByRecovery(identity);
    const token = await invite(boss);
    const { authenticator, passkey } = await addPasskey(planter);
    expect(passkey).toMatchObject({ addedBy: 'recovery', addedSessionId: planter.session.id });
    const byPasskey = await enterByPasskey(project, identity, authenticator);
    const again = (await addPasskey(byPasskey)).passkey;
    expect(again.addedBy).toBe('recovery');
    await beginStepUp(visitOf(project), byPasskey, { browserHash: BROWSER, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(boss));
    const input = { browserHash: BROWSER, code, userAgent: CHROME };
    const reissued = { ...byPasskey, session: await finishStepUp(visitOf(project), byPasskey, input) };
    expect((await addPasskey(reissued)).passkey.addedBy).toBe('recovery');
    for (const proof of [planter, byPasskey, reissued]) {
      await expect(operators.beginAcceptance(proof, BROWSER, token)).rejects.toMatchObject({
        code: 'mailbox_unproven',
      });
      await expect(operators.acceptInvitation(proof, token)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    }
    expect(await rolesOf(identity)).toEqual([]);
  });

  test('not for a session from another identifier’s mailbox, whatever a program says is verified', async () => {
    const [own, boss] = [newEmail('own'), newEmail()];
    const schemaId = await secondIdentifier('read');
    const traits = { login: own, email: boss };
    const identity = await createIdentity(program, { traits, schemaId, verifiedAddresses: [boss] });
    const token = await invite(boss);
    const planter = await enterByCode(own);
    await expect(operators.beginAcceptance(planter, BROWSER, token)).rejects.toMatchObject({
      code: 'mailbox_unproven',
    });
    const { authenticator } = await addPasskey(planter);
    const byPasskey = await enterByPasskey(project, identity, authenticator);
    await expect(operators.acceptInvitation(byPasskey, token)).rejects.toMatchObject({ code: 'mailbox_unproven' });
  });

  test('not for an unverified address', async () => {
    const boss = newEmail();
    await made({ email: boss });
    const proof = await enterByCode(boss);
    const unverified = { op: 'replace', path: '/verifiable_addresses/0/verified', value: false } as const;
    await patchIdentity(program, proof.identity.id, [unverified]);
    const current = { ...proof, identity: await getIdentity(project.id, proof.identity.id) };
    const token = await invite(boss);
    await expect(operators.beginAcceptance(current, BROWSER, token)).rejects.toMatchObject({
      code: 'mailbox_unproven',
    });
    expect(await rolesOf(proof.identity)).toEqual([]);
  });

  test('an operator who has a passkey confirms with it: reading their mails is not enough to take over their roles', async () => {
    const operator = await makeOperator(project, 'owner', (await makeOrganization(project)).id);
    const { authenticator, passkey } = await addPasskey(await signInByMail(project, operator));
    // As one from before passkeys recorded their origin.
    await (await db()).passkey.update({ where: { id: passkey.id }, data: { addedBy: 'unknown', addressId: null } });
    const email = emailOf(operator) ?? '';
    const token = await invite(email);
    const byMail = await enterByCode(email);
    await expect(operators.beginAcceptance(byMail, BROWSER, token)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    await expect(operators.acceptInvitation(byMail, token)).rejects.toMatchObject({
      code: 'reauthentication_required',
    });
    const byPasskey = await enterByPasskey(project, operator, authenticator);
    await expect(operators.acceptInvitation(byPasskey, token)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    // With both, they are in.
    const response = authenticator.get(await beginPasskeyStepUp(byMail, BROWSER));
    const both = { ...byMail, session: await finishPasskeyStepUp(byMail, BROWSER, response) };
    const { identity } = await operators.acceptInvitation(both, token);
    expect(identity.operatorRoles).toHaveLength(2);
    expect(await passkeysOf(identity)).toEqual([passkey.id]);
  });

  test('a session that began long ago accepts nothing', async () => {
    const proof = await signInByPasskey(project, await makePerson(project));
    const token = await invite(emailOf(proof.identity) ?? '');
    const stale = { ...proof, session: { ...proof.session, authenticatedAt: new Date(Date.now() - 15 * 60 * 1000) } };
    const accepted = operators.acceptInvitation(stale, token);
    await expect(accepted).rejects.toMatchObject({ code: 'reauthentication_required' });
  });

  test('a field that the person cannot see is not the only one they sign in with', async () => {
    const [own, boss] = [newEmail('own'), newEmail()];
    await made({ login: boss, email: own }, await secondIdentifier('hidden'));
    const accepted = join(await enterByCode(boss), await invite(boss));
    await expect(accepted).rejects.toMatchObject({
      code: 'promotion_refused',
      details: { violations: [{ pointer: '/traits/login' }] },
    });
  });

  test('a second passkey half made under the old epoch is not taken', async () => {
    const person = await makePerson(project);
    const proof = await signInByMail(project, person);
    const email = emailOf(proof.identity) ?? '';
    const [first, second] = [await invite(email), await invite(email, 'viewer', project.organizationId)];
    const options = await operators.beginAcceptance(proof, BROWSER, second);
    await join(proof, first);
    const response = device().create(options);
    const late = operators.finishAcceptance(proof, BROWSER, { token: second, response });
    await expect(late).rejects.toThrow();
    expect(await rolesOf(person)).toHaveLength(1);
  });

  test('two organizations at once: one role, one passkey, and the epoch of one promotion', async () => {
    for (let round = 0; round < 4; round++) {
      const person = await makePerson(project);
      const proof = await signInByPasskey(project, person);
      const email = emailOf(proof.identity) ?? '';
      const other = await makeOrganization(project);
      const tokens = [await invite(email), await invite(email, 'owner', other.id)];
      const outcomes = await Promise.allSettled(tokens.map((token) => operators.acceptInvitation(proof, token)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const after = await getIdentity(project.id, person.id);
      expect(after.operatorRoles).toHaveLength(1);
      expect(after.revocationEpoch).toBe(1);
      expect(await passkeysOf(after)).toEqual([proof.session.passkeyId]);
    }
  });

  test('a recovery issued at the same moment opens nothing afterwards', async () => {
    for (let round = 0; round < 4; round++) {
      const person = await makePerson(project);
      const proof = await signInByPasskey(project, person);
      const token = await invite(emailOf(proof.identity) ?? '');
      const [issued, accepted] = await Promise.allSettled([
        issueRecovery(program, person.id),
        operators.acceptInvitation(proof, token),
      ]);
      expect(accepted.status).toBe('fulfilled');
      if (issued.status === 'rejected') {
        expect(issued.reason).toMatchObject({ code: 'operator_protected' });
        continue;
      }
      const link = { token: issued.value.link.split('?')[1] ?? '', browserHash: newId(), userAgent: CHROME };
      await expect(finishSignInWithLink(visitOf(project), link)).rejects.toMatchObject({ code: 'link_spent' });
    }
  });
});

describe('someone new is made only once their mailbox is proven', () => {
  const setUp = async (token: string, browserHash = BROWSER) => {
    const input = { token, email: '', first: 'Mal', last: 'Lory' };
    const response = device().create(await operators.beginSetup(contextOf(project), browserHash, input));
    const client = { userAgent: CHROME, address: ADDRESS };
    return operators.finishSetup(contextOf(project), browserHash, { token, response }, client);
  };

  test('the owner of another organization who invites an address and follows the link gets nothing', async () => {
    const ceo = newEmail('ceo');
    const owner = await makeOperator(project, 'owner', organization.id);
    const invitation = { email: ceo, role: 'owner' as const, organizationId: organization.id };
    const planted = tokenOf(await operators.inviteOperator(operatorActor(owner), invitation));
    await expect(setUp(planted)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    await operators.sendInvitationCode(visitOf(project), { token: planted, browserHash: BROWSER, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(ceo));
    const wrong = code === '000000' ? '000001' : '000000';
    const guess = { token: planted, browserHash: BROWSER, code: wrong };
    await expect(operators.proveInvitationMailbox(visitOf(project), guess)).rejects.toMatchObject({
      code: 'code_wrong',
    });
    // Nor in another browser than the one that asked.
    const elsewhere = { ...guess, browserHash: newId(), code };
    await expect(operators.proveInvitationMailbox(visitOf(project), elsewhere)).rejects.toMatchObject({
      code: 'code_spent',
    });
    await expect(setUp(planted)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    expect(await findIdentityByIdentifier(project.id, ceo)).toBeNull();
    // The real one comes later, and nothing of the first invitation is left.
    const home = await makeOrganization(project, 'Home');
    const token = await invite(ceo, 'owner', home.id);
    const browser = newId();
    await proveMailbox(project, token, browser);
    const { identity, session, passkey } = await setUp(token, browser);
    expect(identity).toMatchObject({ identifiers: [ceo], operatorRoles: [{ organizationId: home.id, role: 'owner' }] });
    expect(identity.verifiableAddresses).toMatchObject([{ value: ceo, verified: true }]);
    expect(passkey).toMatchObject({ addedBy: 'setup', addressId: identity.verifiableAddresses[0]?.id });
    expect(await findSession(project.id, session.id)).not.toBeNull();
    expect(await operators.peekInvitation(project.id, planted)).toEqual({ state: 'spent' });
    await expect(operators.proveInvitationMailbox(visitOf(project), { ...guess, code })).rejects.toThrow();
  });

  test('a proof is used once, and is for one address', async () => {
    const [one, two] = [await invite(newEmail()), await invite(newEmail())];
    await proveMailbox(project, one);
    await expect(setUp(two)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    await setUp(one);
    const rows = await (await db()).verification.findMany({ where: { purpose: 'mailbox', consumedAt: null } });
    expect(rows.filter(({ expiresAt }) => expiresAt > new Date())).toEqual([]);
  });

  test('who has an account is asked to sign in, and the first operator’s link sends no code', async () => {
    const person = await makePerson(project);
    const send = (token: string) =>
      operators.sendInvitationCode(visitOf(project), { token, browserHash: BROWSER, locale: 'en' });
    await expect(send(await invite(emailOf(person) ?? ''))).rejects.toMatchObject({ code: 'identifier_taken' });
    await expect(send('A'.repeat(43))).rejects.toMatchObject({ code: 'invitation_spent' });
  });
});

describe('a higher role that another party gives', () => {
  /** A viewer with a passkey of their own, and one that a program planted through a recovery before they became one. */
  async function plantedViewer() {
    const person = await makePerson(project);
    const own = await signInByPasskey(project, person);
    const planter = await enterByRecovery(person);
    const planted = await addPasskey(planter);
    const begun = await beginPasskeyRegistration(planter, BROWSER);
    return { viewer: await appoint(person, 'viewer', organization.id), own, planter, planted, begun };
  }

  test('what an admin has planted is by a recovery, and goes', async () => {
    const viewer = await makeOperator(project, 'viewer', organization.id);
    const admin = await makeOperator(project, 'admin', organization.id);
    const planter = await enterByRecovery(viewer, operatorActor(admin));
    const { authenticator } = await addPasskey(planter);
    await confirmRole(cli, organization.id, viewer.id, 'admin');
    await expectOver(planter, authenticator);
    expect(await passkeysOf(viewer)).toEqual([]);
  });

  test('shows by name and date what was planted, and removes it once that is confirmed', async () => {
    const { viewer, own, planter, planted } = await plantedViewer();
    const owner = operatorActor(await makeOperator(project, 'owner', organization.id));
    const preview = await operators.previewPromotion(organization.id, viewer.id);
    const { id, name, createdAt } = planted.passkey;
    expect(preview).toMatchObject({ email: emailOf(viewer), isVerified: true });
    expect(preview.removals).toEqual({ passkeys: [{ id, name, createdAt }], identifiers: [] });
    const change = (confirmed: string[]) => operators.changeRole(owner, organization.id, viewer.id, 'owner', confirmed);
    await expect(change([])).rejects.toMatchObject({ code: 'removals_changed' });
    expect(await rolesOf(viewer)).toMatchObject([{ role: 'viewer' }]);
    await change(removalKeys(preview.removals));
    expect(await passkeysOf(viewer)).toEqual([own.session.passkeyId]);
    await expectOver(planter, planted.authenticator);
    await expectOver(own);
    expect(await lastMailTo(emailOf(viewer) ?? '')).toMatchObject({
      kind: 'operator_promoted',
      params: { role: 'owner', passkeys: [name] },
    });
  });

  test('is refused from a dialog that did not show the newest passkey', async () => {
    const { viewer, own } = await plantedViewer();
    const { removals } = await operators.previewPromotion(organization.id, viewer.id);
    const id = own.session.passkeyId ?? '';
    await (await db()).passkey.update({ where: { id }, data: { addedBy: 'recovery' } });
    const stale = operators.changeRole(cli, organization.id, viewer.id, 'admin', removalKeys(removals));
    await expect(stale).rejects.toMatchObject({ code: 'removals_changed' });
    expect(await passkeysOf(viewer)).toContain(id);
  });

  test.each(['unknown', 'recovery'] as const)('removes passkeys whose origin is %s', async (addedBy) => {
    const viewer = await makeOperator(project, 'viewer', organization.id);
    const { session } = await signInByPasskey(project, viewer);
    await (await db()).passkey.update({ where: { id: session.passkeyId ?? '' }, data: { addedBy } });
    await confirmRole(cli, organization.id, viewer.id, 'admin');
    expect(await passkeysOf(viewer)).toEqual([]);
  });

  test('removes passkeys that were added before the address was verified', async () => {
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

  test('a lower one removes nothing', async () => {
    const { viewer } = await plantedViewer();
    await (await db()).operator.updateMany({ where: { identityId: viewer.id }, data: { role: 'admin' } });
    const before = await passkeysOf(viewer);
    await operators.changeRole(cli, organization.id, viewer.id, 'viewer');
    expect(await passkeysOf(viewer)).toEqual(before);
  });

  test('a passkey half made in a session from before is not taken', async () => {
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

describe('a passkey says how it was added', () => {
  test('in a session of the person’s own, and after signing in with it', async () => {
    const person = await makePerson(project);
    const proof = await signInByMail(project, person);
    const { passkey, authenticator } = await addPasskey(proof);
    const addressId = proof.identity.verifiableAddresses[0]?.id;
    expect(passkey).toMatchObject({ addedBy: 'session', addedSessionId: proof.session.id, addressId });
    const next = await enterByPasskey(project, person, authenticator);
    expect((await addPasskey(next)).passkey).toMatchObject({ addedBy: 'session', addedSessionId: next.session.id });
  });

  test('an unknown one hands that on', async () => {
    const person = await makePerson(project);
    const { passkey, authenticator } = await addPasskey(await signInByMail(project, person));
    await (await db()).passkey.update({ where: { id: passkey.id }, data: { addedBy: 'unknown' } });
    const next = await enterByPasskey(project, person, authenticator);
    expect((await addPasskey(next)).passkey).toMatchObject({ addedBy: 'unknown', addressId: null });
  });
});
