'use client';

import { useRouter } from 'next/navigation';
import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  clientId: string;
  name: string;
  listHref: string;
  remove: (input: { clientId: string; confirmation: string }) => Promise<ActionResult<unknown>>;
};

/** Deletes an application after its name is typed, and returns to the list. */
export function RemoveApplication({ clientId, name, listHref, remove }: Props) {
  const t = useTranslations('consoleApplications.remove');
  const router = useRouter();
  return (
    <TypedDeletion
      button={t('action')}
      title={t('title', { name })}
      description={t('body')}
      confirmation={name}
      remove={({ confirmation }) => remove({ clientId, confirmation })}
      onRemoved={() => router.push(listHref)}
    />
  );
}
