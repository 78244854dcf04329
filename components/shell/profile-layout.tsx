import type { ComponentProps, ReactNode } from 'react';
import { ShieldCheck, UserRoundCog } from '@/components/ui/icons';
import { SideNav } from '@/components/ui/layout/side-nav';
import { translator } from '@/lib/i18n/translate';
import { AppHeader } from './app-header';

type Props = Omit<ComponentProps<typeof AppHeader>, 'homeHref'> & { children: ReactNode };

/** The frame of the person's own pages: header, the two pages at the side, the content. */
export function ProfileLayout({ children, ...header }: Props) {
  const t = translator(header.preferences.locale, 'common.nav');
  return (
    <>
      <AppHeader {...header} homeHref="/profile" />
      <div className="mx-auto grid w-full max-w-page gap-x-10 gap-y-6 px-4 pt-4 pb-16 sm:px-6 md:grid-cols-[12.5rem_minmax(0,1fr)] md:pt-8">
        <SideNav
          label={t('label')}
          items={[
            { href: '/profile', text: t('accountAndSecurity'), icon: <ShieldCheck size={16} aria-hidden /> },
            { href: '/profile/settings', text: t('accountSettings'), icon: <UserRoundCog size={16} aria-hidden /> },
          ]}
        />
        <main id="content" tabIndex={-1} className="min-w-0">
          {children}
        </main>
      </div>
    </>
  );
}
