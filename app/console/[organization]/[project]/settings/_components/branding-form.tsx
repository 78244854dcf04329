'use client';

import { useRouter } from 'next/navigation';
import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { Button } from '@/components/ui/button';
import { ColorField } from '@/components/ui/form/color-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { PRODUCT_ACCENT, toAccentTokens } from '@/lib/project/model/accent';
import { BrandingPreview } from './branding-preview';
import { ProjectLogo } from './project-logo';

type Fields = { accentColor: string | null };
type Props = {
  saved: Fields;
  save: Save<Fields>;
  mayEdit: boolean;
  projectName: string;
  /** The logo's URL in the console; null without a logo. */
  logoHref: string | null;
  setLogo: (input: { base64: string }) => Promise<ActionResult<unknown>>;
  removeLogo: () => Promise<ActionResult<unknown>>;
};

/** Accent and logo, with a live preview of the sign-in page. */
export function BrandingForm({ saved, save, mayEdit, projectName, logoHref, setLogo, removeLogo }: Props) {
  const t = useTranslations('consoleProjects.settings.branding');
  const router = useRouter();
  // The surrounding layout may use this accent, too.
  const form = useEditForm(saved, save, { onSaved: () => router.refresh() });
  const accent = form.mine.accentColor?.toLowerCase() ?? null;
  const refused = form.violations.find(({ keyword }) => keyword === 'contrast');
  const suggestion = typeof refused?.params?.suggestion === 'string' ? refused.params.suggestion : null;
  const shown = accent !== null && toAccentTokens(accent) ? accent : null;
  return (
    <div className="flex flex-col gap-8">
      <SettingsFrame form={form} labels={{ accentColor: t('accent') }} mayEdit={mayEdit}>
        {(errorOf) => (
          <div className="flex flex-col items-start gap-3">
            <ColorField
              name="accentColor"
              label={t('accent')}
              pickerLabel={t('pickAccent')}
              help={t('accentHelp')}
              placeholder="#"
              value={form.mine.accentColor ?? ''}
              fallback={PRODUCT_ACCENT}
              onValueChange={(value) => form.edit({ accentColor: value.trim().toLowerCase() || null })}
              error={errorOf('accentColor')}
            />
            {suggestion && mayEdit && (
              <Button size="small" onClick={() => form.edit({ accentColor: suggestion })}>
                {t('takeSuggestion', { suggestion })}
              </Button>
            )}
          </div>
        )}
      </SettingsFrame>
      <ProjectLogo mayEdit={mayEdit} logoHref={logoHref} setLogo={setLogo} removeLogo={removeLogo} />
      <BrandingPreview accentColor={shown} logoHref={logoHref} projectName={projectName} />
    </div>
  );
}
