import { getAt } from '@/lib/platform/json';
import { isVisible, toDisplayText } from '@/lib/platform/text';
import { emailOf, type Identity } from '../model';

/** First and last name; without them, the e-mail. */
export function plainName(identity: Pick<Identity, 'traits' | 'verifiableAddresses'>): string {
  const full = [namePart(identity, 'first'), namePart(identity, 'last')].filter(Boolean).join(' ');
  return full || emailOf(identity) || '';
}

/** The full name with degree, as it is shown; without a name, the e-mail. */
export function displayName(identity: Pick<Identity, 'traits' | 'verifiableAddresses'>): string {
  const name = plainName(identity);
  const degree = namePart(identity, 'academic-degree');
  return toDisplayText(degree === '' || name === emailOf(identity) ? name : `${degree} ${name}`);
}

function namePart({ traits }: Pick<Identity, 'traits'>, key: string): string {
  const value = getAt(traits, ['name', key]);
  return typeof value === 'string' && isVisible(value) ? value.trim() : '';
}
