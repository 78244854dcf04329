'use client';

import { type Overlap, RotateSecretDialog } from '@/components/secret/rotate-secret-dialog';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

const CHOICES: Overlap[] = ['now', 'hour', 'day', 'week', 'month'];

type Rotated = { clientSecret: string; previousEndsAt: Date };
type Props = {
  clientId: string;
  locale: Locale;
  rotate: (input: { clientId: string; overlapHours: number }) => Promise<ActionResult<Rotated>>;
};

export function RotateSecret({ clientId, locale, rotate }: Props) {
  const t = useTranslations('consoleApplications.secrets');
  return (
    <RotateSecretDialog
      words={{
        ...{ action: t('rotate'), title: t('rotateTitle'), body: t('rotateBody'), confirm: t('confirm') },
        ...{ overlap: t('overlap'), nowHelp: t('nowHelp') },
      }}
      overlaps={CHOICES.map((choice) => [choice, t(`overlaps.${choice}`)])}
      rotate={(overlapHours) => rotate({ clientId, overlapHours })}
    >
      {(rotated, shown) => <NewSecret rotated={rotated} {...shown} locale={locale} />}
    </RotateSecretDialog>
  );
}

type NewSecretProps = { rotated: Rotated; isEnded: boolean; locale: Locale; onClose: () => void };

/** Lives only in this dialog's memory. Only "OK" closes it, and leaving the tab asks first. */
function NewSecret({ rotated, isEnded, locale, onClose }: NewSecretProps) {
  const t = useTranslations('consoleApplications.secrets');
  const words = useTranslations('consoleApplications.connection');
  const common = useTranslations('common');
  useUnsavedChanges(true);
  const date = () => (
    <time dateTime={rotated.previousEndsAt.toISOString()}>{formatExact(rotated.previousEndsAt, locale)}</time>
  );
  return (
    <Dialog
      isOpen
      isInFront
      onOpenChange={onClose}
      title={t('rotatedTitle')}
      description={
        <>
          <p>{t('rotatedBody')}</p>
          <p>{isEnded ? t('ended') : t.rich('endsAt', { date })}</p>
        </>
      }
      actions={
        <Button variant="primary" onClick={onClose}>
          {t('ok')}
        </Button>
      }
    >
      <CopyField
        name="shown-client-secret"
        label={words('clientSecret')}
        value={rotated.clientSecret}
        copy={{ label: words('copyClientSecret'), text: common('copy'), copiedText: common('copied') }}
      />
    </Dialog>
  );
}
