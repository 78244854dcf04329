'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/form/text-field';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Violation } from '@/lib/platform/errors';
import { useRestore } from '../../_components/restore-provider';
import { changesFor, takenValue } from './obstacles';

type Changes = Record<string, string | null>;
type Props = {
  id: string;
  name: string;
  userHref: string;
};

/** Restores a user at once; if something prevents it, a dialog names it and asks for what is needed. */
export function RestoreUser({ id, name, userHref }: Props) {
  const restore = useRestore();
  const t = useTranslations('consoleRecycleBin.restore');
  const common = useTranslations('common');
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const toast = useToast();
  const router = useRouter();
  const [obstacles, setObstacles] = useState<Violation[]>([]);
  const [isOpen, setOpen] = useState(false);
  const leave = () => {
    toast({ text: t('done', { name }) });
    router.push(userHref);
  };
  const attempt = async (changes: Changes) => {
    const result = await restore({ id, changes });
    if (!result.ok && result.error.code === 'restore_conflict') {
      setObstacles(result.error.violations ?? []);
      setOpen(true);
    }
    return result;
  };
  const start = async () => {
    const result = await run(() => attempt({}));
    if (result?.ok) leave();
    else if (result?.error.code === 'restore_conflict') setFailure(undefined);
  };
  return (
    <>
      <ActionNote failure={failure} isCancelled={isCancelled} className="max-w-60" />
      <Button
        size="small"
        waitsForHydration
        aria-label={t('label', { name })}
        onClick={start}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        {t('action')}
      </Button>
      <ObstacleDialog
        name={name}
        obstacles={obstacles}
        isOpen={isOpen}
        onOpenChange={setOpen}
        attempt={attempt}
        onDone={leave}
      />
    </>
  );
}

type DialogProps = {
  name: string;
  obstacles: Violation[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  attempt: (changes: Changes) => Promise<ActionResult<unknown>>;
  onDone: () => void;
};

function ObstacleDialog({ name, obstacles, isOpen, onOpenChange, attempt, onDone }: DialogProps) {
  const t = useTranslations('consoleRecycleBin.restore');
  const common = useTranslations('common');
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const [missing, setMissing] = useState<string[]>([]);
  const submit = async (form: FormData) => {
    const typed = Object.fromEntries(obstacles.map(({ pointer }) => [pointer, String(form.get(pointer) ?? '')]));
    const empty = obstacles
      .filter(({ pointer, keyword }) => keyword === 'identifier_taken' && typed[pointer]?.trim() === '')
      .map(({ pointer }) => pointer);
    setMissing(empty);
    if (empty.length > 0) return;
    const result = await run(() => attempt(changesFor(obstacles, typed)));
    if (result?.ok) onDone();
  };
  return (
    <FormDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('title', { name })}
      description={t('lead')}
      cancelLabel={common('cancel')}
      closeLabel={common('close')}
      submitLabel={t('action')}
      isPending={isPending}
      pendingLabel={common('working')}
      note={<ActionNote failure={failure} isCancelled={isCancelled} />}
      onSubmit={submit}
    >
      <ul className="flex flex-col gap-4">
        {obstacles.map((obstacle) => (
          <li key={obstacle.pointer} className="flex flex-col gap-2 wrap-anywhere">
            <ObstacleText obstacle={obstacle} />
            {(obstacle.keyword === 'identifier_taken' || obstacle.keyword === 'external_id_taken') && (
              <TextField
                name={obstacle.pointer}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                label={t(obstacle.keyword === 'identifier_taken' ? 'identifierField' : 'externalIdField')}
                error={missing.includes(obstacle.pointer) ? t('required') : undefined}
              />
            )}
          </li>
        ))}
      </ul>
    </FormDialog>
  );
}

function ObstacleText({ obstacle }: { obstacle: Violation }) {
  const t = useTranslations('consoleRecycleBin.restore');
  const value = takenValue(obstacle);
  switch (obstacle.keyword) {
    case 'identifier_taken':
      return <p>{t('identifier', { value })}</p>;
    case 'external_id_taken':
      return <p>{t('externalId', { value })}</p>;
    case 'unknown_schema':
      return <p>{t('schema', { value })}</p>;
    case 'passkey_already_registered':
      return <p>{t('passkey', { value })}</p>;
    case 'user_handle_taken':
      return <p>{t('passkeys')}</p>;
    default:
      return <p>{t('id')}</p>;
  }
}
