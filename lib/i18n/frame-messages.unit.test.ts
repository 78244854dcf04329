import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EDIT_MESSAGES, FRAME_MESSAGES } from './frame-messages';

const ROOT = path.join(import.meta.dirname, '../..');

const sources = ['app', 'components'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(path.join(ROOT, folder, file), 'utf8')),
);

test('the frame provides every message of `common` that client components use by itself', () => {
  const used = sources
    .flatMap((source) => {
      const name = /const (\w+) = useTranslations\('common'\)/.exec(source)?.[1];
      return name
        ? [...source.matchAll(new RegExp(`\\b${name}\\(\\s*(?:[^'()]*\\? )?'([\\w.]+)'(?: : '([\\w.]+)')?`, 'g'))]
        : [];
    })
    .flatMap(([, first = '', second = '']) => (second ? [first, second] : [first]))
    .map((key) => `common.${key}`);
  const provided: string[] = [...FRAME_MESSAGES, ...EDIT_MESSAGES];
  const missing = used.filter((key) => !provided.some((each) => key === each || key.startsWith(`${each}.`)));
  expect(used).toContain('common.working');
  expect([...new Set(missing)]).toEqual([]);
});
