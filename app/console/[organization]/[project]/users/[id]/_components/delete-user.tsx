'use client';

import { useRouter } from 'next/navigation';
import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { AlsoEnds, type PreviewEnds } from './also-ends';
import { CopyCurl } from './copy-curl';

type Props = {
  id: string;
  name: string;
  /** The text to type. */
  confirmation: string;
  /** Whether a final email is sent. */
  isNotified: boolean;
  sessionCount: number;
  passkeyCount: number;
  remove: (input: { id: string; confirmation: string }) => Promise<ActionResult<unknown>>;
  listHref: string;
  preview: PreviewEnds;
  curl: string;
};

/** Deletes the account: says in numbers what is removed and requires the address to be typed. */
export function DeleteUser(props: Props) {
  const { id, name, confirmation, isNotified, sessionCount, passkeyCount, remove, listHref, preview, curl } = props;
  const t = useTranslations('consoleUsers.remove');
  const router = useRouter();
  const toast = useToast();
  const leave = () => {
    toast({ text: t('done', { name }) });
    router.replace(listHref);
  };
  return (
    <TypedDeletion
      button={t('action')}
      size="small"
      title={t('title', { name })}
      description={
        <>
          <p>{t('body', { passkeys: passkeyCount, sessions: sessionCount })}</p>
          <AlsoEnds preview={preview} />
          {isNotified && <p className="text-muted">{t('notified')}</p>}
        </>
      }
      confirmation={confirmation}
      remove={(input) => remove({ id, ...input })}
      onRemoved={leave}
    >
      <div>
        <CopyCurl command={curl} />
      </div>
    </TypedDeletion>
  );
}
