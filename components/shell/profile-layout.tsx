import type { ComponentProps, ReactNode } from 'react';
import { AppHeader } from './app-header';
import { ProfileNav } from './profile-nav';
import { UnsavedGuard } from './unsaved-guard';

type Props = Omit<ComponentProps<typeof AppHeader>, 'homeHref'> & { children: ReactNode };

/** The frame of the person's own pages: header, the two pages at the side, the content. */
export function ProfileLayout({ children, ...header }: Props) {
  return (
    <>
      <AppHeader {...header} homeHref="/profile" />
      <div className="mx-auto grid w-full max-w-page gap-x-10 gap-y-6 px-4 pt-4 pb-16 sm:px-6 md:grid-cols-[12.5rem_minmax(0,1fr)] md:pt-8">
        <ProfileNav />
        <main id="content" tabIndex={-1} className="min-w-0">
          {children}
        </main>
        <UnsavedGuard />
      </div>
    </>
  );
}
