import { describe, expect, test } from 'vitest';
import { negotiate } from './negotiate';

describe('negotiate', () => {
  test.each([
    ['the choice in this browser wins', 'en', 'de', 'en', 'de'],
    ['then the choice kept with the identity', 'en', undefined, 'de', 'de'],
    ['then the browser', 'de-AT,de;q=0.9,en;q=0.5', undefined, null, 'de'],
    ['weights decide, not the order', 'en;q=0.3, de;q=0.8', undefined, null, 'de'],
    ['a language refused with q=0 is not taken', 'de;q=0, en', undefined, null, 'en'],
    ['the first one we have', 'fr-CH, it;q=0.9, de;q=0.7, en;q=0.6', undefined, null, 'de'],
    ['any language is ours', 'fr, *;q=0.1, de;q=0.05', undefined, null, 'en'],
    ['the order decides among equals, however exact', 'en-US, de', undefined, null, 'en'],
    ['letters of any size', 'DE-at', undefined, null, 'de'],
    ['fifty languages', `${'fr, '.repeat(49)}de;q=0.5`, undefined, null, 'de'],
    ['only the first fifty count', `${'fr, '.repeat(50)}de`, undefined, null, 'en'],
    ['none of ours', 'fr, it', undefined, null, 'en'],
    ['no header', null, undefined, null, 'en'],
    ['nonsense', ';;q=,,,=;q=9', 'klingon', 'xx', 'en'],
  ])('%s', (_, header, cookie, identity, expected) => {
    expect(negotiate(header, cookie, identity)).toBe(expected);
  });
});
