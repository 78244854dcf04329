import { beforeAll, describe, expect, test } from 'vitest';
import { createApiCredential, rotateApiCredential } from '@/lib/api-credential/service';
import { renamePasskey } from '@/lib/credential/service';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, deleteIdentity } from '@/lib/identity/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { issueRecovery } from '@/lib/verification/service';
import { accessToken, callHandler } from '@/testing/admin-api';
import { actorOf, addPasskey, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import * as handlers from './route';

type Event = Record<string, unknown> & { id: string; type: string; occurred_at: string; identity_id: string | null };
let project: Project;
let token: string;
let ada: Identity;
let secrets: string[];

beforeAll(async () => {
  project = await makeProject();
  token = await accessToken(project, ['openid']);
  ada = await makePerson(project, { first: 'Ada', last: 'Lovelace' });
  const proof = await signIn(project, ada);
  const { passkey } = await addPasskey(proof);
  await renamePasskey(actorOf(ada), ada.id, passkey.id, 'Mine');
  await changeIdentity(actorOf(ada), ada.id, () => ({ metadataPublic: { plan: 'pro' } }));
  const recovery = await issueRecovery(cliActor(project.id), ada.id);
  const made = await createApiCredential(cliActor(project.id), { name: 'Billing' });
  const rotated = await rotateApiCredential(cliActor(project.id), made.credential.clientId, { overlapHours: 0 });
  const program: Actor = { ...cliActor(project.id), kind: 'api_credential', id: made.credential.clientId };
  const other = await makePerson(project);
  await changeIdentity(program, other.id, () => ({ state: 'inactive' }));
  secrets = [made.clientSecret, rotated.clientSecret, recovery.link.split('?')[1] ?? '', recovery.code];
});
const ask = (query = '') => callHandler(project, '/admin/audit-events', handlers, 'GET', { token, query });
const list = async (query = ''): Promise<Event[]> => (await ask(query)).json();
const nextOf = (response: Response) => /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];

describe('200', () => {
  test('returns actor, identity and each changed field with old and new value', async () => {
    const [event] = await list(`?type=identity.updated&identity_id=${ada.id}`);
    expect(event).toEqual({
      id: expect.any(String),
      type: 'identity.updated',
      actor: { type: 'identity', id: ada.id, name: 'Ada Lovelace' },
      identity_id: ada.id,
      occurred_at: expect.any(String),
      request_id: expect.any(String),
      address: expect.any(String),
      job_id: null,
      changes: [{ pointer: '/metadata_public', before: null, after: { plan: 'pro' } }],
      details: {},
    });
    const [renamed] = await list('?type=passkey.renamed');
    expect(renamed?.changes).toEqual([{ pointer: '/name', before: expect.any(String), after: 'Mine' }]);
    const [deactivated] = await list('?actor_type=api_credential');
    expect(deactivated).toMatchObject({
      actor: { type: 'api_credential', name: 'Billing' },
      changes: [{ pointer: '/state', before: 'active', after: 'inactive' }],
    });
  });

  test('never contains a secret', async () => {
    const text = await (await ask()).text();
    for (const secret of secrets) expect(text).not.toContain(`${secret}`);
  });

  test('combines filters, and accepts several types', async () => {
    const all = await list();
    const isMeant = ({ type, identity_id: id }: Event) =>
      /^(session.started|passkey.added)$/.test(type) && id === ada.id;
    const found = await list(`?type=session.started&type=passkey.added&identity_id=${ada.id}&actor_id=${ada.id}`);
    expect(found).toEqual(all.filter(isMeant));
    expect(found).toHaveLength(2);
  });

  test('includes the start of a time range and excludes its end', async () => {
    const all = await list();
    const middle = encodeURIComponent(all[3]?.occurred_at ?? '');
    const [since, until] = [await list(`?since=${middle}`), await list(`?until=${middle}`)];
    expect([...since, ...until]).toEqual(all);
    expect(since.map(({ id }) => id)).toContain(all[3]?.id);
  });

  test('pages through all events, newest first, and keeps the filter', async () => {
    const all = await list(`?identity_id=${ada.id}`);
    const met: Event[] = [];
    for (let query: string | undefined = `?identity_id=${ada.id}&page_size=2`; query; ) {
      const response = await ask(query);
      met.push(...(await response.json()));
      const next = nextOf(response);
      query = next && new URL(next).search;
    }
    expect(met).toEqual(all);
    expect(met.map(({ id }) => id)).toEqual(
      met
        .map(({ id }) => id)
        .toSorted()
        .reverse(),
    );
    expect(met.length).toBeGreaterThan(5);
  });
});

describe('400', () => {
  test.each([
    ...['?type=identity.exploded', '?type=', '?actor_type=ghost', '?since=yesterday', '?until=2026-01-31'],
    ...['?kind=identity.updated', '?page_size=-1', '?page_token=e30.x', '?page=1'],
  ])('refuses %s', async (query) => {
    expect((await ask(query)).status).toBe(400);
  });

  test('refuses a page token of another filter', async () => {
    const next = new URL(nextOf(await ask('?page_size=1')) ?? '');
    next.searchParams.set('type', 'identity.created');
    expect((await ask(next.search)).status).toBe(400);
  });
});

test('returns 403 without the scope', async () => {
  const other = await accessToken(project, ['identities:read', 'identities:write']);
  const response = await callHandler(project, '/admin/audit-events', handlers, 'GET', { token: other });
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([
    403,
    expect.stringContaining('scope="audit:read"'),
  ]);
});

test('keeps the events of an erased identity without personal details', async () => {
  const person = await makePerson(project, { first: 'Grace' });
  await changeIdentity(actorOf(person), person.id, () => ({ metadataAdmin: 'secret plan' }));
  await deleteIdentity(actorOf(person), person.id);
  const events = await list(`?identity_id=${person.id}`);
  expect(events.map(({ type }) => type)).toEqual(['identity.deleted', 'identity.updated', 'identity.created']);
  for (const event of events) expect(event).toMatchObject({ changes: [], details: {}, address: null });
  expect(JSON.stringify(events)).not.toMatch(/Grace|secret plan/);
});
