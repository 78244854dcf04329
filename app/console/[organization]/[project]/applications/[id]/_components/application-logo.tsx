'use client';

import { LogoField } from '@/components/brand/logo-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  clientId: string;
  mayEdit: boolean;
  /** Null without a logo. */
  src: string | null;
  set: (input: { clientId: string; picture: { base64: string } }) => Promise<ActionResult<unknown>>;
  remove: (input: { clientId: string }) => Promise<ActionResult<unknown>>;
};

export function ApplicationLogo({ clientId, mayEdit, src, set, remove }: Props) {
  const t = useTranslations('consoleApplications.logo');
  return (
    <LogoField
      words={{
        ...{ label: t('label'), help: t('help'), choose: t('choose'), replace: t('replace') },
        ...{ remove: t('remove'), saved: t('saved'), removed: t('removed') },
      }}
      faultOf={({ keyword }) => t(keyword === 'size' ? 'size' : 'format')}
      isLabelHidden
      mayEdit={mayEdit}
      src={src}
      set={(picture) => set({ clientId, picture })}
      remove={() => remove({ clientId })}
    />
  );
}
