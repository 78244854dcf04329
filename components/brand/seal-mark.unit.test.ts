import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SEAL_PATH } from './seal-mark';

test('the icon of the app is the mark', () => {
  expect(readFileSync(new URL('../../app/icon.svg', import.meta.url), 'utf8')).toContain(SEAL_PATH);
});
