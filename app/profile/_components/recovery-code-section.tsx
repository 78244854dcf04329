import { formatDate, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { RecoveryCodePolicy } from '@/lib/project/model';
import { FEW_RECOVERY_CODES, type RecoveryCodeSummary } from '@/lib/recovery-code/model';
import { RecoveryCodeView } from './recovery-code-view';

type Props = { summary: RecoveryCodeSummary | null; policy: RecoveryCodePolicy; locale: Locale };

/** How many recovery codes are left. Absent where they are off. */
export function RecoveryCodeSection({ summary, policy, locale }: Props) {
  if (policy === 'off') return null;
  const t = translator(locale, 'recoveryCodes');
  const isAsked = summary ? summary.left <= FEW_RECOVERY_CODES : policy === 'encouraged';
  const tone = summary ? 'warning' : 'info';
  return (
    <RecoveryCodeView
      title={t('title')}
      help={t('help')}
      text={summary ? textOf(summary, isAsked, locale) : t(isAsked ? 'encouraged' : 'none')}
      link={t(summary ? 'manage' : 'set')}
      notice={isAsked ? { tone, word: translator(locale, 'common.notice')(tone) } : null}
    />
  );
}

function textOf({ left, total, createdAt }: RecoveryCodeSummary, isFew: boolean, locale: Locale): string {
  const t = translator(locale, 'recoveryCodes');
  if (isFew) return t('few', { left });
  return t('left', { left, total: String(total), date: formatDate(createdAt, locale, 'UTC') });
}
