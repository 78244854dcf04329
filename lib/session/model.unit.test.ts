import { describe, expect, test } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { isFresh, isLive, isTouchDue, type Session, toStoredUserAgent } from './model';

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
  expiresAt: later(3600),
};

describe('isLive', () => {
  test('a session is live until its idle time is over', () => {
    expect(isLive(session, project, identity, later(599.999))).toBe(true);
    expect(isLive(session, project, identity, later(600))).toBe(false);
    expect(isLive({ ...session, lastSeenAt: later(300) }, project, identity, later(600))).toBe(true);
  });

  test('use does not carry it past its absolute end', () => {
    const used = { ...session, lastSeenAt: later(3590) };
    expect(isLive(used, project, identity, later(3599.999))).toBe(true);
    expect(isLive(used, project, identity, later(3600))).toBe(false);
  });

  const now = later(1);
  test.each<[string, Partial<Session>, Partial<Identity>, Partial<typeof project>]>([
    ['its own end has come', { expiresAt: now }, {}, {}],
    ['the project made lifetimes shorter since', {}, {}, { sessionLifetimeSeconds: 1 }],
    ['the project made the idle time shorter since', {}, {}, { sessionIdleSeconds: 1 }],
    ['the identity is inactive', {}, { state: 'inactive' }, {}],
    ['the epoch was raised', {}, { revocationEpoch: 5 }, {}],
    ['the epoch is of an older identity', {}, { revocationEpoch: 3 }, {}],
    ['it is of another identity', {}, { id: 'other' }, {}],
    ['it is of another project', {}, { projectId: 'other' }, {}],
  ])('each reason alone ends it: %s', (_, changedSession, changedIdentity, changedProject) => {
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

test('an authentication is fresh for 15 minutes, not longer', () => {
  expect(isFresh(session, later(899.999))).toBe(true);
  expect(isFresh(session, later(900))).toBe(false);
});

test('a sighting is due for writing a minute after the last one', () => {
  expect(isTouchDue(session, later(59.999))).toBe(false);
  expect(isTouchDue(session, later(60))).toBe(true);
});

test('a stored User-Agent is bounded and has no control characters', () => {
  expect(toStoredUserAgent('a\0b\r\nc\u{202e}d')).toBe('abcd');
  expect(toStoredUserAgent('x'.repeat(5000))).toHaveLength(512);
  expect(toStoredUserAgent(null)).toBe('');
});
