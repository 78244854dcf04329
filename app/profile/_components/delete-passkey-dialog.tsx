'use client';

import { PasskeyDeletion } from '@/components/passkey/passkey-deletion';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  passkey: { id: string; name: string; isCurrent: boolean };
  otherCount: number;
  email: string | null;
  remove: (input: { id: string }) => Promise<ActionResult<unknown>>;
  onDeleted: () => void;
  onClose: () => void;
  onAddAnother: () => void;
};

/** Deletes one of the person's own passkeys. Instead of the only way to sign in, it offers to add another. */
export function DeletePasskeyDialog({ passkey, otherCount, email, remove, onDeleted, onClose, onAddAnother }: Props) {
  const t = useTranslations('profile.passkeys');
  const { id, name } = passkey;
  return (
    <PasskeyDeletion
      name={name}
      isOnlySignIn={otherCount === 0 && email === null}
      blocked={{
        title: t('deleteBlocked.title'),
        description: <p>{t('deleteBlocked.body', { name })}</p>,
        cancelLabel: t('deleteBlocked.close'),
        otherAction: (
          <Button variant="primary" onClick={onAddAnother}>
            {t('deleteBlocked.action')}
          </Button>
        ),
      }}
      description={
        <>
          <p>
            {otherCount === 0 ? t('delete.bodyLast', { email: email ?? '' }) : t('delete.body', { others: otherCount })}
          </p>
          {passkey.isCurrent && <p>{t('delete.bodyCurrent')}</p>}
          <p className="text-muted">{t('delete.bodyManager')}</p>
        </>
      }
      remove={() => remove({ id })}
      onDone={onDeleted}
      onClose={onClose}
    />
  );
}
