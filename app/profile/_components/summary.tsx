import type { ReactNode } from 'react';
import { formatList, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { emailOf, type Identity } from '@/lib/identity/model';
import { displayName, plainName } from '@/lib/identity/model/name';
import { toPicturePath } from '@/lib/picture/model';
import { SummaryCard } from './summary-card';

type Props = {
  identity: Identity;
  locale: Locale;
  /** With a link to the settings. */
  hasSettings?: boolean;
  /** Buttons, at the end. */
  children?: ReactNode;
};

/** Name, email and status of the account. */
export function Summary({ identity, locale, hasSettings = false, children }: Props) {
  const t = translator(locale, 'profile.summary');
  const name = displayName(identity);
  const email = emailOf(identity);
  const others = identity.identifiers.filter((identifier) => identifier !== email);
  const isVerified = identity.verifiableAddresses.some((address) => address.value === email && address.verified);
  return (
    <SummaryCard
      label={t('label')}
      name={name === email ? undefined : name}
      plainName={plainName(identity)}
      picture={toPicturePath(identity.pictureId)}
      email={email}
      status={{ isVerified, text: t(isVerified ? 'verified' : 'unverified') }}
      alsoWith={others.length > 0 ? t('alsoWith', { identifiers: formatList(others, locale) }) : undefined}
      settings={hasSettings ? t('settings') : undefined}
    >
      {children}
    </SummaryCard>
  );
}
