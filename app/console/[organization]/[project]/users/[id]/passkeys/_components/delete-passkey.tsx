'use client';

import { PasskeyDeletion } from '@/components/passkey/passkey-deletion';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { CopyCurl } from '../../_components/copy-curl';

export type DeletePasskeyProps = {
  userId: string;
  passkey: { id: string; name: string };
  otherCount: number;
  canSignInByMail: boolean;
  remove: (input: { id: string; passkeyId: string }) => Promise<ActionResult<unknown>>;
  curl: string;
  onClose: () => void;
  onDeleted: () => void;
};

/** Deletes a passkey of a user. */
export function DeletePasskey(props: DeletePasskeyProps) {
  const { userId, passkey, otherCount, canSignInByMail, remove, curl, onClose, onDeleted } = props;
  const { id, name } = passkey;
  const t = useTranslations('consoleUsers.passkeys.delete');
  const common = useTranslations('common');
  return (
    <PasskeyDeletion
      name={name}
      isOnlySignIn={otherCount === 0 && !canSignInByMail}
      blocked={{
        title: t('blockedTitle'),
        description: <p>{t('blockedBody', { name })}</p>,
        cancelLabel: common('close'),
      }}
      description={
        <>
          <p>
            {t('body', { others: otherCount })} {canSignInByMail && t('byMail')}
          </p>
          {canSignInByMail && <p className="text-muted">{t('notified')}</p>}
        </>
      }
      remove={() => remove({ id: userId, passkeyId: id })}
      onDone={onDeleted}
      onClose={onClose}
    >
      <div>
        <CopyCurl command={curl} />
      </div>
    </PasskeyDeletion>
  );
}
