'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useStepUp } from '@/components/step-up/step-up-provider';
import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { useRestore } from '../../_components/restore-provider';
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
  /** For how many days they can be restored; 0: the deletion is permanent. */
  recycleBinDays: number;
  remove: (input: { id: string; confirmation: string; purge: boolean }) => Promise<ActionResult<unknown>>;
  listHref: string;
  preview: PreviewEnds;
  curl: { remove: string; purge: string };
};

/**
 * Deletes the account: says in numbers what ends. Into the recycle bin, the toast offers to undo it; permanently, the
 * address must be typed.
 */
export function DeleteUser(props: Props) {
  const { id, name, confirmation, isNotified, sessionCount, passkeyCount, recycleBinDays, listHref, curl } = props;
  const { remove, preview } = props;
  const restore = useRestore();
  const t = useTranslations('consoleUsers.remove');
  const router = useRouter();
  const toast = useToast();
  const common = useTranslations('common');
  const withStepUp = useStepUp();
  const [isPurge, setPurge] = useState(false);
  const isPermanent = isPurge || recycleBinDays === 0;
  const undo = async () => {
    const outcome = await withStepUp(() =>
      restore({ id }).catch(() => ({ ok: false, error: { code: 'offline' } }) as const),
    );
    if (!outcome.ok) return router.push(`${listHref}/recycle-bin?user=${id}`);
    toast({ text: t('restored', { name }) });
    router.push(`${listHref}/${id}`);
  };
  const leave = () => {
    const text = t(isPermanent ? 'purged' : 'done', { name });
    toast({ text, ...(!isPermanent && { action: { label: common('undo'), onSelect: undo } }) });
    router.replace(listHref);
  };
  return (
    <TypedDeletion
      button={t('action')}
      confirmLabel={t(isPermanent ? 'permanently' : 'action')}
      isTyped={isPermanent}
      onOpen={() => setPurge(false)}
      size="small"
      title={t('title', { name })}
      description={
        <>
          <p>
            {isPermanent
              ? t('body', { passkeys: passkeyCount, sessions: sessionCount })
              : t('bodyBin', { passkeys: passkeyCount, sessions: sessionCount, days: recycleBinDays })}
          </p>
          <AlsoEnds intro={isPermanent ? 'deletes' : 'ends'} preview={preview} />
          {isNotified && <p className="text-muted">{t('notified')}</p>}
        </>
      }
      confirmation={confirmation}
      remove={(input) => remove({ id, purge: isPurge, ...input })}
      onRemoved={leave}
    >
      {recycleBinDays > 0 && (
        <CheckboxField
          name="purge"
          label={t('permanently')}
          help={t('permanentlyHelp')}
          checked={isPurge}
          onChange={({ target }) => setPurge(target.checked)}
        />
      )}
      <div>
        <CopyCurl command={isPurge ? curl.purge : curl.remove} />
      </div>
    </TypedDeletion>
  );
}
