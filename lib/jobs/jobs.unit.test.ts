import { expect, test } from 'vitest';
import { nounNames } from '@/scripts/lib/import-rules.mjs';
import { JOBS } from './jobs';

test('every job has a unique name that begins with its noun', () => {
  const names = JOBS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z-]+\.[a-z-]+$/);
  expect(nounNames).toEqual(expect.arrayContaining(names.map((name) => name.split('.')[0])));
});
