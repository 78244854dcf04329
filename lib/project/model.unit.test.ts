import { describe, expect, test } from 'vitest';
import { defaultOrigin, isOffTheAir, logoMediaType, originOffTheAir, readOrigin, slugFault, toSlug } from './model';

describe('a slug', () => {
  test.each(['ab', 'acme', 'acme-2', '2nd-try', 'a'.repeat(40)])('%s', (slug) => {
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
  ])('not %j', (slug) => {
    expect(slugFault(slug)).toBe('format');
  });

  test.each(['console', 'admin', 'localhost', 'www'])('not %s, which means something else', (slug) => {
    expect(slugFault(slug)).toBe('reserved');
  });

  test.each([
    ['Acme, Inc.', 'acme-inc'],
    ['  Übergröße GmbH ', 'ubergro-e-gmbh'],
    ['日本', ''],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ])('is made from the name %s', (name, slug) => {
    expect(toSlug(name)).toBe(slug);
  });
});

describe('an origin', () => {
  test.each([
    ['https://id.example.com', 'https://id.example.com'],
    ['  HTTPS://ID.Example.com:443/ ', 'https://id.example.com'],
    ['https://id.example.com:8443', 'https://id.example.com:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://acme.localhost:3000', 'http://acme.localhost:3000'],
  ])('%s', (text, origin) => {
    expect(readOrigin(text)).toEqual({ origin });
  });

  test.each([
    ['', 'format'],
    ['id.example.com', 'format'],
    ['//id.example.com', 'format'],
    ['https://*.example.com', 'format'],
    ['https://id.example.com.', 'format'],
    ['https://a_b.example.com', 'format'],
    ['https://user@id.example.com', 'format'],
    ['https://deleted.invalid', 'format'],
    ['http://id.example.com', 'scheme'],
    ['http://localhost.example.com', 'scheme'],
    ['ftp://id.example.com', 'scheme'],
    ['javascript://id.example.com', 'scheme'],
    ['https://id.example.com/login', 'path'],
    ['https://id.example.com?', 'path'],
    ['https://id.example.com/#x', 'path'],
    ['https://192.0.2.1', 'address'],
    ['https://0x7f.1', 'address'],
    ['https://[2001:db8::1]', 'address'],
  ])('not %j: %s', (text, fault) => {
    expect(readOrigin(text)).toEqual({ fault });
  });

  test('stands beside the first one on the machine of a developer, and nowhere else', () => {
    expect(defaultOrigin('http://localhost:3000', 'acme')).toBe('http://acme.localhost:3000');
    expect(defaultOrigin('http://localhost', 'acme')).toBe('http://acme.localhost');
    expect(defaultOrigin('https://id.example.com', 'acme')).toBeNull();
  });

  test('of a project that is being deleted is told from any other', () => {
    expect(isOffTheAir({ origin: originOffTheAir('0190') })).toBe(true);
    expect(isOffTheAir({ origin: 'https://invalid.example.com' })).toBe(false);
  });
});

describe('a picture is what its bytes say', () => {
  const bytes = (...parts: Array<number[] | string>) => Buffer.concat(parts.map((part) => Buffer.from(part as never)));

  test.each([
    ['image/png', bytes([0x89], 'PNG\r\n', [0x1a], '\n', [0, 0])],
    ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['image/webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
  ])('%s', (mediaType, picture) => {
    expect(logoMediaType(picture)).toBe(mediaType);
  });

  test.each([
    ['nothing', bytes()],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['GIF', bytes('GIF89a')],
    ['HTML', bytes('<!doctype html>')],
    ['sound in the frame of WebP', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
    ['half a signature', bytes([0x89], 'PNG')],
  ])('not %s', (_, content) => {
    expect(logoMediaType(content)).toBeNull();
  });
});
