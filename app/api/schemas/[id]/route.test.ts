import { beforeAll, describe, expect, test } from 'vitest';
import { ensureDefaultSchema } from '@/lib/schema/service';
import { adminApi } from '@/testing/admin-api';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/schemas/{id}', handlers);
  await ensureDefaultSchema(api.project.id);
});

const get = (id: string) => api.call('GET', { params: { id }, token: null });
const spelled = (id: string | Uint8Array) => Buffer.from(id).toString('base64url');

describe('GET', () => {
  test.each(['default', spelled('default')])('returns 200 for %s, without a token', async (id) => {
    const response = await get(id);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(await response.json()).toMatchObject({ $id: 'urn:signet:identity-schema:default' });
  });

  test.each([
    ['nothing', 'nope'],
    ['NUL', '\0'],
    ['NUL after a name', 'default\0'],
    ['NUL, percent-encoded', '%00'],
    ['half of a surrogate pair', '\ud800'],
    ['NUL in base64url', spelled('\0')],
    ['NUL in base64url after a name', spelled('default\0')],
    ['invalid UTF-8 in base64url', spelled(new Uint8Array([0xff, 0xfe, 0xed, 0xa0, 0x80]))],
    ['base64 that is not url-safe', 'ZGVm+/=='],
    ['a second spelling of a name', `${spelled('default')}=`],
    ['nothing at all', ''],
    ['4,000 characters', 'A'.repeat(4000)],
  ])('returns 404 for %s', async (_, id) => {
    const response = await get(id);
    expect([response.status, (await response.json()).error.code]).toEqual([404, 404]);
  });
});
