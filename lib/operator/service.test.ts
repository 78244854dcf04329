import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { listPasskeys } from '@/lib/credential/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import {
  changeIdentity,
  createIdentity,
  deleteIdentity,
  findIdentityByIdentifier,
  getIdentity,
} from '@/lib/identity/service';
import * as invitations from '@/lib/invitation/service';
import { type Actor, cliActor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { isAtLeast } from '@/lib/role/model';
import * as roles from '@/lib/role/service';
import { findSession } from '@/lib/session/service';
import { SoftwareAuthenticator, type Wrong } from '@/testing/authenticator';
import { proveMailbox, roleIn } from '@/testing/operators';
import {
  ADDRESS,
  actorOf,
  addPasskey,
  BROWSER,
  CHROME,
  contextOf,
  makePerson,
  signIn,
  signInByPasskey,
} from '@/testing/people';
import { makeProject } from '@/testing/project';
import * as operators from './service';

const CLIENT = { userAgent: CHROME, address: ADDRESS };
const NAME = { first: 'Ada', last: 'Lovelace' };
let project: Project;
let cli: Actor;

const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? '';
const newEmail = () => `${newId()}@example.com`;
const setupToken = async () => tokenOf(await invitations.ensureSetupLink());
const invite = async (email: string, role: OperatorRole = 'admin', actor = cli) =>
  tokenOf((await invitations.inviteOperator(actor, { email, role })).link);
const peek = (token: string) => invitations.peekInvitation(project.id, token);
const begin = async (token: string, email = newEmail()) => {
  await proveMailbox(project, token);
  return operators.beginSetup(contextOf(project), BROWSER, { token, email, ...NAME });
};

/** Begins a setup and creates the passkey in the browser; `finish` completes it. */
async function readyToFinish(token: string, email = newEmail(), wrong: Wrong = {}) {
  const authenticator = new SoftwareAuthenticator({ origin: project.origin });
  const response = authenticator.create(await begin(token, email), wrong);
  return {
    email,
    authenticator,
    finish: (browser = BROWSER, sent = token, context = contextOf(project)) =>
      operators.finishSetup(context, browser, { token: sent, response }, CLIENT),
  };
}

/** An operator with this role. */
async function makeOperator(role: OperatorRole): Promise<Identity> {
  const { finish } = await readyToFinish(await invite(newEmail(), role));
  return (await finish()).identity;
}
const operatorActor = (identity: Identity): Actor => ({ ...actorOf(identity), kind: 'operator' });

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  cli = cliActor(project.id);
});
beforeEach(async () => {
  const client = await db();
  await client.operator.deleteMany();
  await client.invitation.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the setup link', () => {
  test('is on the project’s origin, and only its hash is stored', async () => {
    const link = await invitations.ensureSetupLink();
    expect(link).toMatch(/^http:\/\/localhost:3000\/setup\?token=[A-Za-z0-9_-]{43}$/);
    const [invitation] = await (await db()).invitation.findMany();
    expect(JSON.stringify(invitation)).not.toContain(tokenOf(link));
  });

  test('is replaced by a restart', async () => {
    const [before, after] = [await setupToken(), await setupToken()];
    expect(after).not.toBe(before);
    expect(await peek(before)).toEqual({ state: 'unusable' });
    const usable = { state: 'usable', kind: 'setup', email: null, role: 'owner', organization: 'Signet' };
    expect(await peek(after)).toEqual(usable);
  });

  test('is unique after concurrent starts', async () => {
    const tokens = await Promise.all([1, 2, 3, 4].map(setupToken));
    const states = await Promise.all(tokens.map(peek));
    expect(states.filter(({ state }) => state === 'usable')).toHaveLength(1);
  });

  test('CVE-2025-64708: is valid for a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const token = await setupToken();
    vi.advanceTimersByTime(24 * 60 * 60 * 1000 - 1);
    expect(await peek(token)).toMatchObject({ state: 'usable' });
    vi.advanceTimersByTime(1);
    expect(await peek(token)).toEqual({ state: 'unusable' });
    await expect(begin(token)).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
  });

  test('is neither created nor accepted once there is an operator', async () => {
    const token = await setupToken();
    const waiting = await readyToFinish(token);
    await makeOperator('viewer');
    expect(await invitations.ensureSetupLink()).toBeNull();
    expect(await peek(token)).toEqual({ state: 'unusable' });
    await expect(begin(token)).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
    await expect(waiting.finish()).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
  });

  test.each(['', 'nothing', 'A'.repeat(43)])('is refused for an unknown token: "%s"', async (token) => {
    expect(await peek(token)).toEqual({ state: 'unusable' });
    await expect(begin(token)).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
  });
});

test('purges used and expired invitations with their address, and keeps open ones', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await invitations.purgeInvitations();
  const [used, late] = [newEmail(), newEmail()];
  await (await readyToFinish(await invite(used))).finish();
  await invite(late);
  vi.advanceTimersByTime(24 * 60 * 60 * 1000 - 1);
  const open = newEmail();
  const token = await invite(open);
  const kept = async () => (await (await db()).invitation.findMany()).map(({ email }) => email).sort();
  expect(await invitations.purgeInvitations()).toBe(1);
  expect(await kept()).toEqual([late, open].sort());
  vi.advanceTimersByTime(1);
  expect(await invitations.purgeInvitations()).toBe(1);
  expect(await kept()).toEqual([open]);
  expect(await peek(token)).toMatchObject({ state: 'usable', email: open });
  await (await db()).operator.deleteMany();
});

// ASVS 6.3.2
describe('the first operator', () => {
  test('is created with role, passkey and session, and the link is used', async () => {
    const token = await setupToken();
    const { finish, email } = await readyToFinish(token, `Ada-${newEmail()}`);
    const { session, identity, passkey } = await finish();
    expect(identity.traits).toEqual({ email, name: NAME });
    expect(identity.operatorRoles).toEqual([{ organizationId: project.organizationId, role: 'owner' }]);
    expect(identity.passkeyCount).toBe(1);
    expect(await listPasskeys(project.id, identity.id)).toEqual([passkey]);
    expect(session).toMatchObject({ method: 'setup', passkeyId: passkey.id, address: ADDRESS });
    expect(await findSession(project.id, session.id)).toMatchObject({ identity: { id: identity.id } });
    expect(await roleIn(project.organizationId, identity.id)).toBe('owner');
    expect(await peek(token)).toEqual({ state: 'unusable' });
    expect(await invitations.ensureSetupLink()).toBeNull();
    await (await db()).operator.deleteMany();
    expect(await peek(token)).toEqual({ state: 'unusable' });
    const events = (await listIdentityEvents(project.id, identity.id, 10)).reverse();
    expect(events.map(({ type }) => type)).toEqual([
      'identity.created',
      'operator.added',
      'passkey.added',
      'session.started',
    ]);
    expect(events.map(({ actorKind, actorId }) => [actorKind, actorId])).toEqual(
      events.map(() => ['identity', identity.id]),
    );
  });

  test('registers a passkey with the user handle of the identity', async () => {
    const { finish, authenticator } = await readyToFinish(await setupToken());
    const { identity } = await finish();
    expect(authenticator.keys[0]?.userHandle).toBe(identity.userHandle);
    expect(Buffer.from(identity.userHandle, 'base64url')).toHaveLength(32);
  });

  test('has an unverified address', async () => {
    const { finish } = await readyToFinish(await setupToken());
    expect((await finish()).identity.verifiableAddresses).toMatchObject([{ verified: false }]);
  });

  test('CVE-2025-46815: is created once from several tabs, and the others leave nothing', async () => {
    const token = await setupToken();
    const tabs = await Promise.all([1, 2, 3].map(() => readyToFinish(token)));
    const outcomes = await Promise.allSettled(tabs.map(({ finish }) => finish()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toMatchObject({ code: 'invitation_used_or_expired' });
      expect(await findIdentityByIdentifier(project.id, tabs[at]?.email ?? '')).toBeNull();
    }
    expect(await (await db()).operator.count()).toBe(1);
  });

  test('may have no name', async () => {
    const input = { token: await setupToken(), email: newEmail(), first: ' ', last: '' };
    const authenticator = new SoftwareAuthenticator({ origin: project.origin });
    const response = authenticator.create(await operators.beginSetup(contextOf(project), BROWSER, input));
    const { identity } = await operators.finishSetup(
      contextOf(project),
      BROWSER,
      { token: input.token, response },
      CLIENT,
    );
    expect(identity.traits).toEqual({ email: input.email });
  });
});

describe('setup is refused, and the link stays usable', () => {
  const expectUsable = async (token: string) => expect(await peek(token)).toMatchObject({ state: 'usable' });

  test.each(['', 'no address', 'a@b@c'])('for the invalid address "%s"', async (email) => {
    const token = await setupToken();
    await expect(begin(token, email)).rejects.toMatchObject({ code: 'invalid_traits' });
    await expectUsable(token);
  });

  test('for a taken address, in any case, with advice', async () => {
    const token = await setupToken();
    const email = emailOf(await makePerson(project)) ?? '';
    const details = { reason: expect.stringContaining('operator invite') };
    const refusal = begin(token, email.toUpperCase());
    await expect(refusal).rejects.toMatchObject({ code: 'identifier_taken', details });
    await expectUsable(token);
  });

  test('for an address taken during the ceremony, without leaving anything', async () => {
    const token = await setupToken();
    const { finish, email } = await readyToFinish(token);
    await createIdentity(systemActor(project.id), { traits: { email } });
    await expect(finish()).rejects.toMatchObject({ code: 'identifier_taken' });
    expect(await (await db()).operator.count()).toBe(0);
    await expectUsable(token);
    await (await readyToFinish(token)).finish();
  });

  test.each<[string, Wrong]>([
    ['a missing user verification', { uv: false }],
    ['another origin', { origin: 'http://localhost:3001' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['an unknown challenge', { challenge: Buffer.alloc(32, 1).toString('base64url') }],
  ])('for %s', async (_, wrong) => {
    const token = await setupToken();
    const { finish, email } = await readyToFinish(token, newEmail(), wrong);
    await expect(finish()).rejects.toMatchObject({
      code: expect.stringMatching(/^(passkey_verification_failed|ceremony_expired)$/),
    });
    expect(await findIdentityByIdentifier(project.id, email)).toBeNull();
    await expectUsable(token);
  });

  test('in another browser, in another project, and a second time', async () => {
    const token = await setupToken();
    const other = await makeProject();
    const one = await readyToFinish(token);
    await expect(one.finish('another-browser')).rejects.toMatchObject({ code: 'ceremony_expired' });
    await expect(one.finish()).rejects.toMatchObject({ code: 'ceremony_expired' });
    const two = await readyToFinish(token);
    await expect(two.finish(BROWSER, token, contextOf(other))).rejects.toMatchObject({ code: 'ceremony_expired' });
    const input = { token, email: newEmail(), ...NAME };
    const elsewhere = operators.beginSetup(contextOf(other), BROWSER, input);
    await expect(elsewhere).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
    await expectUsable(token);
  });

  test('with another invitation’s link when finishing', async () => {
    const [mine, theirs] = [await invite(newEmail(), 'viewer'), await invite(newEmail(), 'owner')];
    const { finish } = await readyToFinish(mine);
    await expect(finish(BROWSER, theirs)).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
    await expectUsable(theirs);
  });

  test('for a passkey that is already registered', async () => {
    const token = await setupToken();
    const { passkey } = await addPasskey(await signIn(project, await makePerson(project)));
    const credentialId = Buffer.from(passkey.credentialId, 'base64url');
    const { finish, email } = await readyToFinish(token, newEmail(), { credentialId });
    await expect(finish()).rejects.toMatchObject({ code: 'passkey_already_registered' });
    expect(await findIdentityByIdentifier(project.id, email)).toBeNull();
    await expectUsable(token);
  });
});

describe('inviteOperator', () => {
  test('creates a link for an address and a role, and records an event without the address', async () => {
    const email = newEmail();
    const { link, expiresAt } = await invitations.inviteOperator(cli, {
      email: ` ${email.toUpperCase()} `,
      role: 'viewer',
    });
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(23 * 60 * 60 * 1000);
    const usable = { state: 'usable', kind: 'operator', email, role: 'viewer', organization: 'Signet' };
    expect(await peek(tokenOf(link))).toEqual(usable);
    const events = await (await db()).auditEvent.findMany({ where: { type: 'operator.invited' } });
    expect(events.at(-1)).toMatchObject({ actorKind: 'cli' });
    expect(JSON.stringify(events)).not.toContain(email);
  });

  test('creates the identity with the invitation’s address and role, not with an entered address', async () => {
    const email = newEmail();
    const { finish } = await readyToFinish(await invite(email, 'viewer'), newEmail());
    const { identity } = await finish();
    expect(identity.identifiers).toEqual([email]);
    expect(identity.operatorRoles).toMatchObject([{ role: 'viewer' }]);
  });

  test('replaces an earlier link for the same address', async () => {
    const email = newEmail();
    const [before, after] = [await invite(email), await invite(email)];
    expect(await peek(before)).toEqual({ state: 'unusable' });
    expect(await peek(after)).toMatchObject({ state: 'usable' });
  });

  test.each(['', 'nobody', 'a b@example.com', `${'a'.repeat(250)}@example.com`])('refuses "%s"', async (email) => {
    await expect(invite(email)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('refuses the address of an operator', async () => {
    const operator = await makeOperator('viewer');
    await expect(invite(emailOf(operator) ?? '')).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test.each<[OperatorRole, OperatorRole, boolean]>([
    ['owner', 'owner', true],
    ['admin', 'owner', false],
    ['admin', 'admin', true],
    ['admin', 'viewer', true],
    ['viewer', 'viewer', false],
  ])('a role of %s may invite one as %s: %s', async (own, role, isAllowed) => {
    const invited = invite(newEmail(), role, operatorActor(await makeOperator(own)));
    if (isAllowed) expect(await invited).not.toBe('');
    else await expect(invited).rejects.toMatchObject({ code: 'forbidden' });
  });

  test.each(['identity', 'api_credential'] as const)('refuses an actor of kind %s', async (kind) => {
    const owner = await makeOperator('owner');
    const invited = invite(newEmail(), 'viewer', { ...actorOf(owner), kind });
    await expect(invited).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('acceptInvitation', () => {
  const invited = async (role: OperatorRole = 'admin') => {
    const proof = await signInByPasskey(project, await makePerson(project));
    return { proof, token: await invite(emailOf(proof.identity) ?? '', role) };
  };
  const roleOf = ({ id }: Identity) => roleIn(project.organizationId, id);

  test('replaces setup for an address that has an identity', async () => {
    const { token, proof } = await invited();
    expect(await peek(token)).toMatchObject({ state: 'sign_in', email: emailOf(proof.identity) });
    await expect(begin(token)).rejects.toMatchObject({ code: 'identifier_taken' });
  });

  test('grants the role once', async () => {
    const { token, proof } = await invited();
    const { identity } = await operators.acceptInvitation(proof, token);
    expect(identity.operatorRoles).toEqual([{ organizationId: project.organizationId, role: 'admin' }]);
    expect(await roleOf(identity)).toBe('admin');
    const events = await listIdentityEvents(project.id, identity.id, 5);
    const added = events.find(({ type }) => type === 'operator.added');
    expect(added).toMatchObject({ details: { role: 'admin', removed_passkeys: 0, removed_identifiers: 0 } });
    await expect(operators.acceptInvitation(proof, token)).rejects.toMatchObject({
      code: 'invitation_used_or_expired',
    });
  });

  test('grants the role once under concurrent calls', async () => {
    const { token, proof } = await invited();
    const all = await Promise.allSettled([1, 2, 3, 4].map(() => operators.acceptInvitation(proof, token)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const events = await listIdentityEvents(project.id, proof.identity.id, 50);
    expect(events.filter(({ type }) => type === 'operator.added')).toHaveLength(1);
  });

  test('refuses another identity, and the link stays usable', async () => {
    const { token, proof } = await invited();
    const other = await signInByPasskey(project, await makePerson(project));
    await expect(operators.acceptInvitation(other, token)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await roleOf(other.identity)).toBeNull();
    await operators.acceptInvitation(proof, token);
  });

  test('refuses an inactive identity, and one that no longer has the address', async () => {
    const { token, proof } = await invited();
    await changeIdentity(cli, proof.identity.id, () => ({ state: 'inactive' }));
    await expect(operators.acceptInvitation(proof, token)).rejects.toMatchObject({ code: 'inactive_identity' });
    await changeIdentity(cli, proof.identity.id, () => ({ state: 'active', traits: { email: newEmail() } }));
    await expect(operators.acceptInvitation(proof, token)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await roleOf(proof.identity)).toBeNull();
  });

  test('refuses the setup link and a link of another project', async () => {
    const { token, proof } = await invited();
    const setup = operators.acceptInvitation(proof, await setupToken());
    await expect(setup).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
    const elsewhere = { ...proof, actor: { ...proof.actor, projectId: (await makeProject()).id } };
    await expect(operators.acceptInvitation(elsewhere, token)).rejects.toMatchObject({
      code: 'invitation_used_or_expired',
    });
  });

  test('never lowers a role', async () => {
    const { token, proof } = await invited('viewer');
    const stamps = { createdAt: new Date(), updatedAt: new Date() };
    const { organizationId } = project;
    await (await db()).operator.create({
      data: { id: newId(), organizationId, identityId: proof.identity.id, role: 'owner', ...stamps },
    });
    await operators.acceptInvitation(proof, token);
    expect(await roleOf(proof.identity)).toBe('owner');
  });
});

describe('roles', () => {
  test.each<[OperatorRole, OperatorRole, boolean]>([
    ['owner', 'viewer', true],
    ['owner', 'owner', true],
    ['admin', 'owner', false],
    ['viewer', 'admin', false],
    ['viewer', 'viewer', true],
  ])('%s satisfies a required %s: %s', async (held, needed, isEnough) => {
    const operator = await makeOperator(held);
    expect(isAtLeast(held, needed)).toBe(isEnough);
    const actor = { operatorRoles: [{ organizationId: project.organizationId, role: needed }] };
    const reach = () => roles.guardReach(actor, operator);
    if (isEnough && held !== needed) expect(reach).toThrow(expect.objectContaining({ code: 'forbidden' }));
    else expect(reach).not.toThrow();
  });

  test('a role in one organization does not permit acting on an operator of another', async () => {
    const owner = await makeOperator('owner');
    const person = await makePerson(project);
    const refusal = expect.objectContaining({ code: 'forbidden' });
    expect(() => roles.guardReach(person, person)).not.toThrow();
    const elsewhere = { operatorRoles: [{ organizationId: newId(), role: 'owner' as const }] };
    expect(() => roles.guardReach(elsewhere, owner)).toThrow(refusal);
  });

  test('hasOperators reports whether the organization has an operator', async () => {
    expect(await roles.hasOperators(project.organizationId)).toBe(false);
    await makeOperator('viewer');
    expect(await roles.hasOperators(project.organizationId)).toBe(true);
    expect(await roles.hasOperators((await makeProject()).organizationId)).toBe(false);
  });

  test('the last two owners cannot both leave concurrently', async () => {
    const owners = [await makeOperator('owner'), await makeOperator('owner')];
    const [one, two] = owners.map(({ id }) => id);
    const outcomes = await Promise.allSettled([
      deleteIdentity(cli, one ?? ''),
      changeIdentity(cli, two ?? '', () => ({ state: 'inactive' })),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [refusal] = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refusal?.reason).toMatchObject({ code: 'last_owner' });
  });

  test('a role is deleted with its identity', async () => {
    const [viewer] = [await makeOperator('viewer'), await makeOperator('owner')];
    await deleteIdentity(cli, viewer.id);
    expect(await roleIn(project.organizationId, viewer.id)).toBeNull();
    await expect(getIdentity(project.id, viewer.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
