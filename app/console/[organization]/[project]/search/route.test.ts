import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import type { Identity } from '@/lib/identity/model';
import type { Project } from '@/lib/project/model';
import type { ProjectPlace } from '@/lib/web/console';
import { requestContext } from '@/lib/web/session';
import { startSession } from '@/lib/web/sign-in';
import { placeOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { GET } from './route';

vi.mock('next/headers', () => import('@/testing/next-request'));

let project: Project;
let place: ProjectPlace;

async function enter(identity: Identity): Promise<void> {
  const { session } = await signIn(project, identity);
  beginRequest(project);
  await startSession(session);
}

const search = (words: string, at = place) =>
  GET(new Request(`https://console.test/search?${new URLSearchParams({ q: words })}`), {
    params: Promise.resolve(at),
  });
const found = async (words: string) => (await (await search(words)).json()).users;

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
});

describe('a viewer', () => {
  beforeEach(async () => enter(await makeOperator(project, 'viewer')));

  test('finds the project’s users by parts of their name; the response is not cached', async () => {
    const ada = await makePerson(project, { first: 'Ada', last: 'Lovelace' });
    await makePerson(project, { first: 'Charles', last: 'Babbage' });
    const other = await makeProject();
    await makePerson(other, { first: 'Ada', last: 'Elsewhere' });
    const answer = await search('LOVE ad');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(await answer.json()).toEqual({
      users: [{ id: ada.id, name: 'Ada Lovelace', email: ada.identifiers[0] }],
    });
    expect(await found('elsewhere')).toEqual([]);
  });

  test('gets at most eight, and none for an empty or unstorable query', async () => {
    for (let count = 1; count <= 9; count++) await makePerson(project, { first: `Twin ${count}` });
    expect(await found('twin')).toHaveLength(8);
    for (const words of ['', ' ', 'a\0', '\ud800']) expect(await found(words)).toEqual([]);
  });
});

describe('404', () => {
  const notFound = expect.objectContaining({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' });

  test('for a person who is not an operator', async () => {
    await enter(await makePerson(project));
    await expect(search('a')).rejects.toEqual(notFound);
  });

  test('for an operator of another organization, and on another host', async () => {
    await enter(await makeOperator(project, 'owner'));
    await expect(search('a', await placeOf(await makeProject()))).rejects.toEqual(notFound);
    const elsewhere = { ...(await requestContext()), isConsoleHost: false };
    beginRequest(project, { [CONTEXT_HEADER]: keepContext(elsewhere, { method: 'POST', path: '/' }) });
    await expect(search('a')).rejects.toEqual(notFound);
    forgetCookies();
    await expect(search('a')).rejects.toEqual(notFound);
  });
});

test('redirects to sign-in without a session', async () => {
  beginRequest(project);
  await expect(search('a')).rejects.toMatchObject({ digest: expect.stringContaining('NEXT_REDIRECT;replace;/login') });
});
