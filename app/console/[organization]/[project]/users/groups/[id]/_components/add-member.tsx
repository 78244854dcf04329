'use client';

import { useState } from 'react';
import { useUserSearch } from '@/components/shell/use-user-search';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/form/text-field';
import { UserPlus } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  groupId: string;
  /** The path of the project. */
  home: string;
  /** Those on the page, which need no button. */
  memberIds: string[];
  add: (input: { id: string; identityId: string }) => Promise<ActionResult<unknown>>;
};

/** Searches the project's users and adds them, one after the other. */
export function AddMember({ groupId, home, memberIds, add }: Props) {
  const t = useTranslations('consoleGroups.members');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [added, setAdded] = useState<string[]>([]);
  const { users, isLoading, hasFailed } = useUserSearch(isOpen ? home : null, typed);
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const open = () => {
    setTyped('');
    setFailure(undefined);
    setOpen(true);
  };
  const choose = async (identityId: string, name: string) => {
    const result = await run(() => add({ id: groupId, identityId }));
    if (!result?.ok) return;
    setAdded((before) => [...before, identityId]);
    toast({ text: t('added', { name }) });
  };
  const isMember = (id: string) => memberIds.includes(id) || added.includes(id);
  return (
    <>
      <Button size="small" icon={<UserPlus size={16} aria-hidden />} onClick={open} waitsForHydration>
        {t('add')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('addTitle')}
        closeLabel={common('close')}
        actions={<Button onClick={() => setOpen(false)}>{common('close')}</Button>}
      >
        <div className="flex min-w-0 flex-col gap-4">
          <TextField
            id="member-search"
            name="q"
            type="search"
            label={t('search')}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <ul className="flex min-w-0 flex-col divide-y divide-line" aria-label={t('user')}>
            {users.map(({ id, name, email }) => (
              <li key={id} className="flex min-w-0 items-center justify-between gap-3 py-2">
                <span className="min-w-0">
                  <bdi className="block truncate">{name}</bdi>
                  {email !== name && <bdi className="block truncate text-sm text-muted">{email}</bdi>}
                </span>
                {isMember(id) ? (
                  <span className="shrink-0 text-sm text-muted">{t('already')}</span>
                ) : (
                  <Button
                    size="small"
                    aria-label={t('addLabel', { name })}
                    onClick={() => choose(id, name)}
                    isPending={isPending}
                    pendingLabel={common('working')}
                  >
                    {t('addButton')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <p role="status" className="text-sm text-muted empty:hidden">
            {typed.trim() !== '' && !isLoading && users.length === 0 && t(hasFailed ? 'searchFailed' : 'noMatch')}
          </p>
          <ActionNote failure={failure} isCancelled={isCancelled} />
        </div>
      </Dialog>
    </>
  );
}
