import { expect, test } from 'vitest';
import { reasonText } from './reason-text';

const ISOLATES = /[\u2066-\u2069]/g;
const say = (reason: string, locale: 'en' | 'de' = 'de') =>
  reasonText({ reason }, locale, (pointer) => (pointer === '/traits/email' ? 'E-Mail' : pointer)).replaceAll(
    ISOLATES,
    '',
  );

test('says known reasons in the language of the console', () => {
  expect(say('Row 3 is about the same user')).toBe('Zeile 3 meint denselben Benutzer');
  expect(say('The row has 4 cells, the header 3')).toBe('Die Zeile hat 4 Zellen, die Kopfzeile 3');
  expect(say('active: must be true or false')).toBe('active: muss true oder false sein');
  expect(say('/traits/email: must match format "email"; /traits/age: must be integer')).toBe(
    'E-Mail: hat nicht das Format „email“; /traits/age: muss vom Typ integer sein',
  );
});

test('leaves others, and English, as they are', () => {
  for (const reason of ['A reason of a later version', '/traits/x: must pass "if" keyword schema; odd'])
    expect(say(reason)).toBe(reason);
  expect(say('/traits/email: must be even')).toBe('E-Mail: must be even');
  expect(say('Row 3 is about the same user', 'en')).toBe('Row 3 is about the same user');
});
