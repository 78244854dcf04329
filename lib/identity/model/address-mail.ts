import { firstLocale, type Locale } from '@/lib/i18n/model';
import type { Mail } from '@/lib/mail/model';
import { sourceOf } from '@/lib/mail/model/source';
import type { Actor } from '@/lib/platform/actor';
import { emailOf, type Identity } from '../model';
import { greetingOf } from './name';

type Envelope = Pick<Mail, 'to' | 'locale' | 'name' | 'picture' | 'source'>;

/**
 * Recipient, language and greeting of a notice to an identity, or null without an address. `actor`: names the browser of
 * the cause, if the person acts themselves. `locale`: for a person who has chosen no language.
 */
export function addressMail(
  identity: Identity,
  { actor, locale }: { actor?: Actor; locale?: Locale } = {},
): Envelope | null {
  const to = emailOf(identity);
  if (to === null) return null;
  const isOwn = actor?.kind === 'identity' && actor.id === identity.id;
  return {
    to,
    locale: firstLocale(identity.locale, locale),
    ...greetingOf(identity),
    ...(isOwn && { source: sourceOf(actor) }),
  };
}
