import { expect, test } from 'vitest';
import { physicalDirections } from './physical-directions.mjs';

const found = (text: string, file = 'components/ui/x.tsx') =>
  physicalDirections(file, text).map((fault) => /"(.+?)"/.exec(fault)?.[1]);

test.each([
  ['ml-4 flex', 'ml-4'],
  ['sm:-mr-2.5', '-mr-2.5'],
  ['pl-[3px]', 'pl-[3px]'],
  ['hover:left-1/2', 'left-1/2'],
  ['right-(--gap)', 'right-(--gap)'],
  ['border-l', 'border-l'],
  ['rounded-tr-lg', 'rounded-tr-lg'],
  ['text-left', 'text-left'],
])('refuses a utility that names a side: %s', (classes, fault) => {
  expect(found(`<p className="${classes}">`)).toEqual([fault]);
});

test('refuses properties that name a side', () => {
  expect(found('a {\n  margin-left: 1px;\n  left: 0;\n  text-align: right;\n}', 'app/globals.css')).toEqual([
    'margin-left:',
    'left:',
    'text-align: right',
  ]);
  expect(found('style={{ paddingLeft: 4 }}')).toEqual(['paddingLeft']);
});

test('accepts start and end, and words', () => {
  const fine = '<p className="ms-4 pe-2 start-0 text-start border-s rounded-ss-lg">left-to-right, what is left</p>';
  expect(found(`${fine} const left = right - 1; // on the left`)).toEqual([]);
  expect(found('.a { inset-inline-start: 0; background: left; }', 'app/globals.css')).toEqual([]);
  expect(found('<p className="ml-4">', 'lib/mail/x.ts')).toEqual([]);
});
