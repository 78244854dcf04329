import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { bundle } from '@/scripts/build.mjs';
import { logLines } from '@/testing/log-lines';
import { resetEnv } from './env';
import { log } from './log';

const entry = path.resolve('build/log-test.mjs'); // where its packages are found
beforeAll(() => bundle(path.resolve('lib/platform/log.ts'), entry));
afterAll(() => rmSync(entry));
afterEach(resetEnv);

test('writes the lines of a turn together, in order', async () => {
  vi.stubEnv('LOG_LEVEL', 'info');
  resetEnv();
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  for (const at of [1, 2, 3]) log.info('line', { at });
  expect(write).not.toHaveBeenCalled();
  expect((await logLines(write)).map(({ at }) => at)).toEqual([1, 2, 3]);
  expect(write).toHaveBeenCalledOnce();
});

test('writes many lines before the end of the turn', () => {
  vi.stubEnv('LOG_LEVEL', 'info');
  resetEnv();
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  for (let at = 0; at < 20; at++) log.info('line', { text: 'x'.repeat(10_000) });
  expect(write.mock.calls.length).toBeGreaterThan(1);
});

test.each([
  ['ends', 'process.exit(3)', 3],
  ['fails', "throw new Error('unforeseen')", 1],
])('loses nothing when the process %s', (_, end, code) => {
  const script = `import { log } from ${JSON.stringify(entry)}; log.info('last words'); ${end};`;
  const env = { ...process.env, LOG_LEVEL: 'info' };
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
  expect([child.status, child.stdout]).toEqual([code, expect.stringContaining('last words')]);
});
