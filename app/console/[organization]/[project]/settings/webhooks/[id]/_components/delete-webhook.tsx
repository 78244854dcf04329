'use client';

import { useRouter } from 'next/navigation';
import { ConfirmAction } from '@/components/step-up/confirm-action';
import { Trash2 } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  id: string;
  url: string;
  base: string;
  remove: (input: { id: string }) => Promise<ActionResult<unknown>>;
};

export function DeleteWebhook({ id, url, base, remove }: Props) {
  const t = useTranslations('consoleWebhooks.remove');
  const router = useRouter();
  return (
    <ConfirmAction
      trigger={{ variant: 'danger', icon: <Trash2 size={16} aria-hidden />, children: t('action') }}
      title={t('title')}
      description={<p>{t('body', { url })}</p>}
      confirmLabel={t('action')}
      action={() => remove({ id })}
      doneText={t('done')}
      onDone={() => router.push(base)}
      isLeaving
    />
  );
}
