'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/step-up/confirm-action';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/form/text-field';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Violation } from '@/lib/platform/errors';
import { changesFor, takenValue } from './obstacles';

type Changes = Record<string, string | null>;
type Props = {
  id: string;
  name: string;
  restore: (input: { id: string; changes: Changes }) => Promise<ActionResult<unknown>>;
  userHref: string;
};

/** Restores a user at once; if something prevents it, a dialog names it and asks for what is needed. */
export function RestoreUser({ id, name, restore, userHref }: Props) {
  const t = useTranslations('consoleRecycleBin.restore');
  const common = useTranslations('common');
  const { run, isPending, failure, setFailure } = useStepUpAction();
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
      <p role="alert" className="max-w-60 text-danger empty:hidden">
        {failure}
      </p>
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
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [missing, setMissing] = useState<string[]>([]);
  const edit = (pointer: string, value: string) => {
    setTyped((before) => ({ ...before, [pointer]: value }));
    setMissing((before) => before.filter((one) => one !== pointer));
  };
  const validate = () => {
    const empty = obstacles.filter(
      ({ pointer, keyword }) => keyword === 'identifier_taken' && (typed[pointer] ?? '').trim() === '',
    );
    setMissing(empty.map(({ pointer }) => pointer));
    return empty.length === 0;
  };
  const isPossible = obstacles.every(({ keyword }) => keyword !== 'id_taken');
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('title', { name })}
      description={t('lead')}
      confirmLabel={isPossible ? t('action') : undefined}
      validate={validate}
      action={() => attempt(changesFor(obstacles, typed))}
      onDone={onDone}
      isLeaving
    >
      <ul className="flex flex-col gap-4">
        {obstacles.map((obstacle) => (
          <li key={obstacle.pointer} className="flex flex-col gap-2">
            <ObstacleText obstacle={obstacle} />
            {(obstacle.keyword === 'identifier_taken' || obstacle.keyword === 'external_id_taken') && (
              <TextField
                name={obstacle.pointer}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                label={t(obstacle.keyword === 'identifier_taken' ? 'identifierField' : 'externalIdField', {
                  value: takenValue(obstacle),
                })}
                value={typed[obstacle.pointer] ?? ''}
                onChange={({ target }) => edit(obstacle.pointer, target.value)}
                error={missing.includes(obstacle.pointer) ? t('required') : undefined}
              />
            )}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
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
