import { expect, test } from 'vitest';
import { BoundedCache } from './bounded-cache';

test('keeps the most recently used entries within its bound', () => {
  const cache = new BoundedCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  expect(cache.size).toBe(2);
});

test('setting an existing key replaces its value and evicts nothing', () => {
  const cache = new BoundedCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('a', 10);
  expect([cache.get('a'), cache.get('b')]).toEqual([10, 2]);
});
