import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getAt, isJsonObject, type Json, type JsonObject, setAt } from '@/lib/platform/json';
import defaultDocument from '../default-schema.json';
import { type DraftRow, draftRows, flatRows, schemaPath } from './draft';
import { type DraftEdit, editDraft, keyFor, toListedValue } from './draft-edit';
import { fieldsOf } from './field';

const documentOf = (text: string): JsonObject => JSON.parse(text);
const rowsIn = (text: string) => flatRows(draftRows(documentOf(text)) ?? []);
const samePath = (one: string[], other: string[]) => JSON.stringify(one) === JSON.stringify(other);
const rowAt = (text: string, path: string[]) => rowsIn(text).find((row) => samePath(row.path, path));

describe('the default schema', () => {
  const text = JSON.stringify(defaultDocument, null, 2);

  test('is shown as rows', () => {
    expect(rowsIn(text).map(({ pointer, kind }) => [pointer, kind])).toEqual([
      ['/traits/email', 'field'],
      ['/traits/name', 'group'],
      ['/traits/name/first', 'field'],
      ['/traits/name/last', 'field'],
      ['/traits/name/academic-degree', 'field'],
    ]);
    expect(rowAt(text, ['email'])).toMatchObject({ isRequired: true, identifier: 'yes', titles: { de: 'E-Mail' } });
  });

  test.each<[string, DraftEdit, string, string]>([
    [
      'a title',
      { op: 'text', path: ['name', 'first'], keyword: 'title', language: null, value: 'Given name' },
      '"First name"',
      '"Given name"',
    ],
    [
      'a right',
      { op: 'selfService', path: ['email'], right: 'hidden' },
      '"selfService": "read"',
      '"selfService": "hidden"',
    ],
    [
      'what is required',
      { op: 'required', path: ['name'], isRequired: true },
      '"email"\n      ]',
      '"email", "name"\n      ]',
    ],
    [
      'no more an identifier',
      { op: 'identifier', path: ['email'], isIdentifier: false },
      '\n            "identifier": true,',
      '',
    ],
  ])('changes in one place: %s', (_, edit, before, after) => {
    expect(text).toContain(before);
    expect(editDraft(text, edit).replaceAll(/\s/g, '')).toBe(text.replace(before, after).replaceAll(/\s/g, ''));
  });

  test('takes another field', () => {
    const added = editDraft(text, { op: 'add', path: ['age'], title: 'Age', type: 'integer' });
    const expected = setAt(structuredClone(defaultDocument), schemaPath(['age']), { type: 'integer', title: 'Age' });
    expect(documentOf(added)).toEqual(expected);
    expect(fieldsOf(documentOf(added)).at(-1)).toMatchObject({ title: 'Age', selfService: 'read' });
  });

  test('loses a field, also among the required ones', () => {
    const removed = documentOf(editDraft(text, { op: 'remove', path: ['email'] }));
    expect(getAt(removed, ['properties', 'traits', 'required'])).toBeUndefined();
    expect(fieldsOf(removed)).toHaveLength(3);
  });
});

test('a number that was a text identifies no one, and has no format', () => {
  const node = { type: 'string', format: 'email', enum: ['1', 'x', null], 'x-signet': { identifier: true } };
  const text = JSON.stringify({ properties: { traits: { properties: { a: node } } } });
  const changed = editDraft(text, { op: 'type', path: ['a'], type: 'integer', isList: false });
  expect(getAt(documentOf(changed), schemaPath(['a']))).toEqual({ type: 'integer', enum: [1, 'x', null] });
});

test.each([
  ['Cost centre', [], 'cost-centre'],
  ['Straße & Hausnummer', [], 'stra-e-hausnummer'],
  ['Ort', ['ort'], 'ort-2'],
  ['القسم', [], 'field'],
  ['2', ['field-2'], 'field-2-2'],
])('%j becomes a key', (title, taken, key) => expect(keyFor(title, taken)).toBe(key));

test.each([
  ['1.5', 'number', 1.5],
  ['x', 'integer', 'x'],
  ['true', 'boolean', true],
  ['true', 'string', 'true'],
] as const)('%j of type %s is listed as %j', (text, type, value) => expect(toListedValue(text, type)).toBe(value));

describe('any schema in any spacing', () => {
  const key = fc.constantFrom('a', 'b', 'a/b', '~', 'é', 'required', 'properties', 'x-signet', '"', '', '0');
  const unknown = fc.dictionary(
    fc.constantFrom('default', 'x-other', 'pattern', 'examples'),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const note = fc.record(
    {
      identifier: fc.boolean(),
      selfService: fc.constantFrom('write', 'writeOnce', 'read', 'hidden', 'odd'),
      autocomplete: fc.constant('name'),
      titles: fc.dictionary(fc.constantFrom('de', 'fr', 'xx'), fc.string({ maxLength: 3 })),
    },
    { requiredKeys: [] },
  );
  const texts = fc.record({ title: fc.string(), description: fc.string(), 'x-signet': note }, { requiredKeys: [] });
  const value = fc.record(
    {
      type: fc.constantFrom<Json>('string', 'number', 'integer', 'boolean', ['string', 'null']),
      format: fc.constantFrom('email', 'date', 'odd'),
      maxLength: fc.nat(300),
      enum: fc.array(fc.string({ maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['type'] },
  );
  const merged = (...parts: fc.Arbitrary<object>[]) =>
    fc.tuple(...parts).map((all) => Object.assign({}, ...all) as JsonObject);
  const list = merged(texts, fc.record({ type: fc.constant('array'), items: merged(value, unknown) }), unknown);
  const other = fc.constantFrom<Json>(true, { $ref: '#/$defs/a' }, { type: 'object' }, { type: 'array' }, 7);
  const groupOf = (inner: fc.Arbitrary<Json>) =>
    fc.tuple(fc.dictionary(key, inner, { maxKeys: 4 }), texts, unknown, fc.array(key, { maxLength: 2 })).map(
      ([properties, own, rest, required]): JsonObject => ({
        ...{ type: 'object', ...own, properties, ...rest },
        ...(required.length > 0 && { required: [...new Set(required)] }),
      }),
    );
  const leaf = fc.oneof(merged(texts, value, unknown), list, other) as fc.Arbitrary<Json>;
  const text = fc
    .tuple(groupOf(fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: groupOf(leaf) })), fc.jsonValue())
    .chain(([traits, rest]) =>
      fc
        .constantFrom(undefined, 2, 4, '\t')
        .map((space) =>
          JSON.stringify({ $id: rest, properties: { before: rest, traits }, 'x-after': rest }, null, space),
        ),
    );

  /** The document without one keyword, and without what would be empty then: all that an edit may not touch. */
  const without = (document: JsonObject, path: string[]) => JSON.stringify(setAt(document, path, undefined));
  const holds = (check: (text: string, row: DraftRow) => void) =>
    fc.assert(
      fc.property(text, fc.nat(), (written, at) => {
        const rows = rowsIn(written);
        const row = rows[at % Math.max(rows.length, 1)];
        if (row) check(written, row);
      }),
      { numRuns: 400 },
    );
  const itemPath = ({ path, isList }: DraftRow) => [...schemaPath(path), ...(isList ? ['items'] : [])];

  test.each<[string, (row: DraftRow) => DraftEdit | null, (row: DraftRow) => string[], Partial<DraftRow>]>([
    [
      'title',
      ({ path }) => ({ op: 'text', path, keyword: 'title', language: null, value: 'New' }),
      ({ path }) => [...schemaPath(path), 'title'],
      { title: 'New' },
    ],
    [
      'title in a language',
      ({ path }) => ({ op: 'text', path, keyword: 'title', language: 'de', value: 'Neu' }),
      ({ path }) => [...schemaPath(path), 'x-signet', 'titles', 'de'],
      {},
    ],
    [
      'no description',
      ({ path }) => ({ op: 'text', path, keyword: 'description', language: null, value: '' }),
      ({ path }) => [...schemaPath(path), 'description'],
      { description: '' },
    ],
    [
      'format',
      (row) => (row.kind === 'field' ? { op: 'format', path: row.path, format: 'uri' } : null),
      (row) => [...itemPath(row), 'format'],
      { format: 'uri' },
    ],
    [
      'no maximum',
      (row) => (row.kind === 'field' ? { op: 'maxLength', path: row.path, maxLength: null } : null),
      (row) => [...itemPath(row), 'maxLength'],
      { maxLength: null },
    ],
    [
      'listed values',
      (row) => (row.kind === 'field' ? { op: 'values', path: row.path, values: ['x', 1] } : null),
      (row) => [...itemPath(row), 'enum'],
      { values: ['x', 1] },
    ],
    [
      'required',
      ({ path }) => ({ op: 'required', path, isRequired: true }),
      ({ path }) => [...schemaPath(path.slice(0, -1)), 'required'],
      { isRequired: true },
    ],
    [
      'optional',
      ({ path }) => ({ op: 'required', path, isRequired: false }),
      ({ path }) => [...schemaPath(path.slice(0, -1)), 'required'],
      { isRequired: false },
    ],
    [
      'right',
      ({ path }) => ({ op: 'selfService', path, right: 'writeOnce' }),
      ({ path }) => [...schemaPath(path), 'x-signet', 'selfService'],
      { selfService: 'writeOnce' },
    ],
    [
      'no identifier',
      ({ path }) => ({ op: 'identifier', path, isIdentifier: false }),
      ({ path }) => [...schemaPath(path), 'x-signet', 'identifier'],
      { identifier: 'no' },
    ],
  ])('keeps all but the %s', (_, editOf, touched, shown) =>
    holds((written, row) => {
      const edit = editOf(row);
      // Only an object has keywords.
      if (!edit || !isJsonObject(getAt(documentOf(written), schemaPath(row.path)))) return;
      const changed = editDraft(written, edit);
      expect(rowAt(changed, row.path)).toMatchObject(shown);
      expect(without(documentOf(changed), touched(row))).toBe(without(documentOf(written), touched(row)));
      expect(editDraft(changed, edit)).toBe(changed);
    }),
  );

  test('a move is undone by its opposite, to the byte', () =>
    holds((written, row) => {
      const { path } = row;
      if (!row.canMoveDown) return;
      const moved = editDraft(written, { op: 'move', path, by: 1 });
      expect(documentOf(moved)).toEqual(documentOf(written));
      expect(moved).not.toBe(written);
      expect(editDraft(moved, { op: 'move', path, by: -1 })).toBe(written);
    }));

  test('a new key is undone by the former one, to the byte', () =>
    holds((written, row) => {
      const path = [...row.path.slice(0, -1), 'new'];
      const renamed = editDraft(written, { op: 'rename', path: row.path, key: 'new' });
      expect(rowAt(renamed, path)).toMatchObject({ isRequired: row.isRequired, kind: row.kind });
      expect(editDraft(renamed, { op: 'rename', path, key: row.path.at(-1) ?? '' })).toBe(written);
    }));

  test('a field that is added and removed leaves the schema as it was', () =>
    holds((written, row) => {
      const path = [...row.path.slice(0, -1), 'new'];
      const added = editDraft(written, { op: 'add', path, title: 'New', type: 'group' });
      expect(rowAt(added, path)).toMatchObject({ kind: 'group', title: 'New' });
      expect(JSON.stringify(documentOf(editDraft(added, { op: 'remove', path })))).toBe(
        JSON.stringify(documentOf(written)),
      );
    }));

  test('a list of a field is undone by the field', () =>
    holds((written, row) => {
      const { path, type } = row;
      const node = getAt(documentOf(written), schemaPath(path));
      if (row.kind !== 'field' || row.isList || !isJsonObject(node) || typeof node.type !== 'string') return;
      const listed = editDraft(written, { op: 'type', path, type, isList: true });
      expect(rowAt(listed, path)).toMatchObject({ isList: true, type, format: row.format, values: row.values });
      const { identifier: _, ...note } = isJsonObject(node['x-signet']) ? node['x-signet'] : {};
      const back = getAt(documentOf(editDraft(listed, { op: 'type', path, type, isList: false })), schemaPath(path));
      expect({ ...(back as JsonObject), 'x-signet': note }).toEqual({
        ...node,
        'x-signet': note,
      });
    }));
});
