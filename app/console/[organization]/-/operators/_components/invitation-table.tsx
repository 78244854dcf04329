'use client';

import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { useToast } from '@/components/ui/overlay/toast';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { OpenInvitation } from '@/lib/invitation/model';
import type { ActionResult } from '@/lib/platform/action-result';
import type { OperatorRole } from '@/lib/role/model';

type Props = {
  invitations: OpenInvitation[];
  manageableRoles: OperatorRole[];
  now: Date;
  locale: Locale;
  revoke: (input: { id: string }) => Promise<ActionResult<unknown>>;
};

/** Unused invitation links. The links themselves cannot be shown again. */
export function InvitationTable({ invitations, manageableRoles, now, locale, revoke }: Props) {
  const t = useTranslations('consoleProjects.operators');
  const roles = useTranslations('console.roles');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const revokeInvitation = async ({ id, email }: OpenInvitation) => {
    const result = await run(() => revoke({ id }));
    if (result?.ok) toast({ text: t('invitations.revoked', { email }) });
  };
  if (invitations.length === 0) return <p className="text-muted">{t('invitations.empty')}</p>;
  return (
    <>
      <DataTable
        label={t('invitations.list')}
        isFlush
        head={
          <>
            <Th isWide>{t('email')}</Th>
            <Th>{t('role')}</Th>
            <Th hideBelow="sm">{t('invitations.expires')}</Th>
            <Th>
              <VisuallyHidden>{t('actions')}</VisuallyHidden>
            </Th>
          </>
        }
      >
        {invitations.map((invitation) => (
          <Row key={invitation.id}>
            <RowHeader title={invitation.email}>
              <bdi>{invitation.email}</bdi>
            </RowHeader>
            <Td isNoWrap>{roles(invitation.role)}</Td>
            <Td hideBelow="sm" isNoWrap isMuted>
              <RelativeTime value={invitation.expiresAt} now={now} locale={locale} />
            </Td>
            <Td isInteractive isNumeric>
              {manageableRoles.includes(invitation.role) && (
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={t('invitations.revokeLabel', { email: invitation.email })}
                  onClick={() => revokeInvitation(invitation)}
                  isPending={isPending}
                  pendingLabel={common('working')}
                  waitsForHydration
                >
                  {t('invitations.revoke')}
                </Button>
              )}
            </Td>
          </Row>
        ))}
      </DataTable>
      <ActionNote failure={failure} isCancelled={isCancelled} className="p-4" />
    </>
  );
}
