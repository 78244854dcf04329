'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { LoaderCircle, Search, X } from '@/components/ui/icons';
import { Link } from '@/components/ui/link';
import { SCRIM_STYLE } from './dialog-style';

export type CommandItem = {
  id: string;
  text: string;
  /** A second text at the end of the line: an address, an id. */
  hint?: string;
  /** 16 px. */
  icon?: ReactNode;
  href: string;
};

export type CommandGroup = { label: string; items: CommandItem[] };

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The accessible name of the dialog and of its field. */
  label: string;
  placeholder: string;
  closeLabel: string;
  /** The results in display order; empty groups are omitted. The caller does the searching. */
  groups: CommandGroup[];
  onQuery: (query: string) => void;
  isLoading?: boolean;
  /** Read out while it loads. */
  loadingText: string;
  /** Shown when there are no results. */
  emptyText: string;
};

/** A command palette: arrows select, Enter opens, Esc closes, and the focus returns to where it was. */
export function CommandDialog({ isOpen, onOpenChange, label, closeLabel, ...search }: Props) {
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={SCRIM_STYLE} />
        <Base.Viewport className="fixed inset-0 flex items-start justify-center overflow-hidden p-4 sm:pt-[12vh]">
          <Base.Popup
            aria-label={label}
            className="float-in flex max-h-[min(32rem,100%)] w-full max-w-[36rem] min-w-0 flex-col overflow-clip rounded-lg border border-line bg-raised text-ink shadow-float outline-none"
          >
            <CommandSearch {...search} label={label} closeLabel={closeLabel} onDone={() => onOpenChange(false)} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

type SearchProps = Omit<Props, 'isOpen' | 'onOpenChange'> & { onDone: () => void };

function CommandSearch(props: SearchProps) {
  const { label, placeholder, closeLabel, groups, onQuery, isLoading = false, loadingText, emptyText, onDone } = props;
  const shown = groups.filter(({ items }) => items.length > 0);
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={shown}
      autoHighlight="always"
      keepHighlight
      itemToStringValue={(item: CommandItem) => item.text}
      onValueChange={onQuery}
    >
      <div className="flex shrink-0 items-center gap-2.5 border-b border-line ps-4 pe-2">
        <Search size={16} className="shrink-0 text-muted" aria-hidden />
        <Autocomplete.Input
          aria-label={label}
          placeholder={placeholder}
          spellCheck={false}
          autoCapitalize="none"
          enterKeyHint="go"
          className="min-h-12 min-w-0 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-muted"
        />
        {isLoading && <LoaderCircle size={16} className="turn shrink-0 text-muted" aria-hidden />}
        <Base.Close
          aria-label={closeLabel}
          className="motion flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
        >
          <X size={16} aria-hidden />
        </Base.Close>
      </div>
      <Autocomplete.Status className="sr-only">{isLoading ? loadingText : ''}</Autocomplete.Status>
      <div className="min-h-0 overflow-y-auto overscroll-contain">
        <Autocomplete.Empty>
          {!isLoading && <p className="px-4 py-6 text-sm text-muted">{emptyText}</p>}
        </Autocomplete.Empty>
        <Autocomplete.List aria-label={label} className="p-1.5 empty:p-0">
          {(group: CommandGroup) => (
            <Autocomplete.Group key={group.label} items={group.items}>
              <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
                {group.label}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(item: CommandItem) => <CommandLine key={item.id} item={item} onDone={onDone} />}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}

function CommandLine({ item, onDone }: { item: CommandItem; onDone: () => void }) {
  return (
    <Autocomplete.Item
      value={item}
      render={<Link href={item.href} />}
      onClick={(event) => {
        // A new tab leaves the search where it is.
        if (!event.metaKey && !event.ctrlKey && !event.shiftKey) onDone();
      }}
      className="flex min-h-10 scroll-my-1.5 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm text-ink outline-none select-none data-highlighted:bg-sunken data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-transparent"
    >
      {item.icon && <span className="shrink-0 text-muted">{item.icon}</span>}
      <span className="max-w-[65%] shrink-0 truncate">{item.text}</span>
      {item.hint && <span className="ms-auto min-w-0 truncate text-muted">{item.hint}</span>}
    </Autocomplete.Item>
  );
}
