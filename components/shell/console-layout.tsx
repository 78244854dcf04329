import type { ReactNode } from 'react';
import { ShortcutProvider } from '@/components/ui/shortcut-provider';
import { ConsoleBar } from './console-bar';
import { ConsoleNav } from './console-nav';
import type { ConsolePlace } from './console-place';
import type { PersonMenuProps } from './person-menu';
import type { ShortcutChoice } from './preferences';
import { UnsavedGuard } from './unsaved-guard';

type Props = PersonMenuProps & {
  places: ConsolePlace[];
  isMenuFolded: boolean;
  shortcuts: ShortcutChoice;
  children: ReactNode;
};

/** The console's layout: bar, side menu of the current place, content. */
export function ConsoleLayout({ places, isMenuFolded, children, ...menu }: Props) {
  return (
    <ShortcutProvider hasSingleKeys={menu.shortcuts.current === 'all'}>
      <div className="flex flex-1 flex-col text-sm [--bar-height:3.5rem]">
        <ConsoleBar places={places} {...menu} />
        <div className="flex flex-1 flex-col md:flex-row">
          <ConsoleNav places={places} isFolded={isMenuFolded} />
          <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 pt-6 pb-16 sm:px-6 lg:px-8 lg:pt-8">
            {children}
          </main>
          <UnsavedGuard />
        </div>
      </div>
    </ShortcutProvider>
  );
}
