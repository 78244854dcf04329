'use client';

import type { Save } from '@/components/edit/use-edit-form';
import { type NameAndSlug, NameAndSlugForm } from '@/components/project/name-and-slug-form';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { saved: NameAndSlug; save: Save<NameAndSlug>; mayEdit: boolean; organizationPath: string };

export function GeneralForm({ organizationPath, ...props }: Props) {
  const t = useTranslations('consoleProjects.settings.general');
  return (
    <NameAndSlugForm
      {...props}
      words={{
        name: t('name'),
        nameHelp: t('nameHelp'),
        slug: t('slug'),
        slugHelp: (slug) => t('slugHelp', { path: `${organizationPath}/${slug}` }),
      }}
      hrefOf={(slug) => `${organizationPath}/${slug}/settings`}
    />
  );
}
