import type { ReactNode } from 'react';
import {
  ChartNoAxesColumn,
  FileJson,
  FolderKanban,
  History,
  Languages,
  LayoutGrid,
  ScrollText,
  Settings,
  UserCog,
  Users,
} from '@/components/ui/icons';
import type { useTranslations } from '@/lib/i18n/use-translations';
import { type ConsolePlace, type CurrentPlace, organizationPath } from './console-place';

export type ConsolePage = {
  href: string;
  text: string;
  icon: ReactNode;
  /** Its path is also a prefix of pages that are not below it. */
  isExact?: boolean;
};

type Words = ReturnType<typeof useTranslations<'console.nav'>>;

/** The pages of the side menu: those of the project, or of the organization where no project is open. */
export function consolePages({ organization, project, base }: CurrentPlace, t: Words): ConsolePage[] {
  if (project) {
    return [
      { href: base, text: t('overview'), icon: <ChartNoAxesColumn size={16} aria-hidden />, isExact: true },
      { href: `${base}/users`, text: t('users'), icon: <Users size={16} aria-hidden /> },
      { href: `${base}/applications`, text: t('applications'), icon: <LayoutGrid size={16} aria-hidden /> },
      { href: `${base}/schemas`, text: t('schemas'), icon: <FileJson size={16} aria-hidden /> },
      { href: `${base}/texts`, text: t('texts'), icon: <Languages size={16} aria-hidden /> },
      { href: `${base}/audit-log`, text: t('audit'), icon: <ScrollText size={16} aria-hidden /> },
      { href: `${base}/settings`, text: t('settings'), icon: <Settings size={16} aria-hidden /> },
    ];
  }
  return organization ? organizationPages(organization, t) : [];
}

/** The pages of an organization; viewers do not see its activity. */
export function organizationPages(organization: ConsolePlace, t: Words): ConsolePage[] {
  const base = organizationPath(organization);
  const activity = { href: `${base}/-/activity`, text: t('activity'), icon: <History size={16} aria-hidden /> };
  return [
    { href: base, text: t('projects'), icon: <FolderKanban size={16} aria-hidden />, isExact: true },
    { href: `${base}/-/operators`, text: t('operators'), icon: <UserCog size={16} aria-hidden /> },
    ...(organization.role === 'viewer' ? [] : [activity]),
    { href: `${base}/-/settings`, text: t('organizationSettings'), icon: <Settings size={16} aria-hidden /> },
  ];
}
