'use client';

import { accentProps } from '@/components/brand/accent';
import { LogoImage } from '@/components/brand/project-mark';
import { SealMark } from '@/components/brand/seal-mark';
import { buttonStyle } from '@/components/ui/button-style';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { accentColor: string | null; logoHref: string | null; projectName: string };

/** A small sign-in page, light and dark. A picture: nothing in it is interactive. */
export function BrandingPreview({ accentColor, logoHref, projectName }: Props) {
  const t = useTranslations('consoleProjects.settings.branding');
  return (
    <figure className="flex max-w-text flex-col gap-2">
      <figcaption className="text-sm font-medium">{t('preview')}</figcaption>
      <div role="img" aria-label={t('previewLabel', { project: projectName })} className="grid gap-4 sm:grid-cols-2">
        {(['light', 'dark'] as const).map((scheme) => (
          <div
            key={scheme}
            data-scheme={scheme}
            {...accentProps(accentColor)}
            className="min-w-0 rounded-lg border border-line bg-surface p-6 text-ink"
          >
            <div className="flex min-w-0 flex-col gap-4 rounded-lg border border-line bg-raised p-5">
              {logoHref ? <LogoImage src={logoHref} size={32} /> : <SealMark size={32} />}
              <span className="text-base font-semibold wrap-anywhere">{projectName}</span>
              <span className="min-h-10 truncate rounded-md border border-control bg-raised px-3 py-2 text-sm text-muted">
                ada@example.com
              </span>
              <span className={buttonStyle('primary', 'medium', true)}>{t('previewButton')}</span>
            </div>
          </div>
        ))}
      </div>
    </figure>
  );
}
