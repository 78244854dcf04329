'use client';

import { ChartNoAxesColumn, FileJson, ScrollText, Settings, Users } from 'lucide-react';
import { useParams } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { SideNav } from '@/components/ui/side-nav';

export type ConsolePlace = { slug: string; name: string; projects: Array<{ slug: string; name: string }> };

/** The pages of the project one is in. */
export function ConsoleNav(_: { places: ConsolePlace[] }) {
  const { organization, project } = useParams<{ organization?: string; project?: string }>();
  const t = useTranslations('console.nav');
  if (!organization || !project) return null;
  const base = `/console/${organization}/${project}`;
  return (
    <SideNav
      label={t('project')}
      items={[
        { href: base, text: t('overview'), icon: <ChartNoAxesColumn size={16} aria-hidden /> },
        { href: `${base}/users`, text: t('users'), icon: <Users size={16} aria-hidden /> },
        { href: `${base}/schemas`, text: t('schemas'), icon: <FileJson size={16} aria-hidden /> },
        { href: `${base}/audit-log`, text: t('audit'), icon: <ScrollText size={16} aria-hidden /> },
        { href: `${base}/settings`, text: t('settings'), icon: <Settings size={16} aria-hidden /> },
      ]}
    />
  );
}
