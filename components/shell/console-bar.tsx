'use client';

import { useState } from 'react';
import { SealMark } from '@/components/brand/seal-mark';
import { classes } from '@/components/ui/classes';
import { Menu } from '@/components/ui/icons';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { Link } from '@/components/ui/link';
import { Drawer } from '@/components/ui/overlay/dialogs';
import { useTranslations } from '@/lib/i18n/use-translations';
import { PageLinks } from './console-nav';
import { consolePages } from './console-pages';
import { type ConsolePlace, type CurrentPlace, useConsolePlace } from './console-place';
import { ConsoleSearch } from './console-search';
import { PersonMenu, type PersonMenuProps } from './person-menu';
import { OrganizationSwitcher, ProjectSwitcher } from './place-switchers';

type Props = PersonMenuProps & { places: ConsolePlace[] };

/** The bar over every page of the console. Sticky; its height is `--bar-height`. */
export function ConsoleBar({ places, ...menu }: Props) {
  const t = useTranslations('console');
  const place = useConsolePlace(places);
  const { organization, project } = place;
  return (
    <header
      data-sticky-bar=""
      className="sticky top-0 z-30 flex h-(--bar-height) items-center gap-2 border-b border-line bg-raised px-2 sm:px-4"
    >
      <PhoneMenu places={places} place={place} />
      <Link href="/console" className="flex min-h-10 shrink-0 items-center gap-2.5 rounded-md px-1 font-semibold">
        <SealMark size={24} />
        <VisuallyHidden>{t('mark')} </VisuallyHidden>
        <span className="max-sm:sr-only">{t('title')}</span>
      </Link>
      <div className="flex min-w-0 flex-1 items-center gap-1">
        {organization && <Slash />}
        <OrganizationSwitcher
          places={places}
          organization={organization}
          isNameRepeated={organization !== null && organization.name === project?.name}
          className={classes('max-w-64', project && 'max-md:hidden')}
        />
        {organization && <Slash className="max-md:hidden" />}
        <ProjectSwitcher {...place} className={classes('max-w-64', !project && 'max-md:hidden')} />
      </div>
      <ConsoleSearch places={places} place={place} />
      <PersonMenu {...menu} profileHref="/profile" />
    </header>
  );
}

function Slash({ className }: { className?: string }) {
  return (
    <span aria-hidden className={classes('text-control select-none max-sm:hidden', className)}>
      /
    </span>
  );
}

/** Below 768 px: a drawer with the menu and the controls that do not fit the bar. */
function PhoneMenu({ places, place }: { places: ConsolePlace[]; place: CurrentPlace }) {
  const t = useTranslations('console');
  const nav = useTranslations('console.nav');
  const [isOpen, setOpen] = useState(false);
  const { organization, project } = place;
  const pages = consolePages(place, nav);
  if (!organization) return null;
  return (
    <>
      <button
        type="button"
        aria-label={t('openMenu')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className="motion flex size-10 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink md:hidden noscript:hidden"
      >
        <Menu size={20} aria-hidden />
      </button>
      <Drawer isOpen={isOpen} onOpenChange={setOpen} title={t('menu')} closeLabel={t('closeMenu')}>
        <div className="-mx-2 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 gap-y-1 text-sm">
          <Caption>{nav('organization')}</Caption>
          <OrganizationSwitcher places={places} organization={organization} />
          <Caption>{nav('project')}</Caption>
          <ProjectSwitcher {...place} />
        </div>
        <div className="-mx-4.5 border-t border-line pt-2 text-sm">
          <PageLinks label={project ? nav('project') : nav('organization')} pages={pages} isFolded={false} />
        </div>
      </Drawer>
    </>
  );
}

/** Visual only: the switchers beside them have full names. */
function Caption({ children }: { children: string }) {
  return (
    <span aria-hidden className="ps-2 text-muted">
      {children}
    </span>
  );
}
