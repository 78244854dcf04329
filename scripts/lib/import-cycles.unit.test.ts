import { expect, test } from 'vitest';
import { importCycles } from './import-cycles.mjs';

const cyclesOf = (texts: Record<string, string>) => importCycles(new Map(Object.entries(texts)));

test('finds a cycle over several files, once', () => {
  const texts = {
    'lib/a.ts': "import { b } from './b';",
    'lib/b.ts': "export { c } from '@/lib/c';",
    'lib/c.ts': "import {\n  a,\n  type A,\n} from './a';",
    'lib/d.ts': "import { a } from './a';",
  };
  expect(cyclesOf(texts)).toEqual(['a circle of imports: lib/a.ts → lib/b.ts → lib/c.ts → lib/a.ts']);
});

test('ignores types, tests and libraries', () => {
  const texts = {
    'lib/a.ts': "import { b } from './b';\nimport { z } from 'zod';",
    'lib/b.ts': "import type { A } from './a';\nimport { type A as B } from './a';",
    'lib/b.test.ts': "import { a } from './a';",
  };
  expect(cyclesOf(texts)).toEqual([]);
});
