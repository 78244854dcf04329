'use client';

import {
  type ComponentType,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useState,
} from 'react';
import type { TriggerProps } from './loaded-menu';
import { OnDemand, useOnFirstMove } from './on-demand';

type Code = typeof import('./loaded-menu');
const code = new OnDemand<Code>(() => import('./loaded-menu'));

type Props = TriggerProps & {
  /**
   * Opens without script, and where the menu cannot be loaded: an element with the attribute `popover`. Opened before
   * hydration, it turns into the menu.
   */
  plain?: { id: string; ref: RefObject<HTMLElement | null>; content: ReactNode };
  /** The popup. */
  menu: ReactNode;
};

/** A button and its menu, whose code loads on the person's first move. Until it first opens, the button is a plain one. */
export function MenuButton({ plain, menu, ...trigger }: Props) {
  const [openedBy, setOpenedBy] = useState<'pointer' | 'keyboard'>();
  useOnFirstMove(code);
  const open = (by: 'pointer' | 'keyboard') =>
    code.load().then(
      () => setOpenedBy(by),
      () => plain?.ref.current?.showPopover(),
    );
  const openInstead = useEffectEvent(() => {
    if (plain?.ref.current?.matches(':popover-open')) void open('pointer');
  });
  useEffect(() => openInstead(), []);
  const handleClick = (event: MouseEvent) => {
    if (plain?.ref.current?.matches(':popover-open')) return; // the browser closes it
    event.preventDefault();
    void open(event.detail === 0 ? 'keyboard' : 'pointer');
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    void open('keyboard');
  };
  const Loaded = code.loaded?.LoadedMenu;
  if (openedBy && Loaded) {
    return (
      <Loaded trigger={trigger} isByKeyboard={openedBy === 'keyboard'}>
        {menu}
      </Loaded>
    );
  }
  return (
    <>
      <button
        {...trigger}
        type="button"
        popoverTarget={plain?.id}
        aria-haspopup="menu"
        aria-expanded={false}
        onClick={handleClick}
        onKeyDown={handleKey}
      />
      {plain?.content}
    </>
  );
}

/** A part of a menu, inside a `MenuButton`, which renders it only once its code has loaded. */
function part<Props extends object>(of: (code: Code) => ComponentType<Props>): ComponentType<Props> {
  return function MenuPart(props: Props) {
    const Part = code.loaded && of(code.loaded);
    return Part ? <Part {...props} /> : null;
  };
}

export const MenuPopup = part((loaded) => loaded.MenuPopup);
export const MenuGroup = part((loaded) => loaded.MenuGroup);
export const MenuItem = part((loaded) => loaded.MenuItem);
export const MenuLink = part((loaded) => loaded.MenuLink);
export const MenuChoice = part((loaded) => loaded.MenuChoice);
export const MenuChecks = part((loaded) => loaded.MenuChecks);
export const MenuSeparator = part((loaded) => loaded.MenuSeparator);
