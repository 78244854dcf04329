'use client';

import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { RadioField } from '@/components/ui/form/radio-field';
import { RefreshCw } from '@/components/ui/icons';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { WebhookSecretDialog } from '@/components/webhook/webhook-secret-dialog';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

/** How long the old secret signs too, in hours. */
const OVERLAPS = { now: 0, hour: 1, day: 24, week: 7 * 24 } as const;
type Overlap = keyof typeof OVERLAPS;
const CHOICES: Overlap[] = ['now', 'hour', 'day', 'week'];

type Rotated = { secret: string; previousUntil: Date | null };
type Props = {
  id: string;
  locale: Locale;
  rotate: (input: { id: string; overlapHours: number }) => Promise<ActionResult<Rotated>>;
};

export function RotateSecret({ id, locale, rotate }: Props) {
  const t = useTranslations('consoleWebhooks.rotate');
  const words = useTranslations('consoleWebhooks.secret');
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
    const result = await run(() => rotate({ id, overlapHours: OVERLAPS[overlap] }));
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
        title={t('title')}
        description={<p>{t('body')}</p>}
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
        <WebhookSecretDialog
          secret={rotated.secret}
          title={words('rotatedTitle')}
          note={
            rotated.previousUntil === null
              ? words('previousEnded')
              : words('previousEnds', { date: formatExact(rotated.previousUntil, locale) })
          }
          onClose={() => setRotated(undefined)}
        />
      )}
    </>
  );
}
