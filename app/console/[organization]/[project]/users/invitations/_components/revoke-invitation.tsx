'use client';

import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = { email: string; revoke: () => Promise<ActionResult<void>> };

/** Revokes one invitation without asking: the address can be invited again. */
export function RevokeInvitation({ email, revoke }: Props) {
  const t = useTranslations('consoleUsers.invitations');
  const common = useTranslations('common');
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  return (
    <>
      <ActionNote failure={failure} isCancelled={isCancelled} className="max-w-60" />
      <Button
        size="small"
        variant="quiet"
        waitsForHydration
        aria-label={t('revokeLabel', { email })}
        onClick={() => run(revoke)}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        {t('revoke')}
      </Button>
    </>
  );
}
