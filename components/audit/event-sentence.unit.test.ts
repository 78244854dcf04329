import { describe, expect, test } from 'vitest';
import { activitySentence } from '@/app/profile/_components/activity-sentence';
import type { AuditEvent } from '@/lib/audit/model';
import { PASSKEY_REFUSALS } from '@/lib/credential/model';
import { fieldName, fieldValue } from './event-fields';
import { eventSentence } from './event-sentence';

const event = (type: AuditEvent['type'], reason: string) => of(type, { reason });
const of = (type: AuditEvent['type'], details: Record<string, unknown>, ids: Partial<AuditEvent> = {}) =>
  ({ type, details, actorId: null, identityId: null, ...ids }) as unknown as AuditEvent;
const titles = new Map([
  ['/traits/name/first', 'First name'],
  ['/traits/email', 'Email'],
]);
const names = { subjectOf: () => 'Ada', programOf: (id: string) => (id === 'sc_1' ? 'Backend' : undefined), titles };
const say = (event: AuditEvent, locale: 'en' | 'de' = 'en') => eventSentence(event, names, locale);

test('says why a passkey was refused, in different words for each reason', () => {
  for (const locale of ['en', 'de'] as const) {
    const sentences = PASSKEY_REFUSALS.map((reason) => say(event('passkey.refused', reason), locale));
    expect(new Set(sentences).size).toBe(PASSKEY_REFUSALS.length);
    for (const reason of PASSKEY_REFUSALS) expect(sentences.join()).not.toContain(reason);
  }
  expect(say(event('sign_in.refused', 'wrong_origin'))).toMatch(/: passkey used on another website$/);
  expect(activitySentence(event('passkey.refused', 'framed'), 'de')).toContain('abgelehnt: Passkey auf einer Seite');
});

test('adds nothing for reasons that a person cannot act on', () => {
  expect(activitySentence(event('sign_in.refused', 'rate_limited'), 'en')).toBe('Sign-in attempt failed');
});

describe('a change of a person names', () => {
  const changed = (...pointers: string[]) =>
    say(
      of('identity.updated', {
        changes: Object.fromEntries(pointers.map((at) => [at, { before: null, after: false }])),
      }),
    );

  test('fields by the titles of the schema', () => {
    expect(changed('/traits/name/first')).toBe('Ada: First name was changed');
    expect(changed('/traits/name/first', '/external_id')).toBe('Ada: First name, External ID were changed');
  });

  test('the path of a trait that the schema no longer has', () => {
    expect(changed('/traits/desk/number')).toBe('Ada: desk / number was changed');
  });

  test('no addresses beside a changed email address', () => {
    const addresses = ['/verified/old@example.com', '/verified/new@example.com'];
    expect(changed('/traits/email', ...addresses)).toBe('Ada: Email was changed');
    expect(changed(addresses[0] ?? '')).toBe('old@example.com of Ada is no longer verified');
    expect(changed(...addresses)).toContain('Verification of old@example.com, Verification of new@example.com');
  });
});

test('every event of an API credential names it, also one recorded without its name', () => {
  for (const type of ['created', 'updated', 'rotated', 'revoked'] as const) {
    expect(say(of(`api_credential.${type}`, { client_id: 'sc_1' }))).toContain('“Backend”');
    expect(say(of(`api_credential.${type}`, { client_id: 'sc_1', name: 'Then' }))).toContain('“Then”');
    expect(say(of(`api_credential.${type}`, { client_id: 'sc_gone' }))).toContain('“sc_gone”');
  }
});

test('every event of a signing key names it', () => {
  expect(say(of('signing_key.created', { kids: ['k1'] }))).toBe('Signing key k1 was created');
  expect(say(of('signing_key.created', { kids: ['k1', 'k2'] }))).toBe('Signing keys k1, k2 were created');
  expect(say(of('signing_key.rotated', { kid: 'k2', retired: 'k1' }))).toContain('k2 signs now');
  expect(say(of('signing_key.revoked', { kid: 'k2' }))).toBe('Signing key k2 was revoked');
});

test('a deletion says whether the person did it', () => {
  expect(say(of('identity.deleted', {}, { actorId: '1', identityId: '1' }))).toBe('A user deleted their account');
  expect(say(of('identity.deleted', {}, { actorId: '2', identityId: '1' }))).toBe('A user was permanently deleted');
});

test('fields and values are words', () => {
  expect(fieldName('/verified/ada@example.com', titles, 'en')).toBe('Verification of ada@example.com');
  expect(fieldName('/session_idle_seconds', titles, 'en')).toBe('Idle timeout in seconds');
  expect(fieldName('/unknown', titles, 'de')).toBe('unknown');
  expect(fieldValue('/verified/ada@example.com', false, 'en')).toBe('Not verified');
  expect(fieldValue('/console_needs_passkey', true, 'de')).toBe('Ja');
  expect(fieldValue('/state', 'inactive', 'en')).toBe('Inactive');
  expect(fieldValue('/scopes', ['a', 'b'], 'en')).toBe('a, b');
  expect(fieldValue('/expires_at', '2026-03-01T10:00:00.000Z', 'en')).toContain('2026');
  expect(fieldValue('/waiting', [], 'en')).toBeNull();
});

test('an undo is marked as one', () => {
  const changes = { '/state': { before: 'inactive', after: 'active' } };
  const undone = of('identity.updated', { changes, undoes: '019aa1f2-7c20-7bd4-a6f7-5d1c0e9a2b38' });
  const plain = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');
  expect(plain(say(undone))).toBe('Ada was activated (by undo)');
  expect(plain(say(undone, 'de'))).toBe('Ada wurde aktiviert (durch Rückgängigmachen)');
});
