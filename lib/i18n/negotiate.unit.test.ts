import { describe, expect, test } from 'vitest';
import { CONSOLE_LOCALES } from './model';
import { negotiate } from './negotiate';

describe('negotiate', () => {
  test.each([
    ['the choice in this browser wins', 'en', 'de', 'en', 'de'],
    ['then the choice kept with the identity', 'en', undefined, 'de', 'de'],
    ['then the browser', 'de-AT,de;q=0.9,en;q=0.5', undefined, null, 'de'],
    ['weights decide, not the order', 'en;q=0.3, de;q=0.8', undefined, null, 'de'],
    ['a language refused with q=0 is not taken', 'de;q=0, en', undefined, null, 'en'],
    ['the first one we have', 'pt-BR, it;q=0.9, de;q=0.7, en;q=0.6', undefined, null, 'de'],
    ['French of Switzerland', 'fr-CH, de;q=0.7', undefined, null, 'fr'],
    ['Spanish of Latin America', 'es-419', undefined, null, 'es'],
    ['Arabic of Egypt', 'ar-EG, en;q=0.5', undefined, null, 'ar'],
    ['any language is ours', 'it, *;q=0.1, de;q=0.05', undefined, null, 'en'],
    ['the order decides among equals, however exact', 'en-US, de', undefined, null, 'en'],
    ['letters of any size', 'DE-at', undefined, null, 'de'],
    ['fifty languages', `${'it, '.repeat(49)}de;q=0.5`, undefined, null, 'de'],
    ['only the first fifty count', `${'it, '.repeat(50)}de`, undefined, null, 'en'],
    ['none of ours', 'pt, it', undefined, null, 'en'],
    ['no header', null, undefined, null, 'en'],
    ['nonsense', ';;q=,,,=;q=9', 'klingon', 'xx', 'en'],
  ])('%s', (_, header, cookie, identity, expected) => {
    expect(negotiate(header, cookie, identity)).toBe(expected);
  });

  test.each([
    ['a choice the console lacks is English', 'en', 'ar', 'ar', 'en'],
    ['unless the browser has another one', 'ar, de;q=0.5', 'ar', 'ar', 'de'],
    ['the choice in this browser', 'fr', 'de', 'fr', 'de'],
    ['the choice kept with the identity', 'fr', 'fr', 'de', 'de'],
    ['a browser in a language it lacks', 'fr-FR, es', undefined, null, 'en'],
  ])('in the console: %s', (_, header, cookie, identity, expected) => {
    expect(negotiate(header, cookie, identity, CONSOLE_LOCALES)).toBe(expected);
  });
});
