'use client';

import { type ComponentProps, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Plus } from '@/components/ui/icons';
import { OnDemand, overlayOnDemand } from '@/components/ui/overlay/on-demand';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { AddCredentialDialog } from './add-credential-dialog';

const AddDialog = overlayOnDemand(
  new OnDemand(() => import('./add-credential-dialog')),
  (loaded) => loaded.AddCredentialDialog,
);

type Props = Pick<ComponentProps<typeof AddCredentialDialog>, 'create' | 'base'>;

/** "Add new", and its dialog. */
export function AddCredential(props: Props) {
  const t = useTranslations('consoleCredentials.create');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" icon={<Plus size={16} aria-hidden />} onClick={() => setOpen(true)} waitsForHydration>
        {t('action')}
      </Button>
      <AddDialog {...props} isOpen={isOpen} onOpenChange={setOpen} />
    </>
  );
}
