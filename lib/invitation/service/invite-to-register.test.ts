import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listEvents } from '@/lib/audit/service';
import { purgeInvitations } from '@/lib/invitation/service';
import { type Actor, systemActor } from '@/lib/platform/actor';
import { isAddress } from '@/lib/platform/address';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project, RegistrationMode } from '@/lib/project/model';
import { lastMailTo, readOutbox } from '@/testing/outbox';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { toRegistrationLink } from '../model';
import { inviteToRegister, listRegistrationInvitations, revokeRegistrationInvitation } from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
const DAY_MILLIS = 24 * 60 * 60 * 1000;
let project: Project;
let actor: Actor;

const setRegistration = async (registration: RegistrationMode) =>
  (await db()).project.update({ where: { id: project.id }, data: { registration } });
const newcomer = () => `new-${newId()}@example.com`;
const invite = (email: string, by = actor) => inviteToRegister(by, { email, locale: 'de', inviter: 'Grace Hopper' });
const list = (limit = 10, from: { before?: string; after?: string } = {}) =>
  listRegistrationInvitations(project.id, { limit, ...from });
const emails = async () => (await list()).map(({ email }) => email);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
beforeEach(async () => {
  vi.setSystemTime(START);
  await (await db()).rateLimit.deleteMany();
  project = await makeProject();
  actor = { ...systemActor(project.id), kind: 'operator', id: newId() };
  await setRegistration('invitation');
});
afterEach(() => {
  vi.setSystemTime(START);
});

describe('inviteToRegister', () => {
  test('records the invitation and mails the sign-in URL without a secret', async () => {
    const email = newcomer();
    const invitation = await invite(`  ${email.toUpperCase()} `);
    expect(invitation).toMatchObject({ email, expiresAt: new Date(START.getTime() + 14 * DAY_MILLIS) });
    expect(await list()).toEqual([invitation]);
    const { expiresAt } = invitation;
    expect(await lastMailTo(email)).toEqual({
      ...{ kind: 'registration_invitation', to: email, locale: 'de' },
      params: {
        inviter: 'Grace Hopper',
        link: toRegistrationLink(project.origin, email),
        expiresAt: expiresAt.getTime(),
      },
    });
    const [event] = await listEvents(project.id, { type: 'identity.invited' }, { limit: 10 });
    expect(event).toMatchObject({ actorKind: 'operator', actorId: actor.id, identityId: null });
    expect(event?.details).toEqual({ invitation_id: invitation.id });
  });

  test('replaces an earlier invitation of the same address', async () => {
    const email = newcomer();
    await invite(email);
    const second = await invite(email);
    expect(await list()).toEqual([second]);
  });

  test.each(['', 'jane', 'jane@localhost', 'jane@example.com, john@example.com', 'Jane <jane@example.com>'])(
    'refuses an invalid address at its field: "%s"',
    async (email) => {
      const violations = [{ pointer: '/email', keyword: 'format' }];
      await expect(invite(email)).rejects.toMatchObject({ code: 'invalid_input', details: { violations } });
      expect(await list()).toEqual([]);
    },
  );

  test('refuses an address that has an account in this project, but not one of another project', async () => {
    const { identifiers } = await makePerson(project);
    const [email = ''] = identifiers;
    const violations = [{ pointer: '/email', keyword: 'taken' }];
    await expect(invite(email)).rejects.toMatchObject({ code: 'invalid_input', details: { violations } });
    const other = await makeProject();
    const [elsewhere = ''] = (await makePerson(other)).identifiers;
    await invite(elsewhere);
    expect(await emails()).toEqual([elsewhere]);
  });

  test.each<RegistrationMode>(['closed', 'open'])('is refused if registration is %s', async (registration) => {
    await setRegistration(registration);
    await expect(invite(newcomer())).rejects.toMatchObject({ code: 'forbidden' });
    expect(await list()).toEqual([]);
  });

  test('mails an address at most five times a day, also under concurrent calls', async () => {
    const email = newcomer();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => invite(email)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(invite(email)).rejects.toMatchObject({ code: 'rate_limited' });
    expect((await readOutbox()).filter(({ mail }) => mail.to === email)).toHaveLength(5);
    await invite(newcomer());
    vi.setSystemTime(START.getTime() + DAY_MILLIS);
    await invite(email);
    expect(await emails()).toContain(email);
  });
});

describe('listRegistrationInvitations', () => {
  test('returns open invitations, newest first, page by page', async () => {
    const invitations = [];
    for (let count = 0; count < 3; count++) invitations.unshift(await invite(newcomer()));
    const used = await invite(newcomer());
    await (await db()).invitation.update({ where: { id: used.id }, data: { consumedAt: START } });
    expect(await list(2)).toEqual(invitations.slice(0, 2));
    expect(await list(2, { before: invitations[1]?.id ?? '' })).toEqual(invitations.slice(2));
    expect(await list(1, { after: invitations[2]?.id ?? '' })).toEqual(invitations.slice(1, 2));
    expect(await listRegistrationInvitations((await makeProject()).id, { limit: 10 })).toEqual([]);
    vi.setSystemTime(START.getTime() + 14 * DAY_MILLIS);
    expect(await list()).toEqual([]);
    await purgeInvitations();
    expect(await (await db()).invitation.count({ where: { projectId: project.id } })).toBe(0);
  });
});

describe('revokeRegistrationInvitation', () => {
  test('revokes an invitation and records the event', async () => {
    const { id } = await invite(newcomer());
    await revokeRegistrationInvitation(actor, id);
    expect(await list()).toEqual([]);
    const [event] = await listEvents(project.id, { type: 'identity.invitation_revoked' }, { limit: 10 });
    expect(event).toMatchObject({ actorId: actor.id, details: { invitation_id: id } });
  });

  test('refuses one that is expired, used, unknown, of another kind or of another project', async () => {
    const expired = await invite(newcomer());
    const used = await invite(newcomer());
    await (await db()).invitation.update({ where: { id: used.id }, data: { consumedAt: START } });
    const operator = await invite(newcomer());
    await (await db()).invitation.update({ where: { id: operator.id }, data: { kind: 'operator', role: 'owner' } });
    const here = await invite(newcomer());
    const elsewhere = systemActor((await makeProject()).id);
    const refused = (by: Actor, id: string) =>
      expect(revokeRegistrationInvitation(by, id)).rejects.toMatchObject({ code: 'not_found' });
    for (const id of [used.id, operator.id, newId(), 'x', '']) await refused(actor, id);
    await refused(elsewhere, here.id);
    vi.setSystemTime(START.getTime() + 14 * DAY_MILLIS);
    await refused(actor, expired.id);
    expect(await (await db()).invitation.count({ where: { projectId: project.id } })).toBe(4);
  });
});

test('the link fills in the address if it fits on one line of a mail', () => {
  expect(toRegistrationLink('https://id.example.com', 'ada+x@example.com')).toBe(
    'https://id.example.com/login?email=ada%2Bx%40example.com',
  );
  const long = `${'x'.repeat(60)}@example.com`;
  expect(isAddress(long)).toBe(true);
  expect(toRegistrationLink('https://id.example.com', long)).toBe('https://id.example.com/login');
});
