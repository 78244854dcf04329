import { formatDate, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { PromotionPreview } from '@/lib/operator/model';

/** `failed`: the preview could not be loaded. */
export type PromotionState = 'loading' | 'failed' | PromotionPreview;

type Props = { name: string; state: PromotionState; locale: Locale };

/** What a promotion does to an account, shown beforehand: the remaining address and everything it removes. */
export function PromotionNotes({ name, state, locale }: Props) {
  const t = useTranslations('consoleProjects.operators.promotion');
  if (typeof state === 'string') return <p className={state === 'failed' ? 'text-danger' : 'text-muted'}>{t(state)}</p>;
  const { email, isVerified, removals } = state;
  if (!isVerified || email === null) return <p>{t('unverified', { name })}</p>;
  const { passkeys, identifiers } = removals;
  return (
    <div className="flex flex-col gap-2 wrap-anywhere">
      <p>
        {t('signIn', { name, email })} {t('mailed')}
      </p>
      {passkeys.length + identifiers.length > 0 && (
        <>
          <p>{t('removes')}</p>
          <ul className="flex list-disc flex-col gap-1 ps-5">
            {passkeys.map((passkey) => (
              <li key={passkey.id}>
                {t('passkey', { name: passkey.name, date: formatDate(passkey.createdAt, locale) })}
              </li>
            ))}
            {identifiers.map((identifier) => (
              <li key={identifier}>{t('identifier', { identifier })}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
