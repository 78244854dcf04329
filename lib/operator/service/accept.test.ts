import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginPasskeyStepUp, finishPasskeyStepUp, listPasskeys } from '@/lib/credential/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { createIdentity, findIdentityByIdentifier, getIdentity, patchIdentity } from '@/lib/identity/service';
import * as invitations from '@/lib/invitation/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Organization, Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { findSession } from '@/lib/session/service';
import { beginCodeStepUp, finishCodeStepUp, finishSignInWithLink, issueRecovery } from '@/lib/verification/service';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { makeOperator, makeOrganization, operatorActor, proveMailbox } from '@/testing/operators';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import {
  ADDRESS,
  addPasskey,
  BROWSER,
  CHROME,
  contextOf,
  enterByPasskey,
  makePerson,
  signInByMail,
  signInByPasskey,
} from '@/testing/people';
import * as planting from '@/testing/planting';
import { clientContextOf } from '@/testing/tenant';
import * as operators from '../service';

/** Accepting an invitation requires the mailbox of the invited address. */
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

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  cli = cliActor(project.id);
  program = planting.programOf(project);
});
beforeEach(async () => {
  organization = await makeOrganization(project);
  await (await db()).rateLimit.deleteMany();
});

describe('accepting an invitation', () => {
  test('refuses a session opened by a recovery, one that replaced it, and a passkey added in it', async () => {
    const boss = newEmail();
    const identity = await createIdentity(program, { traits: { email: boss }, verifiedAddresses: [boss] });
    const planter = await enterByRecovery(identity);
    const token = await invite(boss);
    const { authenticator, passkey } = await addPasskey(planter);
    expect(passkey).toMatchObject({ addedBy: 'recovery', addedSessionId: planter.session.id });
    const byPasskey = await enterByPasskey(project, identity, authenticator);
    const again = (await addPasskey(byPasskey)).passkey;
    expect(again.addedBy).toBe('recovery');
    await beginCodeStepUp(clientContextOf(project), byPasskey, { browserHash: BROWSER, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(boss));
    const input = { browserHash: BROWSER, code, userAgent: CHROME };
    const reissued = { ...byPasskey, session: await finishCodeStepUp(clientContextOf(project), byPasskey, input) };
    expect((await addPasskey(reissued)).passkey.addedBy).toBe('recovery');
    for (const proof of [planter, byPasskey, reissued]) {
      await expect(operators.beginAcceptance(proof, BROWSER, token)).rejects.toMatchObject({
        code: 'mailbox_unproven',
      });
      await expect(operators.acceptInvitation(proof, token)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    }
    expect(await rolesOf(identity)).toEqual([]);
  });

  test('refuses a session from another identifier’s mailbox, even if an API client verified the address', async () => {
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

  test('refuses an unverified address', async () => {
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

  test('requires an operator’s existing passkey, so that mailbox access alone does not take over roles', async () => {
    const operator = await makeOperator(project, 'owner', (await makeOrganization(project)).id);
    const { authenticator, passkey } = await addPasskey(await signInByMail(project, operator));
    // As a passkey stored before its provenance was recorded.
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
    // Both together are accepted.
    const response = authenticator.get(await beginPasskeyStepUp(byMail, BROWSER));
    const both = { ...byMail, session: await finishPasskeyStepUp(byMail, BROWSER, response) };
    const { identity } = await operators.acceptInvitation(both, token);
    expect(identity.operatorRoles).toHaveLength(2);
    expect(await passkeysOf(identity)).toEqual([passkey.id]);
  });

  test('refuses a session whose authentication is not recent', async () => {
    const proof = await signInByPasskey(project, await makePerson(project));
    const token = await invite(emailOf(proof.identity) ?? '');
    const stale = { ...proof, session: { ...proof.session, authenticatedAt: new Date(Date.now() - 15 * 60 * 1000) } };
    const accepted = operators.acceptInvitation(stale, token);
    await expect(accepted).rejects.toMatchObject({ code: 'reauthentication_required' });
  });

  test('refuses to leave a hidden field as the only identifier', async () => {
    const [own, boss] = [newEmail('own'), newEmail()];
    await made({ login: boss, email: own }, await secondIdentifier('hidden'));
    const accepted = planting.join(await enterByCode(boss), await invite(boss));
    await expect(accepted).rejects.toMatchObject({
      code: 'promotion_refused',
      details: { violations: [{ pointer: '/traits/login' }] },
    });
  });

  test('refuses a passkey registration begun under an earlier revocation epoch', async () => {
    const person = await makePerson(project);
    const proof = await signInByMail(project, person);
    const email = emailOf(proof.identity) ?? '';
    const [first, second] = [await invite(email), await invite(email, 'viewer', project.organizationId)];
    const options = await operators.beginAcceptance(proof, BROWSER, second);
    await planting.join(proof, first);
    const response = device().create(options);
    const late = operators.finishAcceptance(proof, BROWSER, { token: second, response });
    await expect(late).rejects.toThrow();
    expect(await rolesOf(person)).toHaveLength(1);
  });

  test('allows one of two concurrent acceptances in different organizations', async () => {
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

  test('revokes a recovery issued concurrently', async () => {
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
      await expect(finishSignInWithLink(clientContextOf(project), link)).rejects.toMatchObject({
        code: 'link_used_or_expired',
      });
    }
  });
});

describe('setup of an invited operator', () => {
  const setUp = async (token: string, browserHash = BROWSER) => {
    const input = { token, email: '', first: 'Mal', last: 'Lory' };
    const response = device().create(await operators.beginSetup(contextOf(project), browserHash, input));
    const client = { userAgent: CHROME, address: ADDRESS };
    return operators.finishSetup(contextOf(project), browserHash, { token, response }, client);
  };

  test('refuses an inviter who follows the link without access to the mailbox', async () => {
    const ceo = newEmail('ceo');
    const owner = await makeOperator(project, 'owner', organization.id);
    const invitation = { email: ceo, role: 'owner' as const, organizationId: organization.id };
    const planted = tokenOf(await invitations.inviteOperator(operatorActor(owner), invitation));
    await expect(setUp(planted)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    await operators.sendInvitationCode(clientContextOf(project), {
      token: planted,
      browserHash: BROWSER,
      locale: 'en',
    });
    const { code } = codeAndLink(await lastMailTo(ceo));
    const wrong = code === '000000' ? '000001' : '000000';
    const guess = { token: planted, browserHash: BROWSER, code: wrong };
    await expect(operators.proveInvitationMailbox(clientContextOf(project), guess)).rejects.toMatchObject({
      code: 'code_wrong',
    });
    // Also in a browser other than the requesting one.
    const elsewhere = { ...guess, browserHash: newId(), code };
    await expect(operators.proveInvitationMailbox(clientContextOf(project), elsewhere)).rejects.toMatchObject({
      code: 'code_used_or_expired',
    });
    await expect(setUp(planted)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    expect(await findIdentityByIdentifier(project.id, ceo)).toBeNull();
    // The real owner of the address is invited later, and the first invitation no longer works.
    const home = await makeOrganization(project, 'Home');
    const token = await invite(ceo, 'owner', home.id);
    const browser = newId();
    await proveMailbox(project, token, browser);
    const { identity, session, passkey } = await setUp(token, browser);
    expect(identity).toMatchObject({ identifiers: [ceo], operatorRoles: [{ organizationId: home.id, role: 'owner' }] });
    expect(identity.verifiableAddresses).toMatchObject([{ value: ceo, verified: true }]);
    expect(passkey).toMatchObject({ addedBy: 'setup', addressId: identity.verifiableAddresses[0]?.id });
    expect(await findSession(project.id, session.id)).not.toBeNull();
    expect(await invitations.peekInvitation(project.id, planted)).toEqual({ state: 'unusable' });
    await expect(operators.proveInvitationMailbox(clientContextOf(project), { ...guess, code })).rejects.toThrow();
  });

  test('consumes a mailbox proof once, for one address', async () => {
    const [one, two] = [await invite(newEmail()), await invite(newEmail())];
    await proveMailbox(project, one);
    await expect(setUp(two)).rejects.toMatchObject({ code: 'mailbox_unproven' });
    await setUp(one);
    const rows = await (await db()).verification.findMany({ where: { purpose: 'mailbox', consumedAt: null } });
    expect(rows.filter(({ expiresAt }) => expiresAt > new Date())).toEqual([]);
  });

  test('sends no code to an address with an identity, or for an unknown token', async () => {
    const person = await makePerson(project);
    const send = (token: string) =>
      operators.sendInvitationCode(clientContextOf(project), { token, browserHash: BROWSER, locale: 'en' });
    await expect(send(await invite(emailOf(person) ?? ''))).rejects.toMatchObject({ code: 'identifier_taken' });
    await expect(send('A'.repeat(43))).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
  });
});
