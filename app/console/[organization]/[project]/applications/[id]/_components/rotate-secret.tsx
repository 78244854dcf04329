'use client';

import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';
import { RadioField } from '@/components/ui/form/radio-field';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { RefreshCw } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

/** How long the previous secret keeps working, in hours. */
const OVERLAPS = { now: 0, hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;
type Overlap = keyof typeof OVERLAPS;
const CHOICES: Overlap[] = ['now', 'hour', 'day', 'week', 'month'];

type Rotated = { clientSecret: string; previousEndsAt: Date };
type Props = {
  clientId: string;
  locale: Locale;
  rotate: (input: { clientId: string; overlapHours: number }) => Promise<ActionResult<Rotated>>;
};

/** Creates a secret and shows it once; the previous one keeps working for the chosen overlap. */
export function RotateSecret({ clientId, locale, rotate }: Props) {
  const t = useTranslations('consoleApplications.secrets');
  const common = useTranslations('common');
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [isOpen, setOpen] = useState(false);
  const [overlap, setOverlap] = useState<Overlap>('day');
  const [rotated, setRotated] = useState<Rotated>();
  const open = () => {
    setFailure(undefined);
    setOverlap('day');
    setOpen(true);
  };
  const submit = async () => {
    const result = await run(() => rotate({ clientId, overlapHours: OVERLAPS[overlap] }));
    if (!result?.ok) return;
    setRotated(result.value);
    setOpen(false);
  };
  return (
    <>
      <Button size="small" icon={<RefreshCw size={16} aria-hidden />} onClick={open} waitsForHydration>
        {t('rotate')}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('rotateTitle')}
        description={<p>{t('rotateBody')}</p>}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        submitLabel={t('confirm')}
        isPending={isPending}
        pendingLabel={common('working')}
        note={<ActionNote failure={failure} isCancelled={isCancelled} />}
        onSubmit={submit}
      >
        <RadioField
          name="overlap"
          legend={t('overlap')}
          value={overlap}
          onValueChange={(value) => setOverlap(CHOICES.find((choice) => choice === value) ?? 'day')}
          options={CHOICES.map((choice) => ({
            value: choice,
            text: t(`overlaps.${choice}`),
            ...(choice === 'now' && { help: t('nowHelp') }),
          }))}
        />
      </FormDialog>
      {rotated && (
        <NewSecret
          rotated={rotated}
          isEnded={OVERLAPS[overlap] === 0}
          locale={locale}
          onClose={() => setRotated(undefined)}
        />
      )}
    </>
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
