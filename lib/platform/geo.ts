import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type CityResponse, Reader } from 'mmdb-lib';
import { type Env, env, SettingsError } from './env';
import { errorFields, log } from './log';
import { processWide } from './process-wide';
import { isolated, truncateText } from './text';

/**
 * The adapter to mmdb-lib: the place of an IP address, from the database that SIGNET_GEO_DATABASE names. Nothing is looked
 * up anywhere else.
 */
type Loaded = { file: string; version: string; reader: Reader<CityResponse> };

const state = processWide('geo', () => ({ loaded: null as Loaded | null, checkedAt: 0 }));

/** A newer file is noticed within this time: providers publish one every week. */
const CHECK_MILLIS = 10 * 60 * 1000;
const MAX_FILE_BYTES = 1024 * 1024 * 1024;
const MAX_NAME_LENGTH = 60;

/** At the start. Throws `SettingsError` if the file is missing, unreadable or no database of places. */
export function requireGeoDatabase({ geoDatabase }: Pick<Env, 'geoDatabase'> = env()): void {
  if (geoDatabase === undefined) return;
  try {
    load(geoDatabase);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError([
      `SIGNET_GEO_DATABASE: ${geoDatabase} is not a readable MaxMind database of cities or countries (${reason}). Correct the path, download the file again, or remove the setting`,
    ]);
  }
}

/**
 * "Berlin, Germany", or the country alone, isolated for a sentence; null if there is no database or the address is not in
 * it. `tag` is a BCP 47 language.
 */
export function placeOf(address: string | null, tag: string): string | null {
  const { geoDatabase } = env();
  if (geoDatabase === undefined || address === null || isIP(address) === 0) return null;
  try {
    return nameOf(current(geoDatabase).reader.get(address), tag);
  } catch (error) {
    log.warn('place not found', errorFields(error)); // a damaged record: the address itself is still shown
    return null;
  }
}

function nameOf(found: CityResponse | null, tag: string): string | null {
  const country = found?.country ?? found?.registered_country;
  const names = found?.city?.names;
  const language = tag.split('-')[0] ?? 'en';
  const city = names && (Object.entries(names).find(([name]) => name === language)?.[1] ?? names.en);
  const parts = [city, country && countryName(country.iso_code, tag)].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.map((part) => isolated(truncateText(part, MAX_NAME_LENGTH))).join(', ');
}

function countryName(code: string, tag: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  return new Intl.DisplayNames(tag, { type: 'region', fallback: 'code' }).of(code);
}

function current(file: string): Loaded {
  const holder = state;
  if (holder.loaded?.file !== file) return load(file);
  if (Date.now() - holder.checkedAt >= CHECK_MILLIS) {
    holder.checkedAt = Date.now();
    void reload(holder.loaded);
  }
  return holder.loaded;
}

function load(file: string): Loaded {
  const found = statSync(file);
  requireSize(found.size);
  return keep({ file, version: versionOf(found), reader: open(readFileSync(file)) });
}

/** Keeps the previous database if the new file is damaged, such as half copied. */
async function reload({ file, version }: Loaded): Promise<void> {
  try {
    const found = await stat(file);
    if (versionOf(found) === version) return;
    requireSize(found.size);
    keep({ file, version: versionOf(found), reader: open(await readFile(file)) });
    log.info('geo database reloaded', { detail: file });
  } catch (error) {
    log.error('geo database not reloaded', { detail: file, ...errorFields(error) });
  }
}

function keep(loaded: Loaded): Loaded {
  Object.assign(state, { loaded, checkedAt: Date.now() });
  return loaded;
}

function open(bytes: Buffer): Reader<CityResponse> {
  const reader = new Reader<CityResponse>(bytes);
  const { databaseType } = reader.metadata;
  if (!/City|Country|Location|Enterprise/i.test(databaseType)) throw new Error(`it is of the type ${databaseType}`);
  for (const address of ['8.8.8.8', ...(reader.metadata.ipVersion === 6 ? ['2001:4860:4860::8888'] : [])])
    reader.get(address);
  return reader;
}

function requireSize(bytes: number): void {
  if (bytes > MAX_FILE_BYTES) throw new Error('it is larger than 1 GiB');
}

function versionOf({ mtimeMs, size }: { mtimeMs: number; size: number }): string {
  return `${mtimeMs} ${size}`;
}
