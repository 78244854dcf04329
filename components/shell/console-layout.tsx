import type { ReactNode } from 'react';
import { AppHeader } from './app-header';
import { ConsoleNav, type ConsolePlace } from './console-nav';
import type { PersonMenuProps } from './person-menu';

type Props = PersonMenuProps & { places: ConsolePlace[]; children: ReactNode };

/** The frame of the console: header, side menu of the place one is at, content. */
export function ConsoleLayout({ places, children, ...header }: Props) {
  return (
    <>
      <AppHeader {...header} projectName="Signet" homeHref="/console" />
      <div className="mx-auto grid w-full max-w-page gap-x-10 gap-y-6 px-4 pt-4 pb-16 text-sm sm:px-6 md:grid-cols-[12.5rem_minmax(0,1fr)] md:pt-8">
        <ConsoleNav places={places} />
        <main id="content" tabIndex={-1} className="min-w-0">
          {children}
        </main>
      </div>
    </>
  );
}
