import { formatDate, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Removals } from '@/lib/operator/model';

/** What becoming an operator removes from an account. */
export function RemovalList({ removals, locale }: { removals: Removals; locale: Locale }) {
  const { passkeys, identifiers } = removals;
  if (passkeys.length + identifiers.length === 0) return null;
  const t = translator(locale, 'setup.removals');
  return (
    <div className="flex flex-col gap-2">
      <p>{t('title')}</p>
      <ul className="flex list-disc flex-col gap-1 ps-5 wrap-anywhere">
        {passkeys.map(({ id, name, createdAt }) => (
          <li key={id}>{t('passkey', { name, date: formatDate(createdAt, locale) })}</li>
        ))}
        {identifiers.map((identifier) => (
          <li key={identifier}>{t('identifier', { identifier })}</li>
        ))}
      </ul>
    </div>
  );
}
