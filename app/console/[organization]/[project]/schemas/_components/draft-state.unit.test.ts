import { expect, test } from 'vitest';
import { templateDocument } from '@/lib/schema/model/template';
import { changeDraft, type DraftChange, newDraft } from './draft-state';

const PERSON = templateDocument('person');
const TEXT = JSON.stringify(PERSON, null, 2);
const after = (...changes: DraftChange[]) => changes.reduce(changeDraft, newDraft(TEXT, PERSON));
const titled = (value: string): DraftChange => ({
  kind: 'edit',
  edit: { op: 'text', path: ['phone'], keyword: 'title', language: null, value },
});
const removed: DraftChange = { kind: 'edit', edit: { op: 'remove', path: ['phone'] } };
const typed = (text: string): DraftChange => ({ kind: 'type', text });
const undo: DraftChange = { kind: 'undo' };
const redo: DraftChange = { kind: 'redo' };

test('a faulty text keeps the last document and the place of the fault, and the form changes nothing', () => {
  const faulty = TEXT.replace('"title": "Person",', '"title": ,');
  expect(after(typed(faulty))).toMatchObject({ text: faulty, document: PERSON, fault: { line: 3, kind: 'syntax' } });
  expect(after(typed(faulty), removed).text).toBe(faulty);
  expect(newDraft(faulty, PERSON)).toMatchObject({ document: PERSON });
});

test('typing into one control is one step of Undo', () => {
  expect(after(titled('P'), titled('Ph'), titled('Pho'), undo).text).toBe(TEXT);
  expect(after(typed(`${TEXT} `), typed(`${TEXT}  `), undo).text).toBe(TEXT);
});

test('other changes are steps of their own, undone and done again in order', () => {
  const changes = [titled('Mobile'), removed, typed(`${TEXT}\n`)];
  expect(after(...changes, undo, undo).text).toBe(after(titled('Mobile')).text);
  expect(after(...changes, undo, undo, redo).text).toBe(after(titled('Mobile'), removed).text);
  expect(after(...changes, undo, undo, undo, undo)).toMatchObject({ text: TEXT, past: [], document: PERSON });
});

test('a change after Undo ends Redo', () => {
  expect(after(removed, undo, titled('Mobile'), redo).text).toBe(after(titled('Mobile')).text);
});

test('a byte order mark is left out', () => expect(after(typed(`\uFEFF${TEXT} `)).text).toBe(`${TEXT} `));
