import { expect, test } from 'vitest';
import { isUuid, newId } from './ids';

test('IDs are UUIDv7 that increase, also within a millisecond', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.every((id) => isUuid(id) && id[14] === '7' && '89ab'.includes(id[19] ?? ''))).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an ID begins with its creation time', () => {
  const before = Date.now();
  const millis = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
  expect(millis).toBeGreaterThanOrEqual(before);
});

test('isUuid accepts the canonical form only', () => {
  const id = newId();
  expect(isUuid(id)).toBe(true);
  for (const other of [id.toUpperCase(), `{${id}}`, id.replaceAll('-', ''), `${id} `, ''])
    expect(isUuid(other)).toBe(false);
});
