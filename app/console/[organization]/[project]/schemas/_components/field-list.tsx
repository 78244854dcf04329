'use client';

import { useEffect, useState } from 'react';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import { getAt, isSameJson, type JsonObject } from '@/lib/platform/json';
import { type DraftRow, type FieldType, flatRows, schemaPath } from '@/lib/schema/model/draft';
import { type DraftEdit, keyFor } from '@/lib/schema/model/draft-edit';
import { AddField } from './add-field';
import { FieldDetails } from './field-details';
import { FieldRow, type RowState, rowName } from './field-row';

type Props = {
  rows: DraftRow[];
  document: JsonObject;
  /** The version in force; null for a new schema, whose fields are all new. */
  published: JsonObject | null;
  locale: Locale;
  isReadOnly: boolean;
  onEdit: (edit: DraftEdit) => void;
};

/** The fields of a schema in their order, those of groups below their group. */
export function FieldList({ rows, document, published, locale, isReadOnly, onEdit }: Props) {
  const t = useTranslations('consoleSchemaEditor.form');
  const [open, setOpen] = useState<readonly string[]>([]);
  /** By the path after a rename: the key before, so that React keeps the controls, and with them the focus. */
  const [formerKeys, setFormerKeys] = useState<Record<string, string>>({});
  const [said, setSaid] = useState('');
  const [focus, setFocus] = useState<string>();
  useEffect(() => {
    if (focus === undefined) return;
    window.document.getElementById(focus)?.focus();
    setFocus(undefined);
  }, [focus]);

  const stateOf = ({ path }: DraftRow): RowState => {
    if (!published) return 'same';
    const before = getAt(published, schemaPath(path));
    if (before === undefined) return 'new';
    return isSameJson(before, getAt(document, schemaPath(path))) ? 'same' : 'changed';
  };
  const move = (row: DraftRow, by: -1 | 1, siblings: DraftRow[]) => {
    onEdit({ op: 'move', path: row.path, by });
    setSaid(t('moved', { field: rowName(row), position: siblings.indexOf(row) + by + 1, count: siblings.length }));
    setFocus(`${idOf(row)}-${by < 0 ? 'up' : 'down'}`);
  };
  const remove = (row: DraftRow, siblings: DraftRow[], path: string[]) => {
    const at = siblings.indexOf(row);
    const next = siblings[at + 1] ?? siblings[at - 1];
    onEdit({ op: 'remove', path: row.path });
    setSaid(t('removed', { field: rowName(row) }));
    setFocus(next ? `${idOf(next)}-title` : addId(path));
  };
  const add = (path: string[], siblings: DraftRow[], field: { title: string; type: FieldType | 'group' }) => {
    const key = keyFor(field.title, keysOf(siblings));
    const pointer = JSON.stringify([...path, key]);
    onEdit({ op: 'add', path: [...path, key], ...field });
    setOpen([...open, pointer]);
    setSaid(t('added', { field: field.title }));
    setFocus(`${ID}${pointer}-title`);
  };
  const edit = (row: DraftRow, change: DraftEdit) => {
    if (change.op === 'rename') {
      const { path } = row;
      const renamed = [...path.slice(0, -1), change.key];
      const isWithin = (other: string[]) => path.every((key, at) => other[at] === key);
      setOpen(
        open.map((each) =>
          moved(each, (other) => (isWithin(other) ? [...renamed, ...other.slice(path.length)] : other)),
        ),
      );
      setFormerKeys({
        ...formerKeys,
        [JSON.stringify(renamed)]: formerKeys[JSON.stringify(path)] ?? path.at(-1) ?? '',
      });
    }
    onEdit(change);
  };
  const toggle = (row: DraftRow) => {
    const id = JSON.stringify(row.path);
    setOpen(open.includes(id) ? open.filter((each) => each !== id) : [...open, id]);
  };
  const level = (siblings: DraftRow[], path: string[], group: string | null) => (
    <div className="flex min-w-0 flex-col gap-3">
      {siblings.length > 0 && (
        <ol className="flex flex-col divide-y divide-line border-y border-line">
          {withUniqueKeys(siblings, formerKeys).map(([reactKey, row]) => (
            <li key={reactKey}>
              <FieldRow
                row={row}
                id={idOf(row)}
                state={stateOf(row)}
                isOpen={open.includes(JSON.stringify(row.path))}
                isReadOnly={isReadOnly}
                onToggle={() => toggle(row)}
                onMove={(by) => move(row, by, siblings)}
                onRemove={() => remove(row, siblings, path)}
              >
                <fieldset disabled={isReadOnly} className="min-w-0 ps-5.5">
                  <FieldDetails
                    row={row}
                    taken={keysOf(siblings.filter((each) => each !== row))}
                    isPublished={published !== null && getAt(published, schemaPath(row.path)) !== undefined}
                    locale={locale}
                    onEdit={(change) => edit(row, change)}
                  />
                </fieldset>
              </FieldRow>
              {row.kind === 'group' && (
                <div className="ms-2 mb-3 border-s-2 border-line ps-3.5">{level(row.rows, row.path, rowName(row))}</div>
              )}
            </li>
          ))}
        </ol>
      )}
      {!isReadOnly && <AddField id={addId(path)} group={group} onAdd={(field) => add(path, siblings, field)} />}
    </div>
  );
  return (
    <div>
      {flatRows(rows).length === 0 && <p className="pb-3 text-muted">{t('empty')}</p>}
      {level(rows, [], null)}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

const ID = 'field-row-';

function idOf({ path }: DraftRow): string {
  return ID + JSON.stringify(path);
}

function addId(path: string[]): string {
  return `field-add-${JSON.stringify(path)}`;
}

function moved(path: string, to: (path: string[]) => string[]): string {
  const keys: string[] = JSON.parse(path);
  return JSON.stringify(to(keys));
}

/** Siblings by their key, or the one before a rename; a new field may have that one again. */
function withUniqueKeys(rows: DraftRow[], formerKeys: Record<string, string>): Array<[string, DraftRow]> {
  const taken = new Set<string>();
  return rows.map((row) => {
    let key = formerKeys[JSON.stringify(row.path)] ?? row.path.at(-1) ?? '';
    while (taken.has(key)) key += '+';
    taken.add(key);
    return [key, row];
  });
}

function keysOf(rows: DraftRow[]): string[] {
  return rows.map(({ path }) => path.at(-1) ?? '');
}
