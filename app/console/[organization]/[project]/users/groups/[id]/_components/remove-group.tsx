'use client';

import { useRouter } from 'next/navigation';
import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  id: string;
  name: string;
  members: number;
  applications: number;
  listHref: string;
  remove: (input: { id: string; confirmation: string }) => Promise<ActionResult<unknown>>;
};

/** Deletes a group after its name is typed, and returns to the list. */
export function RemoveGroup({ id, name, members, applications, listHref, remove }: Props) {
  const t = useTranslations('consoleGroups.remove');
  const router = useRouter();
  return (
    <TypedDeletion
      button={t('action')}
      title={t('title', { name })}
      description={t('body', { members, applications })}
      confirmation={name}
      remove={({ confirmation }) => remove({ id, confirmation })}
      onRemoved={() => router.push(listHref)}
    />
  );
}
