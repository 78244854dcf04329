import { describe, expect, test } from 'vitest';
import { importFaults } from './import-rules.mjs';

const faultsOf = (file: string, ...names: string[]) =>
  importFaults(file, names.map((name) => `import { x } from '${name}';`).join('\n'));

describe('allows', () => {
  test.each([
    ['app/profile/page.tsx', '@/lib/web/session'],
    ['app/profile/page.tsx', '@/lib/credential/service'],
    ['app/profile/actions.ts', '@/lib/project/model/origin'],
    ['lib/api/handle.ts', '../token/service'],
    ['lib/api/handle.ts', './routes'],
    ['lib/api/routes/identities.ts', '@/lib/identity/contract'],
    ['lib/api/routes/identities.ts', '../openapi/errors'],
    ['lib/identity/service/get.ts', '../repository'],
    ['lib/identity/service/create.ts', '@/lib/schema/service'],
    ['lib/operator/service/roles.ts', '@/lib/identity/model'],
    ['lib/platform/db/client.ts', '../env'],
    ['components/passkey/passkey-list.tsx', '@/lib/credential/model'],
    ['lib/cli/main.ts', '@/lib/api-credential/service'],
    ['lib/identity/service.test.ts', '@/lib/operator/repository'],
  ])('%s importing %s', (file, name) => {
    expect(faultsOf(file, name)).toEqual([]);
  });
});

describe('refuses', () => {
  test.each([
    ['lib/identity/service/get.ts', '@/lib/http/problem', 'noun may not know http'],
    ['lib/identity/repository.ts', '../session/service', 'identity stands below or beside session'],
    ['lib/api-credential/model.ts', '@/lib/token/model', 'api-credential stands below or beside token'],
    ['lib/session/service/open.ts', '@/lib/identity/repository', 'three doors'],
    ['lib/session/service/open.ts', '@/lib/identity/service/get', 'three doors'],
    ['app/profile/actions.ts', '@/lib/session/service/end', 'three doors'],
    ['lib/session/service/open.ts', '../service', 'the file that defines it'],
    ['app/console/page.tsx', '@/lib/identity/repository', 'three doors'],
    ['lib/platform/log.ts', '@/lib/audit/model', 'platform may not know noun'],
    ['lib/api/handle.ts', '@/app/api/route', 'api may not know app'],
    ['lib/api/routes.ts', './handle', 'table may not know api'],
    ['lib/api/routes/identities.ts', '@/lib/identity/service', 'table knows model and contract only'],
    ['lib/http/problem.ts', '@/lib/api/handle', 'http may not know api'],
    ['lib/web/action.ts', '@/lib/api/handle', 'web may not know api'],
    ['lib/identity/service/get.ts', '@/testing/people', 'noun may not know testing'],
    ['lib/cli/project.ts', '@/scripts/build.mjs', 'cli may not know scripts'],
    ['components/ui/button.tsx', '@/lib/session/service', 'model and contract only'],
    ['lib/identity/service/get.ts', '@/lib/things/service', 'noun may not know things'],
  ])('%s importing %s', (file, name, reason) => {
    expect(faultsOf(file, name)).toEqual([expect.stringContaining(reason)]);
  });

  test('a dynamic import and a re-export', () => {
    const text = "export { x } from '@/lib/http/problem';\nconst y = await import('@/lib/operator/service');";
    expect(importFaults('lib/identity/service/get.ts', text)).toHaveLength(2);
  });
});

describe('a service.ts', () => {
  const faults = (text: string) => importFaults('lib/identity/service.ts', text);

  test('re-exports by name', () => {
    const text =
      "export { findIdentity } from './repository';\nexport {\n  type Change,\n  change,\n} from './service/change';\n";
    expect(faults(text)).toEqual([]);
  });

  test.each([
    ['code', 'export const LIMIT = 1;'],
    ['an import', "import { x } from './repository';"],
    ['a wildcard', "export * from './service/change';"],
    ['the model', "export { emailOf } from './model';"],
    ['a part of the model', "export { emailOf } from './model/address';"],
    ['another noun', "export { recordEvent } from '@/lib/audit/service';"],
  ])('refuses %s', (_, text) => {
    expect(faults(text)).toHaveLength(1);
  });

  test('outside the nouns is ignored', () => {
    expect(importFaults('lib/web/service.ts', 'export const LIMIT = 1;')).toEqual([]);
  });
});

describe('a model', () => {
  const faults = (text: string) => importFaults('lib/identity/model/search.ts', text);

  test('imports types, pure functions and other models', () => {
    const text =
      "import { toDisplayText } from '@/lib/platform/text';\nimport type { HeldRole } from '@/lib/role/model';\n";
    expect(faults(`${text}/** Not a Buffer. */\nexport type Bytes = Uint8Array<ArrayBuffer>;`)).toEqual([]);
  });

  test.each([
    ['Node', "import { isIPv6 } from 'node:net';"],
    ['a Buffer', "export const bytes = Buffer.from('');"],
    ['new IDs', "import { newId } from '@/lib/platform/ids';"],
    ['settings', "import { env } from '@/lib/platform/env';"],
    ['the database', "import { db } from '@/lib/platform/db/client';"],
  ])('refuses %s', (_, text) => {
    expect(faults(text)).toHaveLength(1);
  });
});

describe('a table', () => {
  const read = 'return (await db()).passkey.count({ where });';

  test('is queried by the noun that owns it', () => {
    expect(importFaults('lib/credential/repository.ts', read)).toEqual([]);
    expect(importFaults('lib/project/repository/contents.ts', read)).toEqual([]);
  });

  test('is not queried by another noun', () => {
    expect(importFaults('lib/session/repository.ts', read)).toEqual([expect.stringContaining('another noun owns')]);
    expect(importFaults('lib/project/repository.ts', 'await tx.session\n.deleteMany({});')).toHaveLength(1);
  });
});
