import { expect, test } from 'vitest';
import { createApplication, setApplicationLogo } from '@/lib/application/service';
import { adminApi } from '@/testing/admin-api';
import { makeProject } from '@/testing/project';
import * as handlers from './route';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

test('serves the logo to anyone, and only at its hash, application and project', async () => {
  const api = await adminApi('/branding/application/{clientId}/{hash}', handlers);
  const make = async (projectId: string) => {
    const actor = { ...api.actor, projectId };
    const { application } = await createApplication(actor, { name: 'Wiki', redirectUris: ['https://a.example/cb'] });
    return setApplicationLogo(actor, application.clientId, PNG);
  };
  const { clientId, logoHash } = await make(api.project.id);
  const get = (params: Record<string, string>) => api.call('GET', { params, token: null });
  const response = await get({ clientId, hash: logoHash ?? '' });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG);
  const theirs = await make((await makeProject()).id);
  for (const params of [
    { clientId, hash: 'x' },
    { clientId: 'app_x', hash: logoHash ?? '' },
    { clientId: theirs.clientId, hash: theirs.logoHash ?? '' },
  ])
    expect([(await get(params)).status, (await get(params)).headers.get('cache-control')]).toEqual([
      404,
      'private, no-store',
    ]);
});
