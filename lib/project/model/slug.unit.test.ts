import { describe, expect, test } from 'vitest';
import { slugFault, toSlug } from './slug';

describe('slug', () => {
  test.each(['ab', 'acme', 'acme-2', '2nd-try', 'a'.repeat(40)])('accepts %s', (slug) => {
    expect(slugFault(slug)).toBeNull();
  });

  test.each([
    '',
    '-',
    'a',
    'Acme',
    'acme-',
    '-acme',
    'ac--me',
    'ac me',
    'ac_me',
    'ac.me',
    'äcme',
    'a'.repeat(41),
    'a/b',
    '..',
  ])('rejects %j', (slug) => {
    expect(slugFault(slug)).toBe('format');
  });

  test.each(['console', 'admin', 'localhost', 'www'])('rejects the reserved name %s', (slug) => {
    expect(slugFault(slug)).toBe('reserved');
  });

  test.each([
    ['Acme, Inc.', 'acme-inc'],
    ['  Übergröße GmbH ', 'ubergro-e-gmbh'],
    ['日本', ''],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ])('is derived from the name %s', (name, slug) => {
    expect(toSlug(name)).toBe(slug);
  });
});
