import { getAt } from '@/lib/platform/json';
import { isVisible, toDisplayText } from '@/lib/platform/text';
import { emailOf, type Identity } from '../model';

/** First and last name, else the email. */
export function plainName(identity: Pick<Identity, 'traits' | 'verifiableAddresses'>): string {
  const full = [namePart(identity, 'first'), namePart(identity, 'last')].filter(Boolean).join(' ');
  return full || emailOf(identity) || '';
}

/** The full display name with degree, else the email. */
export function displayName(identity: Pick<Identity, 'traits' | 'verifiableAddresses'>): string {
  const name = plainName(identity);
  const degree = namePart(identity, 'academic-degree');
  return toDisplayText(degree === '' || name === emailOf(identity) ? name : `${degree} ${name}`);
}

function namePart({ traits }: Pick<Identity, 'traits'>, key: string): string {
  const value = getAt(traits, ['name', key]);
  return typeof value === 'string' && isVisible(value) ? value.trim() : '';
}
