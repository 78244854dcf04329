import { toReadableAddress } from '@/lib/platform/address';
import type { Json } from '@/lib/platform/json';
import { truncateBytes, truncateText } from '@/lib/platform/text';
import type { Identity } from '../model';
import { plainName } from './name';

/** Letters without their case, and one form of each character. */
function foldForSearch(value: string): string {
  return value.normalize('NFKC').toLowerCase();
}

/** A list may look at these of every row, so they stand in its indexes, and PostgreSQL bounds an index row at 2704 bytes. */
const MAX_SEARCH_TEXT_BYTES = 1000;

/**
 * Identifiers with their domains in either form, external id and all strings of the traits, one a line, in the form that search
 * compares: folded, and with the three characters that mean something to LIKE in their full width, which folding leaves
 * nowhere else.
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

/** The words that somebody looks for, each as it would stand in a search text. */
export function searchWords(typed: string): string[] {
  const words = toSearchForm(truncateText(typed, MAX_SEARCH_LENGTH).toWellFormed().replaceAll('\0', '')).split(/\s+/);
  return [...new Set(words.filter((word) => word !== ''))].slice(0, MAX_SEARCH_WORDS);
}

const FULL_WIDTH: Record<string, string> = { '%': '\uff05', _: '\uff3f', '\\': '\uff3c' };

export function toSearchForm(text: string): string {
  return foldForSearch(text).replaceAll(/[%_\\]/g, (character) => FULL_WIDTH[character] ?? character);
}

/** What a list by name goes by: the name without degree, else the identifier, folded. */
export function sortNameOf(identity: Pick<Identity, 'traits' | 'verifiableAddresses' | 'identifiers'>): string {
  const name = plainName(identity) || identity.identifiers[0] || '';
  return truncateText(foldForSearch(name), 200);
}
