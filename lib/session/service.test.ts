import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, createIdentity, deleteIdentity, getIdentity } from '@/lib/identity/service';
import { type Actor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { ensureDefaultSchema } from '@/lib/schema/service';
import { MAX_SESSIONS, type Session } from './model';
import {
  endAllSessions,
  endCurrentSession,
  endOtherSessions,
  endSession,
  findSession,
  findSessionOwner,
  getSession,
  listIdentitySessions,
  listSessions,
  openSession,
  purgeExpiredSessions,
  touchSession,
} from './service';

const START = new Date('2026-03-01T12:00:00.000Z');
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const DAY = 24 * 60 * 60;
let project: Project;
let system: Actor;
let people = 0;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const person = () => createIdentity(system, { traits: { email: `person-${++people}@example.com` } });
const actorOf = (identity: Identity): Actor => ({ ...system, kind: 'identity', id: identity.id });
const open = (identity: Identity, more: Partial<Parameters<typeof openSession>[2]> = {}): Promise<Session> =>
  transaction((tx) =>
    openSession(tx, actorOf(identity), {
      project,
      identity,
      method: 'code',
      userAgent: FIREFOX,
      address: '203.0.113.7',
      ...more,
    }),
  );
const isOpen = async (session: Session) => (await findSession(project.id, session.id)) !== null;
const proofOf = (identity: Identity, session: Session) => ({ project, identity, session, actor: actorOf(identity) });
const eventsOf = async (identity: Identity) =>
  (await listIdentityEvents(project.id, identity.id, 50)).filter(({ type }) => type.startsWith('session.')).reverse();

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  await ensureDefaultSchema(project.id);
  system = systemActor(project.id);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('openSession', () => {
  test('opens a session that findSession returns, and records an event', async () => {
    const identity = await person();
    const session = await open(identity, { method: 'passkey', passkeyId: 'p1' });
    const signedIn = { ...identity, signedInAt: START };
    expect(await findSession(project.id, session.id)).toEqual({ project, session, identity: signedIn });
    expect(session).toMatchObject({ method: 'passkey', passkeyId: 'p1', address: '203.0.113.7', userAgent: FIREFOX });
    expect(session.expiresAt.getTime() - START.getTime()).toBe(project.sessionLifetimeSeconds * 1000);
    const [event] = await eventsOf(identity);
    expect(event).toMatchObject({ type: 'session.started', actorId: identity.id });
    expect(event?.details).toMatchObject({ session_id: session.id, method: 'passkey', device: { browser: 'Firefox' } });
  });

  // ASVS 7.2.2, ASVS 7.2.4
  test('uses a new ID and ends the replaced session', async () => {
    const identity = await person();
    const before = await open(identity);
    const session = await open(identity, { replaces: before.id });
    expect(session.id).not.toBe(before.id);
    expect(await isOpen(before)).toBe(false);
    expect(await isOpen(session)).toBe(true);
    const events = await eventsOf(identity);
    expect(events.map(({ type }) => type)).toEqual(['session.started', 'session.replaced']);
    expect(events[1]?.details).toMatchObject({ replaces: before.id });
  });

  test("ends another identity's session in the same browser", async () => {
    const [first, second] = [await person(), await person()];
    const before = await open(first);
    await open(second, { replaces: before.id });
    expect(await isOpen(before)).toBe(false);
    expect((await eventsOf(first)).map(({ type }) => type)).toEqual(['session.started', 'session.ended']);
    expect((await eventsOf(second)).map(({ type }) => type)).toEqual(['session.started']);
  });

  test.each(['', 'no-id', newId()])('ignores an unknown session to replace: "%s"', async (replaces) => {
    const session = await open(await person(), { replaces });
    expect(await isOpen(session)).toBe(true);
  });

  test('refuses an inactive identity', async () => {
    const identity = await person();
    const inactive = await changeIdentity(system, identity.id, () => ({ state: 'inactive' }));
    await expect(open(inactive)).rejects.toMatchObject({ code: 'inactive_identity' });
  });

  test('refuses an identity deleted after it was read', async () => {
    const identity = await person();
    await deleteIdentity(system, identity.id);
    await expect(open(identity)).rejects.toMatchObject({ code: 'inactive_identity' });
  });

  test('opens an ended session for an identity deactivated and reactivated after it was read', async () => {
    const identity = await person();
    await changeIdentity(system, identity.id, () => ({ state: 'inactive' }));
    await changeIdentity(system, identity.id, () => ({ state: 'active' }));
    expect(await isOpen(await open(identity))).toBe(false);
  });
});

describe('findSession', () => {
  // ASVS 7.3.1
  test('GHSA-w9fp-wv6g-pqv8: returns null after the idle timeout', async () => {
    const session = await open(await person());
    at(project.sessionIdleSeconds - 1);
    expect(await isOpen(session)).toBe(true);
    at(project.sessionIdleSeconds);
    expect(await isOpen(session)).toBe(false);
  });

  // ASVS 7.3.2
  test('GHSA-w9fp-wv6g-pqv8: returns null after the lifetime, even with constant use', async () => {
    const session = await open(await person());
    for (let seconds = 6 * DAY; seconds < project.sessionLifetimeSeconds; seconds += 6 * DAY) {
      at(seconds);
      const found = await findSession(project.id, session.id);
      expect(found).not.toBeNull();
      if (found) await touchSession(found.session, '203.0.113.7');
    }
    at(project.sessionLifetimeSeconds);
    expect(await isOpen(session)).toBe(false);
  });

  test('returns null after deactivation, even after reactivation', async () => {
    const identity = await person();
    const session = await open(identity);
    await changeIdentity(system, identity.id, () => ({ state: 'inactive' }));
    expect(await isOpen(session)).toBe(false);
    await changeIdentity(system, identity.id, () => ({ state: 'active' }));
    expect(await isOpen(session)).toBe(false);
  });

  test('returns null after deletion of the identity', async () => {
    const identity = await person();
    const session = await open(identity);
    await deleteIdentity(system, identity.id);
    expect(await isOpen(session)).toBe(false);
    expect(await (await db()).session.count({ where: { id: session.id } })).toBe(0);
  });

  test('returns null for another project and for malformed IDs', async () => {
    const session = await open(await person());
    const other = { ...(await (await db()).project.findUniqueOrThrow({ where: { id: project.id } })), id: newId() };
    await (await db()).project.create({ data: { ...other, slug: other.id } });
    await (await db()).projectOrigin.create({
      data: {
        id: newId(),
        projectId: other.id,
        origin: 'https://b.example',
        host: 'b.example',
        isPrimary: true,
        createdAt: START,
      },
    });
    expect(await findSession(other.id, session.id)).toBeNull();
    expect(await findSession(project.id, session.id.toUpperCase())).toBeNull();
    expect(await findSession(project.id, '')).toBeNull();
    expect(await isOpen(session)).toBe(true);
  });
});

describe('touchSession', () => {
  test('writes at most once a minute, also when called concurrently', async () => {
    const session = await open(await person());
    at(59);
    expect(await touchSession(session, '203.0.113.8')).toBe(false);
    at(60);
    const wrote = await Promise.all([1, 2, 3, 4].map(() => touchSession(session, '203.0.113.8')));
    expect(wrote.filter(Boolean)).toHaveLength(1);
    const found = await findSession(project.id, session.id);
    expect(found?.session).toMatchObject({ lastSeenAt: new Date(START.getTime() + 60_000), address: '203.0.113.8' });
  });

  test('does not change the version of the identity', async () => {
    const identity = await person();
    const session = await open(identity);
    at(120);
    await touchSession(session, '203.0.113.8');
    expect((await getIdentity(project.id, identity.id)).version).toBe(identity.version);
  });
});

describe('listSessions', () => {
  test('returns live sessions, the current one first, then most recently seen first', async () => {
    const identity = await person();
    const old = await open(identity);
    at(2 * DAY);
    const current = await open(identity, { userAgent: FIREFOX });
    at(3 * DAY);
    const late = await open(identity, { userAgent: '' });
    at(project.sessionIdleSeconds);
    await open(await person());
    const listed = await listSessions(proofOf(identity, current));
    expect(listed.map(({ session, isCurrent }) => [session.id, isCurrent])).toEqual([
      [current.id, true],
      [late.id, false],
    ]);
    expect(listed.map(({ device }) => device.browser)).toEqual(['Firefox', null]);
    expect(await isOpen(old)).toBe(false);
  });
});

describe('the session limit', () => {
  test('ends the oldest session with an event when another one starts', async () => {
    const [identity, other] = [await person(), await person()];
    const theirs = await open(other);
    const all: Session[] = [];
    for (let opened = 0; opened < MAX_SESSIONS; opened++) all.push(await open(identity));
    const [oldest, second] = all as [Session, Session];
    expect(await isOpen(oldest)).toBe(true);
    await open(identity);
    expect([await isOpen(oldest), await isOpen(second), await isOpen(theirs)]).toEqual([false, true, true]);
    expect(await listSessions(proofOf(identity, second))).toHaveLength(MAX_SESSIONS);
    const ended = (await eventsOf(identity)).filter(({ type }) => type === 'session.ended');
    expect(ended).toMatchObject([{ details: { session_id: oldest.id, reason: 'too_many_sessions' } }]);
    await open(identity, { replaces: second.id }); // a replacement ends no other session
    expect(await listIdentitySessions(project, identity)).toHaveLength(MAX_SESSIONS);
    expect(await isOpen(all[2] as Session)).toBe(true);
  });

  test('bounds the listed sessions', async () => {
    const identity = await person();
    const session = await open(identity);
    const copies = Array.from({ length: 3 * MAX_SESSIONS }, () => ({ ...session, id: newId() }));
    await (await db()).session.createMany({ data: copies });
    expect((await listIdentitySessions(project, identity)).length).toBeLessThanOrEqual(2 * MAX_SESSIONS);
    await open(identity);
    expect(await (await db()).session.count({ where: { identityId: identity.id } })).toBe(MAX_SESSIONS);
  });
});

describe('ending', () => {
  test('endCurrentSession records one event and accepts an ended session', async () => {
    const identity = await person();
    const session = await open(identity);
    for (let round = 0; round < 2; round++) await endCurrentSession(proofOf(identity, session));
    expect(await isOpen(session)).toBe(false);
    expect((await eventsOf(identity)).map(({ type }) => type)).toEqual(['session.started', 'session.ended']);
  });

  test('endSession ends one session and keeps the others', async () => {
    const identity = await person();
    const [one, two] = [await open(identity), await open(identity)];
    await endSession(actorOf(identity), identity.id, one.id);
    expect([await isOpen(one), await isOpen(two)]).toEqual([false, true]);
    expect((await eventsOf(identity)).at(-1)).toMatchObject({ type: 'session.ended', details: { session_id: one.id } });
    await expect(endSession(actorOf(identity), identity.id, one.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test("endSession and getSession refuse another identity's session", async () => {
    const [mine, theirs] = [await person(), await person()];
    const session = await open(theirs);
    await expect(endSession(actorOf(mine), mine.id, session.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getSession(project, mine, session.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(endSession({ ...actorOf(theirs), projectId: newId() }, theirs.id, session.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await isOpen(session)).toBe(true);
    expect(await getSession(project, theirs, session.id)).toEqual(session);
    expect(await findSessionOwner(project.id, session.id)).toBe(theirs.id);
    expect(await findSessionOwner(newId(), session.id)).toBeNull();
  });

  test('endOtherSessions keeps the current session', async () => {
    const [identity, other] = [await person(), await person()];
    const others = [await open(identity), await open(identity)];
    const current = await open(identity);
    const foreign = await open(other);
    expect(await endOtherSessions(proofOf(identity, current))).toBe(2);
    expect(await Promise.all([...others, current, foreign].map(isOpen))).toEqual([false, false, true, true]);
    expect((await eventsOf(identity)).at(-1)?.details).toEqual({ count: 2, scope: 'others' });
    expect(await endOtherSessions(proofOf(identity, current))).toBe(0);
    expect(await eventsOf(identity)).toHaveLength(4);
  });

  test('endAllSessions does not change the epoch', async () => {
    const identity = await person();
    const sessions = [await open(identity), await open(identity)];
    expect(await endAllSessions(system, identity.id)).toBe(2);
    expect(await Promise.all(sessions.map(isOpen))).toEqual([false, false]);
    expect(await getIdentity(project.id, identity.id)).toEqual({ ...identity, signedInAt: START });
  });

  test('a rollback ends no session', async () => {
    const identity = await person();
    const session = await open(identity);
    const failed = transaction(async (tx) => {
      await endAllSessions(system, identity.id, { tx });
      throw new Error('rollback');
    });
    await expect(failed).rejects.toThrow('rollback');
    expect(await isOpen(session)).toBe(true);
  });
});

test('purgeExpiredSessions removes expired sessions only', async () => {
  const identity = await person();
  const old = await open(identity);
  at(DAY);
  const young = await open(identity);
  at(project.sessionLifetimeSeconds);
  await purgeExpiredSessions();
  const left = await (await db()).session.findMany({ where: { identityId: identity.id }, select: { id: true } });
  expect(left).toEqual([{ id: young.id }]);
  expect(left).not.toContainEqual({ id: old.id });
});
