'use client';

import type { ShownSecret } from '@/components/api-credential/credential-commands';
import { SecretDialog } from '@/components/api-credential/secret-dialog';
import { type Overlap, RotateSecretDialog } from '@/components/secret/rotate-secret-dialog';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

const CHOICES: Overlap[] = ['now', 'hour', 'day', 'week', 'month'];

type Rotated = ShownSecret & { previousEndsAt: Date };
type Props = {
  clientId: string;
  locale: Locale;
  rotate: (input: { clientId: string; overlapHours: number }) => Promise<ActionResult<Rotated>>;
};

export function RotateSecret({ clientId, locale, rotate }: Props) {
  const t = useTranslations('consoleCredentials.rotate');
  const words = useTranslations('consoleCredentials.secret');
  return (
    <RotateSecretDialog
      words={{
        ...{ action: t('action'), title: t('dialogTitle'), body: t('dialogBody'), confirm: t('confirm') },
        ...{ overlap: t('overlap'), nowHelp: t('nowHelp') },
      }}
      overlaps={CHOICES.map((choice) => [choice, t(`overlaps.${choice}`)])}
      rotate={(overlapHours) => rotate({ clientId, overlapHours })}
    >
      {(rotated, { isEnded, onClose }) => (
        <SecretDialog
          secret={rotated}
          title={words('rotatedTitle')}
          note={
            isEnded
              ? words('previousEnded')
              : words.rich('previousEnds', { date: () => <Exact value={rotated.previousEndsAt} locale={locale} /> })
          }
          onClose={onClose}
        />
      )}
    </RotateSecretDialog>
  );
}

function Exact({ value, locale }: { value: Date; locale: Locale }) {
  return <time dateTime={value.toISOString()}>{formatExact(value, locale)}</time>;
}
