import { expect, test } from 'vitest';
import { MAX_AHEAD_SECONDS } from '@/lib/queue/model';
import { nounNames } from '@/scripts/lib/import-rules.mjs';
import { JOBS } from './jobs';

test('every job has a unique name that begins with its noun', () => {
  const names = JOBS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z-]+\.[a-z-]+$/);
  expect(nounNames).toEqual(expect.arrayContaining(names.map((name) => name.split('.')[0])));
});

test('every period, and the pause after a failure, is shorter than what counts as a clock that was wrong', () => {
  const periods = JOBS.flatMap((job) => ('everySeconds' in job ? [job.everySeconds] : []));
  expect(periods.length).toBeGreaterThan(0);
  expect(Math.max(...periods) * 2).toBeLessThan(MAX_AHEAD_SECONDS);
});
