import { describe, expect, test } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { isFresh, isLive, isTouchDue, type Session } from './model';

const START = new Date('2026-03-01T12:00:00.000Z');
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const project = { sessionIdleSeconds: 600, sessionLifetimeSeconds: 3600 };
const identity = { id: 'i', projectId: 'p', state: 'active', revocationEpoch: 4 } as Identity;
const session: Session = {
  id: 's',
  projectId: 'p',
  identityId: 'i',
  revocationEpoch: 4,
  method: 'code',
  passkeyId: null,
  isRecovered: false,
  addressId: null,
  authenticatedAt: START,
  userAgent: '',
  address: '203.0.113.7',
  createdAt: START,
  lastSeenAt: START,
  alertId: null,
  expiresAt: later(3600),
};

describe('isLive', () => {
  test('is true until the idle timeout', () => {
    expect(isLive(session, project, identity, later(599.999))).toBe(true);
    expect(isLive(session, project, identity, later(600))).toBe(false);
    expect(isLive({ ...session, lastSeenAt: later(300) }, project, identity, later(600))).toBe(true);
  });

  test('is false after the expiry despite use', () => {
    const used = { ...session, lastSeenAt: later(3590) };
    expect(isLive(used, project, identity, later(3599.999))).toBe(true);
    expect(isLive(used, project, identity, later(3600))).toBe(false);
  });

  const now = later(1);
  test.each<[string, Partial<Session>, Partial<Identity>, Partial<typeof project>]>([
    ['the session has expired', { expiresAt: now }, {}, {}],
    ['the project has shortened the lifetime', {}, {}, { sessionLifetimeSeconds: 1 }],
    ['the project has shortened the idle timeout', {}, {}, { sessionIdleSeconds: 1 }],
    ['the identity is inactive', {}, { state: 'inactive' }, {}],
    ['the epoch was incremented', {}, { revocationEpoch: 5 }, {}],
    ['the epoch is lower', {}, { revocationEpoch: 3 }, {}],
    ['the identity is another', {}, { id: 'other' }, {}],
    ['the project is another', {}, { projectId: 'other' }, {}],
  ])('is false when only this differs: %s', (_, changedSession, changedIdentity, changedProject) => {
    expect(isLive(session, project, identity, now)).toBe(true);
    expect(
      isLive(
        { ...session, ...changedSession },
        { ...project, ...changedProject },
        { ...identity, ...changedIdentity },
        now,
      ),
    ).toBe(false);
  });
});

test('an authentication is fresh for less than 15 minutes', () => {
  expect(isFresh(session, later(899.999))).toBe(true);
  expect(isFresh(session, later(900))).toBe(false);
});

test('an update of lastSeenAt is due after a minute', () => {
  expect(isTouchDue(session, later(59.999))).toBe(false);
  expect(isTouchDue(session, later(60))).toBe(true);
});
