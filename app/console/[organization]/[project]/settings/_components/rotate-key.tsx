'use client';

import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RadioField } from '@/components/ui/radio-field';
import { useToast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/platform/action-result';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '@/lib/token/model';

type Props = {
  /** Of the key that was published last. */
  algorithm: SigningAlgorithm;
  /** When the next key may sign, in milliseconds since 1970: programs know it by then. */
  readyAt: number;
  rotate: (input: { algorithm: SigningAlgorithm }) => Promise<ActionResult<unknown>>;
};

/** Lets the next key sign, and publishes one after it. */
export function RotateKey({ algorithm, readyAt, rotate }: Props) {
  const t = useTranslations('consoleProjects.settings.keys');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [wanted, setWanted] = useState(algorithm);
  const [minutes, setMinutes] = useState(0);
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const open = () => {
    setFailure(undefined);
    setMinutes(Math.max(0, Math.ceil((readyAt - Date.now()) / 60_000)));
    setOpen(true);
  };
  const confirm = async () => {
    const result = await run(() => rotate({ algorithm: wanted }));
    if (result?.ok) {
      setOpen(false);
      toast({ text: t('rotated') });
    } else if (result?.error.code === 'invalid_input') setFailure(t('tooSoon'));
  };
  const isReady = minutes === 0;
  return (
    <>
      <Button icon={<RefreshCw size={16} aria-hidden />} onClick={open} waitsForHydration>
        {t('rotate')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('dialogTitle')}
        description={<p>{isReady ? t('dialogBody') : t('notYet', { minutes })}</p>}
        closeLabel={common('cancel')}
        actions={
          isReady ? (
            <>
              <Button onClick={() => setOpen(false)}>{common('cancel')}</Button>
              <Button variant="primary" onClick={confirm} isPending={isPending} pendingLabel={common('working')}>
                {t('rotate')}
              </Button>
            </>
          ) : (
            <Button onClick={() => setOpen(false)}>{common('close')}</Button>
          )
        }
      >
        {isReady && (
          <RadioField
            name="algorithm"
            legend={t('nextAlgorithm')}
            value={wanted}
            onValueChange={(value) => setWanted(SIGNING_ALGORITHMS.find((known) => known === value) ?? algorithm)}
            options={SIGNING_ALGORITHMS.map((value) => ({ value, text: value, help: t(`${value}Help`) }))}
          />
        )}
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </Dialog>
    </>
  );
}
