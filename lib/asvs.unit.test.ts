import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** docs/asvs.md claims which requirements Signet meets; these tests tie each claim to existing tests. */
const ROOT = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** The requirements of levels 1 and 2 in each section (ASVS 5.0.0); those of level 3 come after or between. */
const REQUIREMENTS = [
  ['6.1', [1, 2, 3]],
  ['6.2', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ['6.3', [1, 2, 3, 4]],
  ['6.4', [1, 2, 3, 4]],
  ['6.5', [1, 2, 3, 4, 5]],
  ['6.6', [1, 2, 3]],
  ['6.8', [1, 2, 3, 4]],
  ['7.1', [1, 2, 3]],
  ['7.2', [1, 2, 3, 4]],
  ['7.3', [1, 2]],
  ['7.4', [1, 2, 3, 4, 5]],
  ['7.5', [1, 2]],
  ['7.6', [1, 2]],
  ['8.1', [1, 2]],
  ['8.2', [1, 2, 3]],
  ['8.3', [1]],
  ['8.4', [1]],
  ['9.1', [1, 2, 3]],
  ['9.2', [1, 2, 3, 4]],
  ['10.1', [1, 2]],
  ['10.2', [1, 2]],
  ['10.3', [1, 2, 3, 4]],
  ['10.4', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ['10.5', [1, 2, 3, 4, 5]],
  ['10.6', [1, 2]],
  ['10.7', [1, 2, 3]],
] as const;

type Row = { numbers: string[]; status: string; proof: string };

const rows: Row[] = read('docs/asvs.md')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, range = '', , status = '', proof = ''] = line.split('|').map((cell) => cell.trim());
    return { numbers: expand(range), status, proof };
  });

function expand(range: string): string[] {
  const [from = '', to = from] = range.split('–');
  const section = from.slice(0, from.lastIndexOf('.'));
  const last = (number: string) => Number(number.slice(number.lastIndexOf('.') + 1));
  return Array.from({ length: last(to) - last(from) + 1 }, (_, index) => `${section}.${last(from) + index}`);
}

test('every requirement of levels 1 and 2 in V6 to V10 has one row, in order', () => {
  const required = REQUIREMENTS.flatMap(([section, numbers]) => numbers.map((number) => `${section}.${number}`));
  expect(rows.flatMap(({ numbers }) => numbers)).toEqual(required);
});

test.each(rows.filter(({ status }) => status === 'met'))('$numbers is named by the tests that prove it', (row) => {
  const files = [...row.proof.matchAll(/`([^`]+\.(?:test|spec)\.tsx?)`/g)].map(([, file = '']) => file);
  expect(files).not.toEqual([]);
  for (const file of files)
    for (const number of row.numbers)
      expect(read(file), file).toMatch(new RegExp(`ASVS ${number.replaceAll('.', '\\.')}(?!\\d)`));
});

test.each(rows.filter(({ status }) => status !== 'met'))('$numbers states a reason or a place', ({ status, proof }) => {
  expect(['documented', 'partly', 'not met', 'n/a']).toContain(status);
  expect(proof).not.toBe('');
  if (status !== 'documented') return;
  const [, file = '', anchor = ''] = /\]\(([^)#]+)#([^)]+)\)/.exec(proof) ?? [];
  expect(existsSync(path.join(ROOT, 'docs', file))).toBe(true);
  const headings = [...read(`docs/${file}`).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  expect(headings.map((heading) => heading.toLowerCase().replaceAll(' ', '-'))).toContain(anchor);
});
