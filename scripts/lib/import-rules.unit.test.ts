import { describe, expect, test } from 'vitest';
import { importFaults } from './import-rules.mjs';

const faultsOf = (file: string, ...names: string[]) =>
  importFaults(file, names.map((name) => `import { x } from '${name}';`).join('\n'));

describe('allowed', () => {
  test.each([
    ['app/profile/page.tsx', '@/lib/web/session'],
    ['app/profile/page.tsx', '@/lib/credential/service'],
    ['app/profile/actions.ts', '@/lib/session/service/revoke'],
    ['lib/api/handle.ts', '../token/service'],
    ['lib/identity/service.ts', './repository'],
    ['lib/identity/service.ts', '@/lib/schema/service'],
    ['lib/operator/service.ts', '@/lib/identity/model'],
    ['lib/platform/db/client.ts', '../env'],
    ['components/passkey/passkey-list.tsx', '@/lib/credential/model'],
    ['lib/cli/main.ts', '@/lib/api-credential/service'],
    ['lib/identity/service.test.ts', '@/lib/operator/repository'],
  ])('%s imports %s', (file, name) => {
    expect(faultsOf(file, name)).toEqual([]);
  });
});

describe('refused', () => {
  test.each([
    ['lib/identity/service.ts', '@/lib/http/problem', 'noun may not know http'],
    ['lib/identity/service.ts', '../session/service', 'identity stands below or beside session'],
    ['lib/api-credential/service.ts', '@/lib/token/model', 'api-credential stands below or beside token'],
    ['lib/session/service.ts', '@/lib/identity/repository', 'three doors'],
    ['app/console/page.tsx', '@/lib/identity/repository', 'three doors'],
    ['lib/platform/log.ts', '@/lib/audit/model', 'platform may not know noun'],
    ['lib/api/handle.ts', '@/app/api/route', 'api may not know app'],
    ['lib/http/problem.ts', '@/lib/api/handle', 'http may not know api'],
    ['lib/web/action.ts', '@/lib/api/handle', 'web may not know api'],
    ['lib/identity/service.ts', '@/testing/people', 'noun may not know testing'],
    ['lib/cli/project.ts', '@/scripts/build.mjs', 'cli may not know scripts'],
    ['components/ui/button.tsx', '@/lib/session/service', 'model and contract only'],
    ['lib/identity/service.ts', '@/lib/things/service', 'noun may not know things'],
  ])('%s imports %s', (file, name, reason) => {
    expect(faultsOf(file, name)).toEqual([expect.stringContaining(reason)]);
  });

  test('a dynamic import and a re-export', () => {
    const text = "export { x } from '@/lib/http/problem';\nconst y = await import('@/lib/operator/service');";
    expect(importFaults('lib/identity/service.ts', text)).toHaveLength(2);
  });
});
