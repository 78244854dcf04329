'use client';

import { usePathname } from 'next/navigation';
import type { OperatorRole } from '@/lib/role/model';

/** An organization the operator has a role in, with its projects. */
export type ConsolePlace = {
  slug: string;
  name: string;
  role: OperatorRole;
  projects: Array<{ slug: string; name: string }>;
};

export type CurrentPlace = {
  organization: ConsolePlace | null;
  project: ConsolePlace['projects'][number] | null;
  /** The path of the project, or of the organization where no project is open. */
  base: string;
  /** The section of the project, such as `users`; empty on its overview. */
  section: string;
};

/** The current place, from the URL. Not from the route's parameters, which a page that is not found lacks. */
export function useConsolePlace(places: ConsolePlace[]): CurrentPlace {
  const pathname = usePathname();
  const [, , organizationSlug, projectSlug] = pathname.split('/');
  const organization = places.find(({ slug }) => slug === organizationSlug) ?? null;
  const project = organization?.projects.find(({ slug }) => slug === projectSlug) ?? null;
  if (!organization) return { organization, project: null, base: '/console', section: '' };
  if (!project) return { organization, project, base: organizationPath(organization), section: '' };
  const base = projectPath(organization, project);
  return { organization, project, base, section: pathname.slice(base.length + 1).split('/')[0] ?? '' };
}

type Named = { slug: string };

export function organizationPath({ slug }: Named): string {
  return `/console/${slug}`;
}

export function projectPath(organization: Named, { slug }: Named): string {
  return `${organizationPath(organization)}/${slug}`;
}

/** Owners of an organization may create another. */
export function mayCreateOrganization(places: ConsolePlace[]): boolean {
  return places.some(({ role }) => role === 'owner');
}

export function mayCreateProject({ role }: ConsolePlace): boolean {
  return role !== 'viewer';
}
