import { beforeAll, describe, expect, test } from 'vitest';
import { removePicture, setPicture } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { type Call, callHandler } from '@/testing/admin-api';
import { makePerson } from '@/testing/people';
import { jpegOf } from '@/testing/pictures';
import { makeProject } from '@/testing/project';
import * as handlers from './route';

let project: Project;
let id: string;
let person: string;
beforeAll(async () => {
  project = await makeProject();
  person = (await makePerson(project)).id;
  id = (await setPicture(cliActor(project.id), person, jpegOf())).pictureId ?? '';
});

const get = (options: Call = {}, at = project) =>
  callHandler(at, '/pictures/{id}', handlers, 'GET', { params: { id }, token: null, ...options });

describe('GET /pictures/{id}', () => {
  test('needs neither token nor cookie, and is cached by browsers forever', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      etag: `"${id}"`,
    });
    expect(response.headers.has('set-cookie')).toBe(false);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(jpegOf());
  });

  test('returns 304 for its ETag', async () => {
    const response = await get({ headers: { 'if-none-match': `W/"x", "${id}"` } });
    expect([response.status, await response.text()]).toEqual([304, '']);
  });

  test('returns an uncacheable 404 for anything else', async () => {
    for (const other of ['', 'x', `${id}x`, id.toLowerCase(), person, '../admin', '\0']) {
      const response = await get({ params: { id: other } });
      expect([response.status, response.headers.get('cache-control')], other).toEqual([404, 'private, no-store']);
    }
  });

  test('returns 404 once it is removed', async () => {
    const { id: someone } = await makePerson(project);
    const { pictureId } = await setPicture(cliActor(project.id), someone, jpegOf());
    await removePicture(cliActor(project.id), someone);
    expect((await get({ params: { id: pictureId ?? '' } })).status).toBe(404);
  });
});
