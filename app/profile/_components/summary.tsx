import type { ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/layout/card';
import { formatList, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { emailOf, type Identity } from '@/lib/identity/model';
import { displayName, plainName } from '@/lib/identity/model/name';

type Props = {
  identity: Identity;
  locale: Locale;
  /** Buttons, at the end. */
  children?: ReactNode;
};

/** Name, email and status of the account. */
export function Summary({ identity, locale, children }: Props) {
  const t = translator(locale, 'profile.summary');
  const name = displayName(identity);
  const email = emailOf(identity);
  const others = identity.identifiers.filter((identifier) => identifier !== email);
  const isVerified = identity.verifiableAddresses.some((address) => address.value === email && address.verified);
  return (
    <section aria-label={t('label')} className="pb-8">
      <Card className="flex flex-wrap items-center gap-4">
        <Avatar name={plainName(identity)} size="large" />
        <div className="flex min-w-0 flex-[1_1_12rem] flex-col gap-0.5">
          {name !== email && <span className="font-semibold wrap-anywhere">{name}</span>}
          {email && (
            <span className="flex flex-wrap items-center gap-2 text-muted">
              <span className="min-w-0 wrap-anywhere">{email}</span>
              <Badge tone={isVerified ? 'success' : 'warning'}>{t(isVerified ? 'verified' : 'unverified')}</Badge>
            </span>
          )}
          {others.length > 0 && (
            <span className="text-sm text-muted wrap-anywhere">
              {t('alsoWith', { identifiers: formatList(others, locale) })}
            </span>
          )}
        </div>
        {children}
      </Card>
    </section>
  );
}
