'use client';

import { useState } from 'react';
import type { ShownSecret } from '@/components/api-credential/credential-commands';
import { SecretDialog } from '@/components/api-credential/secret-dialog';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { RadioField } from '@/components/ui/form/radio-field';
import { RefreshCw } from '@/components/ui/icons';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

/** How long the old secret keeps working, in hours. */
const OVERLAPS = { now: 0, hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;
type Overlap = keyof typeof OVERLAPS;
const CHOICES: Overlap[] = ['now', 'hour', 'day', 'week', 'month'];

type Rotated = ShownSecret & { previousEndsAt: Date };
type Props = {
  clientId: string;
  locale: Locale;
  rotate: (input: { clientId: string; overlapHours: number }) => Promise<ActionResult<Rotated>>;
};

/** Creates a new secret; the old one keeps working for the chosen overlap. */
export function RotateSecret({ clientId, locale, rotate }: Props) {
  const t = useTranslations('consoleCredentials.rotate');
  const words = useTranslations('consoleCredentials.secret');
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
        {t('action')}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('dialogTitle')}
        description={<p>{t('dialogBody')}</p>}
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
        <SecretDialog
          secret={rotated}
          title={words('rotatedTitle')}
          note={
            OVERLAPS[overlap] === 0
              ? words('previousEnded')
              : words.rich('previousEnds', { date: () => <Exact value={rotated.previousEndsAt} locale={locale} /> })
          }
          onClose={() => setRotated(undefined)}
        />
      )}
    </>
  );
}

function Exact({ value, locale }: { value: Date; locale: Locale }) {
  return <time dateTime={value.toISOString()}>{formatExact(value, locale)}</time>;
}
