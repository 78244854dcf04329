import { expect, test } from 'vitest';
import { removeLogo, setLogo } from '@/lib/project/service';
import { adminApi } from '@/testing/admin-api';
import { makeProject } from '@/testing/project';
import * as handlers from './route';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

/** The project as a request finds it now. */
const asked = () => adminApi('/branding/logo/{hash}', handlers);

test('anybody gets the picture, to keep for ever, as what it is and nothing else', async () => {
  const { actor } = await asked();
  const { logoHash } = await setLogo(actor, PNG);
  const { call } = await asked();
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

test('404 without keeping it: another hash, a picture that is gone, one of another project', async () => {
  const { actor } = await asked();
  const { logoHash: gone } = await setLogo(actor, PNG);
  await setLogo(actor, new Uint8Array([...PNG, 2]));
  const other = await makeProject();
  const { logoHash: theirs } = await setLogo({ ...actor, projectId: other.id }, new Uint8Array([...PNG, 3]));
  const { call } = await asked();
  for (const hash of [gone, theirs, '', 'x', '../../etc', '\0']) {
    const response = await call('GET', { params: { hash: hash ?? '' }, token: null });
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'private, no-store']);
  }
  expect((await call('POST', { params: { hash: 'x' }, token: null })).status).toBe(405);
});
