'use client';

import { type ReactNode, useState } from 'react';
import { classes } from '@/components/ui/classes';
import { Building2, ChevronsUpDown, Layers, Plus } from '@/components/ui/icons';
import { MenuButton, MenuGroup, MenuLink, MenuPopup, MenuSeparator } from '@/components/ui/overlay/menu';
import { useTranslations } from '@/lib/i18n/use-translations';
import {
  type ConsolePlace,
  type CurrentPlace,
  mayCreateOrganization,
  mayCreateProject,
  organizationPath,
  projectPath,
} from './console-place';

type OrganizationProps = {
  places: ConsolePlace[];
  organization: ConsolePlace | null;
  /** The project beside it has the same name, which is written once. */
  isNameRepeated?: boolean;
  className?: string;
};

/** The current organization and the others. Each links to its projects. */
export function OrganizationSwitcher({ places, organization, isNameRepeated, className }: OrganizationProps) {
  const t = useTranslations('console.switcher');
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const hasChoice = places.length > 1 || places.some(({ projects }) => projects.length > 1);
  if (!organization) return null;
  return (
    <div ref={setContainer} className={classes('min-w-0', className)}>
      <SwitcherButton
        label={t('organization', { name: organization.name })}
        text={isNameRepeated ? <Building2 size={16} aria-hidden /> : organization.name}
      >
        <MenuPopup container={container} align="start">
          <MenuGroup label={t('organizations')}>
            {places.map((place) => (
              <MenuLink key={place.slug} href={organizationPath(place)} isCurrent={place.slug === organization.slug}>
                {place.name}
              </MenuLink>
            ))}
          </MenuGroup>
          {(hasChoice || mayCreateOrganization(places)) && <MenuSeparator />}
          {hasChoice && (
            <MenuLink href="/console" icon={<Layers size={16} className="shrink-0" aria-hidden />}>
              {t('allOrganizations')}
            </MenuLink>
          )}
          {mayCreateOrganization(places) && (
            <MenuLink href="/console/-/new-organization" icon={<Plus size={16} className="shrink-0" aria-hidden />}>
              {t('newOrganization')}
            </MenuLink>
          )}
        </MenuPopup>
      </SwitcherButton>
    </div>
  );
}

type ProjectProps = Pick<CurrentPlace, 'organization' | 'project' | 'section'> & { className?: string };

/** The current project and the others of its organization. Each links to the same section there. */
export function ProjectSwitcher({ organization, project, section, className }: ProjectProps) {
  const t = useTranslations('console.switcher');
  const [container, setContainer] = useState<HTMLElement | null>(null);
  if (!organization || (organization.projects.length === 0 && !mayCreateProject(organization))) return null;
  const label = project ? t('project', { name: project.name }) : t('chooseProject');
  return (
    <div ref={setContainer} className={classes('min-w-0', className)}>
      <SwitcherButton label={label} text={project?.name ?? label} isMuted={!project}>
        <MenuPopup container={container} align="start">
          {organization.projects.length > 0 && (
            <MenuGroup label={t('projects')}>
              {organization.projects.map((other) => (
                <MenuLink
                  key={other.slug}
                  href={sameSection(projectPath(organization, other), section)}
                  isCurrent={other.slug === project?.slug}
                >
                  {other.name}
                </MenuLink>
              ))}
            </MenuGroup>
          )}
          {mayCreateProject(organization) && (
            <>
              {organization.projects.length > 0 && <MenuSeparator />}
              <MenuLink
                href={`${organizationPath(organization)}/-/new-project`}
                icon={<Plus size={16} className="shrink-0" aria-hidden />}
              >
                {t('newProject')}
              </MenuLink>
            </>
          )}
        </MenuPopup>
      </SwitcherButton>
    </div>
  );
}

const sameSection = (path: string, section: string) => (section ? `${path}/${section}` : path);

type ButtonProps = { label: string; text: ReactNode; isMuted?: boolean; children: ReactNode };

/** The accessible name includes what it switches; only the current name is visible. `children` is the popup. */
function SwitcherButton({ label, text, isMuted = false, children }: ButtonProps) {
  return (
    <MenuButton
      aria-label={label}
      className="motion flex min-h-9 max-w-full min-w-0 items-center gap-1.5 rounded-md px-2 py-1 font-medium hover:bg-sunken data-popup-open:bg-sunken"
      menu={children}
    >
      <span className={classes('min-w-0 truncate', isMuted && 'text-muted')}>{text}</span>
      <ChevronsUpDown size={14} className="shrink-0 text-muted" aria-hidden />
    </MenuButton>
  );
}
