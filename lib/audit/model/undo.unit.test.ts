import { describe, expect, test } from 'vitest';
import { type FieldChange, findConflict, withoutUndone } from './undo';

const event = (id: string, pointers: string[], undoes?: string): FieldChange => ({
  id,
  type: 'identity.updated',
  details: {
    changes: Object.fromEntries(pointers.map((pointer) => [pointer, { before: 1, after: 2 }])),
    ...(undoes && { undoes }),
  },
});
const ids = (events: FieldChange[]) => withoutUndone(events).remaining.map(({ id }) => id);

describe('withoutUndone', () => {
  const [one, two] = [event('1', ['/a']), event('2', ['/a'])];

  test('leaves out a change with its undo', () => {
    expect(ids([event('3', ['/a'], '2'), two, one])).toEqual(['1']);
    expect(withoutUndone([event('3', ['/a'], '2'), two, one]).undoneBy.get('2')?.id).toBe('3');
  });

  test('counts a change whose undo was undone', () => {
    expect(ids([event('4', ['/a'], '3'), event('3', ['/a'], '2'), two, one])).toEqual(['2', '1']);
    expect(ids([event('5', ['/a'], '4'), event('4', ['/a'], '3'), event('3', ['/a'], '2'), two, one])).toEqual(['1']);
  });

  test('counts the undo of an earlier change', () => {
    expect(ids([event('3', ['/a'], '1'), two])).toEqual(['3', '2']);
  });
});

describe('findConflict', () => {
  const changed = event('1', ['/traits/name/first', '/schema_id']);
  const conflict = (pointer: string, later: string[]) => findConflict(changed, pointer, [event('2', later)])?.id;

  test('finds the same field, an object around it and a value within it', () => {
    expect(conflict('/traits/name/first', ['/traits/name/first'])).toBe('2');
    expect(conflict('/traits/name/first', ['/traits/name'])).toBe('2');
    expect(conflict('/traits/name', ['/traits/name/first'])).toBe('2');
    expect(conflict('/schema_id', ['/schema_version'])).toBe('2');
  });

  test('ignores its neighbours', () => {
    expect(conflict('/traits/name/first', ['/traits/name/firstborn', '/traits/email'])).toBeUndefined();
  });
});
