'use client';

import type { Save } from '@/components/edit/use-edit-form';
import { type NameAndSlug, NameAndSlugForm } from '@/components/project/name-and-slug-form';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { saved: NameAndSlug; save: Save<NameAndSlug>; mayEdit: boolean };

export function OrganizationForm(props: Props) {
  const t = useTranslations('consoleProjects.organization');
  return (
    <NameAndSlugForm
      {...props}
      words={{ name: t('name'), slug: t('slug'), slugHelp: (slug) => t('slugHelp', { path: `/console/${slug}` }) }}
      hrefOf={(slug) => `/console/${slug}/-/settings`}
    />
  );
}
