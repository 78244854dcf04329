import { describe, expect, test } from 'vitest';
import { translator } from './translate';

const say = (name: string) => translator('en', 'activity')('passkey.added', { name });

describe('what is put into a sentence', () => {
  test('comes out as it is where it turns nothing', () => {
    for (const name of ['iPhone', 'Zoë’s “key”', '字 🔑 👩‍👩‍👧', 'ไทย', 'Việt\u0303']) {
      expect(say(name)).toBe(`Passkey “${name.normalize('NFC')}” added`);
    }
  });

  test('turns its own direction only', () => {
    expect(say('מפתח')).toBe('Passkey “\u2068מפתח\u2069” added');
    expect(say('a\u202egnp.exe')).toBe('Passkey “agnp.exe” added');
    // Neither an end of its own nor a beginning without one leads out of the isolate.
    expect(say('\u2069\u202eמפתח\u2066\u202a')).toBe('Passkey “\u2068מפתח\u2069” added');
  });

  test('stays on its line, with marks that do not pile up', () => {
    expect(say('key\r\n\r\nPassword: 1\u2028x')).toBe('Passkey “key Password: 1 x” added');
    expect(say(`z${'\u0301'.repeat(100)}`).match(/\p{M}/gu)?.length).toBeLessThanOrEqual(9);
  });

  test('twice is as good as once', () => {
    expect(say('\u2068מפתח\u2069')).toBe(say('מפתח'));
  });

  test('numbers and choices are left alone', () => {
    expect(translator('en', 'activity')('session.started', { method: 'passkey' })).toBe('Signed in with a passkey');
  });
});
