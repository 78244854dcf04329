'use client';

import { type Overlap, RotateSecretDialog } from '@/components/secret/rotate-secret-dialog';
import { WebhookSecretDialog } from '@/components/webhook/webhook-secret-dialog';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

const CHOICES = ['now', 'hour', 'day', 'week'] as const satisfies Overlap[];

type Rotated = { secret: string; previousUntil: Date | null };
type Props = {
  id: string;
  locale: Locale;
  rotate: (input: { id: string; overlapHours: number }) => Promise<ActionResult<Rotated>>;
};

export function RotateSecret({ id, locale, rotate }: Props) {
  const t = useTranslations('consoleWebhooks.rotate');
  const words = useTranslations('consoleWebhooks.secret');
  return (
    <RotateSecretDialog
      words={{
        ...{ action: t('action'), title: t('title'), body: t('body'), confirm: t('confirm') },
        ...{ overlap: t('overlap'), nowHelp: t('nowHelp') },
      }}
      overlaps={CHOICES.map((choice) => [choice, t(`overlaps.${choice}`)])}
      rotate={(overlapHours) => rotate({ id, overlapHours })}
    >
      {({ secret, previousUntil }, { onClose }) => (
        <WebhookSecretDialog
          secret={secret}
          title={words('rotatedTitle')}
          note={
            previousUntil === null
              ? words('previousEnded')
              : words('previousEnds', { date: formatExact(previousUntil, locale) })
          }
          onClose={onClose}
        />
      )}
    </RotateSecretDialog>
  );
}
