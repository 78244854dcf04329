import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { eventually } from '@/testing/eventually';
import { makeMmdb } from '@/testing/mmdb';
import { resetEnv } from './env';
import { placeOf, requireGeoDatabase } from './geo';

const dir = mkdtempSync(path.join(tmpdir(), 'signet-geo-'));
const city = (de: string, en: string, iso: string) => ({ city: { names: { de, en } }, country: { iso_code: iso } });
const WORLD = {
  '203.0.113.0/24': city('München', 'Munich', 'DE'),
  '198.51.100.0/25': { country: { iso_code: 'FR' } },
  '192.0.2.0/24': city('x', '\u202eחיפה<b>', 'IL'),
  '2001:db8::/32': city('Wien', 'Vienna', 'AT'),
};
let files = 0;

/** Sets SIGNET_GEO_DATABASE to a file with these bytes. */
function use(bytes: Buffer): string {
  const file = path.join(dir, `${++files}.mmdb`);
  writeFileSync(file, bytes);
  return set(file);
}
function set(file: string): string {
  vi.stubEnv('SIGNET_GEO_DATABASE', file);
  vi.stubEnv('LOG_LEVEL', 'error');
  resetEnv();
  return file;
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  resetEnv();
});
afterAll(() => rmSync(dir, { recursive: true }));

test.each([
  ['203.0.113.7', 'en-GB', 'Munich, Germany'],
  ['203.0.113.7', 'de-DE', 'München, Deutschland'],
  ['203.0.113.7', 'fr-FR', 'Munich, Allemagne'],
  ['198.51.100.7', 'en-GB', 'France'],
  ['198.51.100.200', 'en-GB', null],
  ['2001:db8::1', 'de-DE', 'Wien, Österreich'],
  ['::1', 'en-GB', null],
  ['not an address', 'en-GB', null],
])('the place of %s in %s is %s', (address, tag, place) => {
  use(makeMmdb(WORLD));
  requireGeoDatabase();
  expect(placeOf(address, tag)).toBe(place);
});

test('isolates a name of another direction', () => {
  use(makeMmdb(WORLD));
  expect(placeOf('192.0.2.1', 'en-GB')).toBe('\u2068חיפה<b>\u2069, Israel');
});

test('finds nothing without a database', () => {
  expect(() => requireGeoDatabase()).not.toThrow();
  expect(placeOf('203.0.113.7', 'en-GB')).toBeNull();
});

test.each([
  ['missing', () => set(path.join(dir, 'missing.mmdb')), 'ENOENT'],
  ['empty', () => use(Buffer.alloc(0)), 'Correct the path'],
  ['a text', () => use(Buffer.from('Not Found')), 'Correct the path'],
  ['cut off', () => use(makeMmdb(WORLD).subarray(0, 200)), 'Correct the path'],
  ['of another type', () => use(makeMmdb(WORLD, 'GeoLite2-ASN')), 'GeoLite2-ASN'],
])('refuses a file that is %s at the start, naming it', (_, prepare, reason) => {
  const file = prepare();
  expect(() => requireGeoDatabase()).toThrow(`SIGNET_GEO_DATABASE: ${file} is not a readable MaxMind database`);
  expect(() => requireGeoDatabase()).toThrow(reason);
});

test('reads a newer file, and keeps the previous one while the new one is damaged', async () => {
  const file = use(makeMmdb(WORLD));
  requireGeoDatabase();
  vi.useFakeTimers({ toFake: ['Date'] });
  const replace = (bytes: Buffer, time: number) => {
    writeFileSync(file, bytes);
    utimesSync(file, time, time);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    return placeOf('203.0.113.7', 'en-GB');
  };
  const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  replace(Buffer.from('damaged'), 1_000_000);
  await eventually(() => expect(String(lines.mock.calls)).toContain('geo database not reloaded'));
  expect(placeOf('203.0.113.7', 'en-GB')).toBe('Munich, Germany');
  replace(makeMmdb({ '203.0.113.0/24': city('Köln', 'Cologne', 'DE') }), 2_000_000);
  await eventually(() => expect(placeOf('203.0.113.7', 'en-GB')).toBe('Cologne, Germany'));
  lines.mockRestore();
});
