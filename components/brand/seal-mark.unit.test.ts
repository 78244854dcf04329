import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SEAL_PATH } from './seal-mark';

test('app/icon.svg has the path of the mark', () => {
  expect(readFileSync(new URL('../../app/icon.svg', import.meta.url), 'utf8')).toContain(SEAL_PATH);
});
