import { getAt } from '@/lib/platform/json';
import { isVisible, toDisplayText, truncateText } from '@/lib/platform/text';
import { emailOf, type Identity } from '../model';

/** Longer names are cut in greetings. */
const MAX_GREETING_LENGTH = 60;

/** First and last name for a greeting, or undefined if the traits have none. */
export function greetingName({ traits }: Pick<Identity, 'traits'>): string | undefined {
  const full = [namePart({ traits }, 'first'), namePart({ traits }, 'last')].filter(Boolean).join(' ');
  return truncateText(toDisplayText(full).trim(), MAX_GREETING_LENGTH) || undefined;
}

/** How a mail addresses a person: by name, with their picture. */
export function greetingOf(identity: Pick<Identity, 'traits' | 'pictureId'>): { name?: string; picture?: string } {
  const name = greetingName(identity);
  const { pictureId } = identity;
  return { ...(name !== undefined && { name }), ...(pictureId !== null && { picture: pictureId }) };
}

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
