import { afterEach, expect, test, vi } from 'vitest';
import { resetEnv } from '@/lib/platform/env';
import { json, signet } from '@/testing/command-line';

afterEach(() => {
  vi.unstubAllEnvs();
  resetEnv();
});

test('commands refuse another secret until it is adopted', async () => {
  const { client_id: clientId } = await json('api-credential', 'create', '--name', 'Test');
  expect(await json('secret', 'check')).toEqual({ ok: true });
  expect(await json('secret', 'adopt', '--yes')).toEqual({ adopted: false });
  vi.stubEnv('SIGNET_SECRET', 'another-secret-0123456789-abcdefghijkl');
  resetEnv();
  const refused = await signet('api-credential', 'list');
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('SIGNET_SECRET is not the secret') });
  expect((await signet('secret', 'check')).code).toBe(1);
  expect((await signet('secret', 'adopt')).err).toContain('--yes');
  expect(await json('secret', 'adopt', '--yes')).toMatchObject({ adopted: true });
  expect((await json('api-credential', 'list')).map((one: { client_id: string }) => one.client_id)).toContain(clientId);
});
