import fc from 'fast-check';
import { expect, test } from 'vitest';
import { syntaxFault } from './json-syntax';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test.each([
  ['{"a": , "b": 1}', 6],
  ['{"a": 1,}', 8],
  ['[1, 2', 5],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['{a: 1}', 1],
  ['[1]]', 3],
  ['{"a": "\n"}', 6],
  ['[01]', 2],
  ['', 0],
])('%j stops being JSON at %i', (text, offset) => {
  expect(syntaxFault(text)).toBe(offset);
});

test('finds a fault exactly where JSON.parse refuses the text', () => {
  const edited = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.nat(2),
      fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '0', ' ', '\n'),
    )
    .map(([text, at, removed, added]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + added + text.slice(start + removed);
    });
  fc.assert(
    fc.property(edited, (text) => {
      expect(syntaxFault(text) === null).toBe(isJson(text));
    }),
    { numRuns: 3000 },
  );
});
