'use client';

import { LogoField } from '@/components/brand/logo-field';
import { settingMessage } from '@/components/project/setting-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  mayEdit: boolean;
  /** The logo's URL in the console; null without a logo. */
  logoHref: string | null;
  setLogo: (input: { base64: string }) => Promise<ActionResult<unknown>>;
  removeLogo: () => Promise<ActionResult<unknown>>;
};

export function ProjectLogo({ mayEdit, logoHref, setLogo, removeLogo }: Props) {
  const t = useTranslations('consoleProjects.settings.branding');
  const violation = useTranslations('consoleProjects.violation');
  return (
    <LogoField
      words={{
        ...{ label: t('logo'), help: t('logoHelp'), choose: t('chooseLogo'), replace: t('replaceLogo') },
        ...{ remove: t('removeLogo'), saved: t('logoSaved'), removed: t('logoRemoved') },
      }}
      faultOf={(refused) => settingMessage(violation, refused)}
      mayEdit={mayEdit}
      src={logoHref}
      set={setLogo}
      remove={removeLogo}
    />
  );
}
