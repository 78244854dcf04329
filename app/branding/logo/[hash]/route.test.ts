import { expect, test } from 'vitest';
import { removeLogo, setLogo } from '@/lib/project/service';
import { adminApi } from '@/testing/admin-api';
import { makeProject } from '@/testing/project';
import * as handlers from './route';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

/** Handlers bound to the current state of the project. */
const openApi = () => adminApi('/branding/logo/{hash}', handlers);

test('serves the logo to anyone, immutable and with its own content type', async () => {
  const { actor } = await openApi();
  const { logoHash } = await setLogo(actor, PNG);
  const { call } = await openApi();
  const response = await call('GET', { params: { hash: logoHash ?? '' }, token: null });
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG);
  await removeLogo(actor);
});

test('returns an uncacheable 404 for an unknown hash, a replaced logo and another project’s logo', async () => {
  const { actor } = await openApi();
  const { logoHash: gone } = await setLogo(actor, PNG);
  await setLogo(actor, new Uint8Array([...PNG, 2]));
  const other = await makeProject();
  const { logoHash: theirs } = await setLogo({ ...actor, projectId: other.id }, new Uint8Array([...PNG, 3]));
  const { call } = await openApi();
  for (const hash of [gone, theirs, '', 'x', '../../etc', '\0']) {
    const response = await call('GET', { params: { hash: hash ?? '' }, token: null });
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'private, no-store']);
  }
  expect((await call('POST', { params: { hash: 'x' }, token: null })).status).toBe(405);
});
