import { describe, expect, test } from 'vitest';
import { translator } from './translate';

const say = (name: string) => translator('en', 'activity')('passkey.added', { name });

describe('an inserted value', () => {
  test('is unchanged when it has no direction of its own', () => {
    for (const name of ['iPhone', 'Zoë’s “key”', '字 🔑 👩‍👩‍👧', 'ไทย', 'Việt\u0303']) {
      expect(say(name)).toBe(`Passkey “${name.normalize('NFC')}” added`);
    }
  });

  test('is isolated when it runs from right to left', () => {
    expect(say('מפתח')).toBe('Passkey “\u2068מפתח\u2069” added');
    expect(say('a\u202egnp.exe')).toBe('Passkey “agnp.exe” added');
    // Its own direction characters cannot end the isolate.
    expect(say('\u2069\u202eמפתח\u2066\u202a')).toBe('Passkey “\u2068מפתח\u2069” added');
  });

  test('stays on one line, without stacked marks', () => {
    expect(say('key\r\n\r\nPassword: 1\u2028x')).toBe('Passkey “key Password: 1 x” added');
    expect(say(`z${'\u0301'.repeat(100)}`).match(/\p{M}/gu)?.length).toBeLessThanOrEqual(9);
  });

  test('is isolated once when wrapped twice', () => {
    expect(say('\u2068מפתח\u2069')).toBe(say('מפתח'));
  });

  test('is isolated in Arabic when it runs from left to right', () => {
    const t = translator('ar', 'activity');
    expect(t('passkey.added', { name: 'iPhone 15 (+)' })).toContain('«\u2068iPhone 15 (+)\u2069»');
    expect(t('identity.email_changed', { email: 'a@b.example' })).toContain('\u2068a@b.example\u2069');
    expect(t('passkey.added', { name: 'iPhone' })).toContain('«iPhone»');
    expect(t('session.started', { method: 'passkey' })).toBe('تسجيل دخول بمفتاح مرور');
  });

  test('leaves numbers and choices unchanged', () => {
    expect(translator('en', 'activity')('session.started', { method: 'passkey' })).toBe('Signed in with a passkey');
  });
});
