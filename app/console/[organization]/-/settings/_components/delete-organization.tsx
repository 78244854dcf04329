'use client';

import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  name: string;
  slug: string;
  remove: (input: { confirmation: string }) => Promise<ActionResult<unknown>>;
};

export function DeleteOrganization({ name, slug, remove }: Props) {
  const t = useTranslations('consoleProjects.organization');
  return (
    <TypedDeletion
      button={t('delete')}
      title={t('dialogTitle', { name })}
      description={<p>{t('dialogBody')}</p>}
      confirmation={slug}
      remove={remove}
      onRemoved={() => location.assign('/console')}
    />
  );
}
