'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Mail } from '@/components/ui/icons';
import type { BulkRequest, Selection } from '@/lib/bulk/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { BulkActions } from '../users/_components/bulk-dialog';
import { LoadedBulkDialog } from '../users/_components/loaded-bulk-dialog';

const INVITE: BulkRequest = { kind: 'invite' };

type Props = {
  /** Names the group; the visible text is the same in each. */
  label: string;
  selection: Selection;
  actions: BulkActions;
  base: string;
};

/** Invites everyone of a group to add a passkey, after saying how many. */
export function InviteGroup({ label, selection, actions, base }: Props) {
  const t = useTranslations('consoleUsers.bulk.actions');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        icon={<Mail size={16} aria-hidden />}
        aria-label={label}
        onClick={() => setOpen(true)}
        waitsForHydration
      >
        {t('invite')}
      </Button>
      <LoadedBulkDialog
        request={INVITE}
        selection={selection}
        isOpen={isOpen}
        onOpenChange={setOpen}
        actions={actions}
        base={base}
      />
    </>
  );
}
