'use client';

import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ArrowDown, ArrowUp, ChevronRight, Trash2 } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { DraftRow } from '@/lib/schema/model/draft';

/** Whether the version in force has the field, and the same way. */
export type RowState = 'new' | 'changed' | 'same';

type Props = {
  row: DraftRow;
  /** Prefix of the ids of its buttons. */
  id: string;
  state: RowState;
  isOpen: boolean;
  isReadOnly: boolean;
  onToggle: () => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  /** The controls, while it is open. */
  children: ReactNode;
};

/** The line of a field: its title opens the controls, the buttons move and remove it. */
export function FieldRow({ row, id, state, isOpen, isReadOnly, onToggle, onMove, onRemove, children }: Props) {
  const t = useTranslations('consoleSchemaEditor.form');
  const name = rowName(row);
  return (
    <>
      <div className="flex items-start gap-1 py-1">
        <h3 className="min-w-0 flex-1">
          <button
            type="button"
            id={`${id}-title`}
            aria-expanded={isOpen}
            onClick={onToggle}
            className="flex min-h-8 w-full items-start gap-1.5 rounded-md py-1 text-start text-sm hover:bg-sunken"
          >
            <ChevronRight size={16} className={`motion mt-0.5 shrink-0 ${isOpen ? 'rotate-90' : ''}`} aria-hidden />
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium wrap-anywhere">{name}</span>
              <RowBadges row={row} state={state} />
            </span>
          </button>
        </h3>
        {!isReadOnly && (
          <div className="flex shrink-0">
            <IconButton
              id={`${id}-up`}
              label={t('moveUp', { field: name })}
              isBlocked={!row.canMoveUp}
              onClick={() => onMove(-1)}
            >
              <ArrowUp size={16} aria-hidden />
            </IconButton>
            <IconButton
              id={`${id}-down`}
              label={t('moveDown', { field: name })}
              isBlocked={!row.canMoveDown}
              onClick={() => onMove(1)}
            >
              <ArrowDown size={16} aria-hidden />
            </IconButton>
            <IconButton id={`${id}-remove`} label={t('remove', { field: name })} onClick={onRemove}>
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </div>
        )}
      </div>
      {isOpen && children}
    </>
  );
}

export function rowName({ title, path }: DraftRow): string {
  return title || (path.at(-1) ?? '');
}

function RowBadges({ row, state }: Pick<Props, 'row' | 'state'>) {
  const t = useTranslations('consoleSchemaEditor.form');
  const words = useTranslations('consoleSchemaEditor.field');
  const { kind, type, isList, isRequired, identifier } = row;
  const kindName = kind === 'group' ? words('types.group') : words(`types.${type}`);
  return (
    <>
      {kind !== 'other' && (
        <span className="text-muted">{isList ? words('listOf', { type: kindName }) : kindName}</span>
      )}
      {isRequired && <Badge>{words('required')}</Badge>}
      {identifier !== 'no' && <Badge tone="info">{words('identifier')}</Badge>}
      {state !== 'same' && <Badge tone="warning">{state === 'new' ? t('isNew') : t('isChanged')}</Badge>}
    </>
  );
}

type IconButtonProps = { id: string; label: string; isBlocked?: boolean; onClick: () => void; children: ReactNode };

/** Blocked ones keep the focus: a field that has arrived at the top was moved by this button. */
function IconButton({ id, label, isBlocked = false, onClick, children }: IconButtonProps) {
  return (
    <Button
      id={id}
      variant="quiet"
      size="small"
      aria-label={label}
      title={label}
      aria-disabled={isBlocked || undefined}
      className="px-1.5! aria-disabled:cursor-default! aria-disabled:opacity-40"
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
