import { beforeAll, expect, test } from 'vitest';
import { changeIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { accessToken, callHandler } from '@/testing/admin-api';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import * as handlers from './route';

let project: Project;
let token: string;
const all: string[] = [];
const over: string[] = [];

beforeAll(async () => {
  project = await makeProject();
  token = await accessToken(project, ['openid']);
  for (let at = 0; at < 6; at++) {
    const person = await makePerson(project);
    const { session } = await signIn(project, person);
    all.unshift(session.id);
    if (at % 3 !== 0) continue;
    await changeIdentity(systemActor(project.id), person.id, () => ({ state: 'inactive' }));
    over.unshift(session.id);
  }
});
const list = (query = '') => callHandler(project, '/admin/sessions', handlers, 'GET', { token, query });
const nextOf = (response: Response) => /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];

async function walk(first: string): Promise<string[]> {
  const met: string[] = [];
  for (let query: string | undefined = first; query !== undefined; ) {
    const response = await list(query);
    expect(response.status).toBe(200);
    met.push(...(await response.json()).map(({ id }: { id: string }) => id));
    const next = nextOf(response);
    query = next && new URL(next).search;
  }
  return met;
}

test('returns every session of the project once, newest first', async () => {
  expect(await walk('?page_size=4')).toEqual(all);
  expect(await walk('')).toEqual(all);
});

test('keeps the meaning of active from page to page', async () => {
  expect(await walk('?page_size=2&active=false')).toEqual(over);
  expect(await walk('?page_size=2&active=true')).toEqual(all.filter((id) => !over.includes(id)));
});

test('returns 400 for a page token of another filter', async () => {
  const next = new URL(nextOf(await list('?page_size=2')) ?? '');
  next.searchParams.set('active', 'true');
  expect((await list(next.search)).status).toBe(400);
});

test('leaves out identities for a token that may read sessions only', async () => {
  const other = await accessToken(project, ['sessions:read']);
  const listed = await (await callHandler(project, '/admin/sessions', handlers, 'GET', { token: other })).json();
  expect(listed.map(({ id }: { id: string }) => id)).toEqual(all);
  for (const { identity } of listed) expect(identity).toMatchObject({ traits: {}, verifiable_addresses: [] });
});

test('returns 403 without the scope', async () => {
  const other = await accessToken(project, ['audit:read']);
  expect((await callHandler(project, '/admin/sessions', handlers, 'GET', { token: other })).status).toBe(403);
});
