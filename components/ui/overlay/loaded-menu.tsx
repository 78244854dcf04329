'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { type ComponentProps, type ReactNode, useLayoutEffect, useRef } from 'react';
import { Check } from '@/components/ui/icons';
import { Link } from '@/components/ui/link';

export type TriggerProps = Pick<ComponentProps<'button'>, 'aria-label' | 'className' | 'children'>;

type RootProps = { trigger: TriggerProps; isByKeyboard: boolean; children: ReactNode };

/**
 * A menu by Base UI, open from the start: arrows, Home, End, Esc, type-ahead; focus returns to the trigger. Opened by
 * keyboard, it starts on its first item.
 */
export function LoadedMenu({ trigger, isByKeyboard, children }: RootProps) {
  const button = useRef<HTMLButtonElement>(null);
  const hasOpened = useRef(false);
  useLayoutEffect(() => {
    if (!isByKeyboard || hasOpened.current) return;
    hasOpened.current = true;
    button.current?.focus();
    button.current?.click();
  }, [isByKeyboard]);
  return (
    <Base.Root defaultOpen={!isByKeyboard} modal={false}>
      <Base.Trigger ref={button} {...trigger} />
      {children}
    </Base.Root>
  );
}

const ITEM_STYLE =
  'flex min-h-9 w-full cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 text-start text-sm text-ink outline-none select-none data-highlighted:bg-sunken data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-transparent';

type PopupProps = {
  /** The container in the document, so that the menu stays inside its landmark. By default the end of the body. */
  container?: HTMLElement | null;
  /** The edge of the button the menu aligns with. */
  align?: 'start' | 'end';
  children: ReactNode;
};

export function MenuPopup({ container, align = 'end', children }: PopupProps) {
  return (
    <Base.Portal container={container}>
      <Base.Positioner align={align} sideOffset={8} collisionPadding={8} className="z-40 outline-none">
        <Base.Popup className="float-in max-h-(--available-height) w-72 max-w-(--available-width) origin-(--transform-origin) overflow-y-auto rounded-lg border border-line bg-raised p-1.5 text-ink shadow-float outline-none">
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

export function MenuItem({
  icon,
  onSelect,
  children,
}: {
  icon?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Base.Item className={ITEM_STYLE} onClick={onSelect}>
      {icon}
      {children}
    </Base.Item>
  );
}

type LinkProps = {
  href: string;
  icon?: ReactNode;
  /** The current place; marked by a tick. */
  isCurrent?: boolean;
  children: ReactNode;
};

export function MenuLink({ href, icon, isCurrent = false, children }: LinkProps) {
  return (
    <Base.LinkItem
      className={ITEM_STYLE}
      closeOnClick
      aria-current={isCurrent || undefined}
      render={<Link href={href} />}
    >
      {icon}
      <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
      {isCurrent && <Check size={16} className="shrink-0" aria-hidden />}
    </Base.LinkItem>
  );
}

/** A group named by its heading. */
export function MenuGroup({ label, children }: { label: ReactNode; children?: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  options: Array<{ value: string; text: string; icon?: ReactNode; lang?: string }>;
  onChoose: (value: string) => void;
};

/** One choice of a few, marked by a tick. */
export function MenuChoice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChoose}>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            lang={option.lang}
            className={ITEM_STYLE}
            closeOnClick
          >
            {option.icon}
            <span className="flex-1">{option.text}</span>
            <Base.RadioItemIndicator>
              <Check size={16} aria-hidden />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

type ChecksProps = {
  label: string;
  options: Array<{ value: string; text: string }>;
  checked: readonly string[];
  onToggle: (value: string, isChecked: boolean) => void;
};

/** Any number of a few, marked by ticks. The menu stays open. */
export function MenuChecks({ label, options, checked, onToggle }: ChecksProps) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">{label}</Base.GroupLabel>
      {options.map(({ value, text }) => (
        <Base.CheckboxItem
          key={value}
          checked={checked.includes(value)}
          onCheckedChange={(isChecked) => onToggle(value, isChecked)}
          closeOnClick={false}
          className={ITEM_STYLE}
        >
          <span className="flex-1">{text}</span>
          <Base.CheckboxItemIndicator>
            <Check size={16} aria-hidden />
          </Base.CheckboxItemIndicator>
        </Base.CheckboxItem>
      ))}
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;
}
