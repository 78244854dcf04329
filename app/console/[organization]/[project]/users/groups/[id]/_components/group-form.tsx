'use client';

import { EditFrame } from '@/components/edit/edit-frame';
import { useEditForm } from '@/components/edit/use-edit-form';
import { TextField } from '@/components/ui/form/text-field';
import { type GroupSettings, groupFaults } from '@/lib/group/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { useGroupMessage } from '../../_components/group-message';

type Props = {
  id: string;
  saved: GroupSettings;
  mayEdit: boolean;
  change: (input: {
    id: string;
    base: Partial<GroupSettings>;
    mine: Partial<GroupSettings>;
  }) => Promise<ActionResult<GroupSettings>>;
};

/** Name and description. */
export function GroupForm({ id, saved, mayEdit, change }: Props) {
  const t = useTranslations('consoleGroups.fields');
  const form = useEditForm(
    saved,
    async ({ base, mine }) => {
      const result = await change({ id, base, mine });
      if (result.ok || result.error.code !== 'group_taken') return result;
      const violations = [{ pointer: '/name', keyword: 'taken', message: '' }];
      return { ok: false, error: { ...result.error, violations } };
    },
    {
      validate: ({ mine }) =>
        groupFaults(mine).map(({ field, keyword, message }) => ({ pointer: `/${field}`, keyword, message })),
    },
  );
  const labels = { name: t('name'), description: t('description') };
  return (
    <EditFrame form={form} labels={labels} messageOf={useGroupMessage()} mayEdit={mayEdit} isOneOfMany>
      {(errorOf) => (
        <>
          <TextField
            name="name"
            label={labels.name}
            help={t('nameHelp')}
            value={form.mine.name}
            onChange={({ target }) => form.edit({ name: target.value })}
            error={errorOf('name')}
            autoComplete="off"
          />
          <TextField
            name="description"
            label={labels.description}
            help={t('descriptionHelp')}
            value={form.mine.description ?? ''}
            onChange={({ target }) => form.edit({ description: target.value || null })}
            error={errorOf('description')}
            autoComplete="off"
          />
        </>
      )}
    </EditFrame>
  );
}
