'use client';

import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  id: string;
  name: string;
  /** The text to type. */
  confirmation: string;
  passkeyCount: number;
  purge: (input: { id: string; confirmation: string }) => Promise<ActionResult<unknown>>;
};

/** Deletes a user in the recycle bin permanently after their address is typed. */
export function PurgeUser({ id, name, confirmation, passkeyCount, purge }: Props) {
  const t = useTranslations('consoleRecycleBin.purge');
  const toast = useToast();
  return (
    <TypedDeletion
      button={t('action')}
      label={t('label', { name })}
      size="small"
      isIcon
      title={t('title', { name })}
      description={t('body', { passkeys: passkeyCount })}
      confirmation={confirmation}
      remove={(input) => purge({ id, ...input })}
      onRemoved={() => toast({ text: t('done', { name }) })}
    />
  );
}
