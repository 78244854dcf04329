import { toReadableAddress } from '@/lib/platform/address';
import type { Json } from '@/lib/platform/json';
import { truncateBytes, truncateText } from '@/lib/platform/text';
import type { Identity } from '../model';
import { plainName } from './name';

/** Case-folded, one form per character. */
function foldForSearch(value: string): string {
  return value.normalize('NFKC').toLowerCase();
}

/** Lists scan both for every row, so their indexes contain them; PostgreSQL limits an index row to 2704 bytes. */
const MAX_SEARCH_TEXT_BYTES = 1000;

/**
 * Identifiers with their domains in both forms, external ID and all strings of the traits, one per line, in the form
 * that search compares: folded, with LIKE's three special characters replaced by their full-width forms, which folding
 * leaves nowhere else.
 */
export function searchTextOf(identity: Pick<Identity, 'identifiers' | 'externalId' | 'traits'>): string {
  const texts = identity.identifiers.flatMap((value) => [value, toReadableAddress(value)]);
  texts.push(identity.externalId ?? '');
  const collect = (value: Json): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(identity.traits);
  const lines = new Set(texts.map(toSearchForm).filter((line) => line !== ''));
  return truncateBytes([...lines].join('\n'), MAX_SEARCH_TEXT_BYTES);
}

export const MAX_SEARCH_WORDS = 8;
export const MAX_SEARCH_LENGTH = 300;

/** The words of a query, in the form of the search text. */
export function searchWords(typed: string): string[] {
  const words = toSearchForm(truncateText(typed, MAX_SEARCH_LENGTH).toWellFormed().replaceAll('\0', '')).split(/\s+/);
  return [...new Set(words.filter((word) => word !== ''))].slice(0, MAX_SEARCH_WORDS);
}

const FULL_WIDTH: Record<string, string> = { '%': '\uff05', _: '\uff3f', '\\': '\uff3c' };

export function toSearchForm(text: string): string {
  return foldForSearch(text).replaceAll(/[%_\\]/g, (character) => FULL_WIDTH[character] ?? character);
}

/** The sort key of lists by name: the name without degree, else the identifier, folded. */
export function sortNameOf(identity: Pick<Identity, 'traits' | 'verifiableAddresses' | 'identifiers'>): string {
  const name = plainName(identity) || identity.identifiers[0] || '';
  return truncateText(foldForSearch(name), 200);
}
