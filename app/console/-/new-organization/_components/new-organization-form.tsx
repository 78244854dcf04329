'use client';

import { CreationForm } from '@/components/project/creation-form';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = { create: (input: { name: string; slug: string }) => Promise<ActionResult<{ path: string }>> };

export function NewOrganizationForm({ create }: Props) {
  const t = useTranslations('consoleProjects.newOrganization');
  return <CreationForm pathPrefix="/console/" button={t('submit')} create={(typed) => create(typed)} />;
}
