'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/form/text-field';
import { Plus } from '@/components/ui/icons';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { groupFaults } from '@/lib/group/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { useGroupMessage } from './group-message';

type Props = {
  /** The view of a group is at `{base}/{id}`. */
  base: string;
  create: (input: { name: string }) => Promise<ActionResult<{ id: string }>>;
};

/** Asks for a name, and opens the new group. */
export function AddGroup({ base, create }: Props) {
  const t = useTranslations('consoleGroups.create');
  const field = useTranslations('consoleGroups.fields');
  const common = useTranslations('common');
  const router = useRouter();
  const messageOf = useGroupMessage();
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [isOpen, setOpen] = useState(false);
  const [fault, setFault] = useState<string>();
  const open = () => {
    setFailure(undefined);
    setFault(undefined);
    setOpen(true);
  };
  const submit = async (form: FormData) => {
    const name = String(form.get('name') ?? '').trim();
    const [found] = groupFaults({ name });
    setFault(found && messageOf({ pointer: `/${found.field}`, keyword: found.keyword, message: '' }));
    if (found) return;
    const result = await run(() => create({ name }));
    if (result?.ok) return router.push(`${base}/${result.value.id}`);
    if (result?.error.code !== 'group_taken') return;
    setFailure(undefined);
    setFault(messageOf({ pointer: '/name', keyword: 'taken', message: '' }));
  };
  return (
    <>
      <Button variant="primary" size="small" icon={<Plus size={16} aria-hidden />} onClick={open} waitsForHydration>
        {t('action')}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('title')}
        description={<p>{t('body')}</p>}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        submitLabel={t('submit')}
        isPending={isPending}
        pendingLabel={common('working')}
        note={<ActionNote failure={failure} isCancelled={isCancelled} />}
        onSubmit={submit}
      >
        <TextField
          id="group-name"
          name="name"
          label={field('name')}
          help={field('nameHelp')}
          error={fault}
          autoComplete="off"
        />
      </FormDialog>
    </>
  );
}
