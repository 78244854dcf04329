'use client';

import {
  Building2,
  FolderKanban,
  KeyRound,
  Plus,
  Search,
  ShieldCheck,
  UserRound,
  UserRoundCog,
} from '@/components/ui/icons';
import type { CommandGroup, CommandItem } from '@/components/ui/overlay/command-dialog';
import { useTranslations } from '@/lib/i18n/use-translations';
import { consolePages, organizationPages } from './console-pages';
import {
  type ConsolePlace,
  type CurrentPlace,
  mayCreateOrganization,
  mayCreateProject,
  organizationPath,
  projectPath,
} from './console-place';
import type { FoundUser } from './use-user-search';

/** The console search's items that match every typed word, in a stable order. */
export function useCommands(
  places: ConsolePlace[],
  place: CurrentPlace,
  query: string,
  users: FoundUser[],
): CommandGroup[] {
  const t = useTranslations('console.search');
  const pages = usePages(place);
  const actions = useActions(places, place);
  const otherPlaces = useOtherPlaces(places, place);
  const account = useAccount();
  const allUsers = useAllUsers(place, query.trim());
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ text, hint = '' }: CommandItem) =>
    words.every((word) => `${text} ${hint}`.toLowerCase().includes(word));
  const found = users.map(({ id, name, email }) => ({
    id: `user ${id}`,
    text: name || email,
    hint: name === email ? '' : email,
    icon: <UserRound size={16} aria-hidden />,
    href: `${place.base}/users/${id}`,
  }));
  return [
    { label: t('pages'), items: pages.filter(matches) },
    { label: t('actions'), items: actions.filter(matches) },
    { label: t('users'), items: [...found, ...allUsers] },
    { label: t('projects'), items: otherPlaces.filter(matches) },
    { label: t('account'), items: account.filter(matches) },
  ];
}

/** The pages of the current project and its organization. */
function usePages(place: CurrentPlace): CommandItem[] {
  const nav = useTranslations('console.nav');
  const { organization, project, base } = place;
  const own = consolePages(place, nav).map(({ href, text, icon }) => ({ id: href, text, icon, href }));
  if (!organization || !project) return own;
  const around = organizationPages(organization, nav);
  return [
    ...own.slice(0, 2),
    {
      id: `${base}/users/api-credentials`,
      text: nav('credentials'),
      icon: <KeyRound size={16} aria-hidden />,
      href: `${base}/users/api-credentials`,
    },
    ...own.slice(2),
    ...around.map(({ href, text, icon }) => ({ id: href, text, hint: organization.name, icon, href })),
  ];
}

/** The actions available here. */
function useActions(places: ConsolePlace[], { organization, project, base }: CurrentPlace): CommandItem[] {
  const t = useTranslations('console.search');
  const switcher = useTranslations('console.switcher');
  const icon = <Plus size={16} aria-hidden />;
  const items: Array<CommandItem | false | null> = [
    organization &&
      project &&
      organization.role !== 'viewer' && { id: 'new user', text: t('newUser'), icon, href: `${base}/users/new` },
    organization &&
      mayCreateProject(organization) && {
        id: 'new project',
        text: switcher('newProject'),
        hint: organization.name,
        icon,
        href: `${organizationPath(organization)}/-/new-project`,
      },
    mayCreateOrganization(places) && {
      id: 'new organization',
      text: switcher('newOrganization'),
      icon,
      href: '/console/-/new-organization',
    },
  ];
  return items.filter((item) => item !== null && item !== false);
}

/** Opens the user list with the same query, for matches beyond the first few. */
function useAllUsers({ project, base }: CurrentPlace, query: string): CommandItem[] {
  const t = useTranslations('console.search');
  if (!project || query === '') return [];
  return [
    {
      id: 'all users',
      text: t('allUsers', { query }),
      icon: <Search size={16} aria-hidden />,
      href: `${base}/users?${new URLSearchParams({ q: query })}`,
    },
  ];
}

/** The other projects and organizations. */
function useOtherPlaces(places: ConsolePlace[], { organization, project }: CurrentPlace): CommandItem[] {
  return places.flatMap((other) => [
    ...other.projects
      .filter(({ slug }) => slug !== project?.slug || other.slug !== organization?.slug)
      .map((its) => ({
        id: projectPath(other, its),
        text: its.name,
        hint: other.name,
        icon: <FolderKanban size={16} aria-hidden />,
        href: projectPath(other, its),
      })),
    ...(other.slug === organization?.slug
      ? []
      : [
          {
            id: organizationPath(other),
            text: other.name,
            icon: <Building2 size={16} aria-hidden />,
            href: organizationPath(other),
          },
        ]),
  ]);
}

function useAccount(): CommandItem[] {
  const t = useTranslations('common.nav');
  return [
    {
      id: 'profile',
      text: t('accountAndSecurity'),
      icon: <ShieldCheck size={16} aria-hidden />,
      href: '/profile',
    },
    {
      id: 'profile settings',
      text: t('accountSettings'),
      icon: <UserRoundCog size={16} aria-hidden />,
      href: '/profile/settings',
    },
  ];
}
