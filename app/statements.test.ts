import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { WithSecret } from '@/lib/api-credential/service';
import type { Identity } from '@/lib/identity/model';
import { createIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { findProjectByHost } from '@/lib/project/service';
import { startSession } from '@/lib/web/sign-in';
import { type ApiServer, startApi } from '@/testing/api-server';
import { registerParty, signInAt } from '@/testing/authorization';
import { eventually } from '@/testing/eventually';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { basicHeader, makeClient } from '@/testing/oauth-api';
import { makeOperator } from '@/testing/operators';
import { addPasskey, makePerson, signInByMail } from '@/testing/people';
import { keepDeleted, makeProject } from '@/testing/project';
import { inOneRender } from '@/testing/server-render';
import { statementsOf } from '@/testing/statements';
import * as login from './(auth)/login/page';
import { RESOURCES } from './api/routes';
import ProfileLayout from './profile/layout';
import * as profile from './profile/page';
import * as settings from './profile/settings/page';

vi.mock('react', async (react) => ({
  ...(await react<object>()),
  ...(await import('@/testing/server-render')).serverReact,
}));
vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

/** Maximum number of statements per request, without BEGIN, COMMIT and savepoints. */
const MAX = {
  token: 2,
  identity: 3,
  list: 5,
  keySet: 2,
  userinfo: 2,
  introspection: 3,
  health: 2,
  // On SQLite, one of them finds the webhooks of the event; a permanent one also blanks what they sent.
  deletion: 11,
  deletionIntoBin: 8,
  profile: 7,
  settings: 5,
  login: 1,
};

describe('a request of a program', () => {
  let server: ApiServer;
  let client: WithSecret;
  let identity: Identity;
  let bearer: string;

  const get = (path: string) => fetch(`${server.origin}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  const askToken = () =>
    fetch(`${server.origin}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: basicHeader(client), 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
  const countOf = async (ask: () => Promise<Response>) => {
    const statements = await statementsOf(async () => {
      const response = await ask();
      await response.text();
      expect(response.status).toBe(200);
    });
    return statements.length;
  };

  beforeAll(async () => {
    server = await startApi(RESOURCES);
    const actor = cliActor(server.project.id);
    client = await makeClient(server.project);
    identity = await createIdentity(actor, { traits: { email: 'ada@example.com' } });
    for (let more = 0; more < 5; more++) await createIdentity(actor, { traits: { email: `${more}@example.com` } });
    bearer = (await (await askToken()).json()).access_token;
    // The use of secret and credential is recorded after the response, once a minute.
    await eventually(async () => {
      const { apiCredential, apiCredentialSecret } = await db();
      expect(await apiCredential.count({ where: { id: client.credential.id, lastUsedAt: null } })).toBe(0);
      expect(
        await apiCredentialSecret.count({ where: { apiCredentialId: client.credential.id, lastUsedAt: null } }),
      ).toBe(0);
    });
  });
  afterAll(() => server.close());

  test('for a token', async () => {
    expect(await countOf(askToken)).toBeLessThanOrEqual(MAX.token);
  });

  test('for an identity', async () => {
    await get(`/admin/identities/${identity.id}`); // reads the verification key
    expect(await countOf(() => get(`/admin/identities/${identity.id}`))).toBeLessThanOrEqual(MAX.identity);
  });

  test.each(['?per_page=3', '?page_size=3', '?page_size=3&count=exact', '?state=active&page_size=3'])(
    'for a list %s',
    async (query) => {
      await get('/admin/identities');
      expect(await countOf(() => get(`/admin/identities${query}`))).toBeLessThanOrEqual(MAX.list);
    },
  );

  test.each([
    [0, MAX.deletion],
    [30, MAX.deletionIntoBin],
  ])('for a deletion with %i days in the recycle bin', async (days, most) => {
    await keepDeleted(server.project, days);
    const { id } = await createIdentity(cliActor(server.project.id), { traits: { email: `gone-${days}@example.com` } });
    const statements = await statementsOf(async () => {
      const path = `/admin/identities/${id}`;
      const headers = { authorization: `Bearer ${bearer}` };
      expect((await fetch(`${server.origin}${path}`, { method: 'DELETE', headers })).status).toBe(204);
    });
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(most);
  });

  test('for userinfo and introspection of the token of a person', async () => {
    const { project } = server;
    const { application, secret } = await registerParty(project);
    const { accessToken } = await signInAt(await signInByMail(project, await makePerson(project)), application);
    const basic = Buffer.from(`${application.clientId}:${secret}`).toString('base64');
    const userinfo = () => fetch(`${server.origin}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
    const introspect = () =>
      fetch(`${server.origin}/oauth2/introspect`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: `token=${accessToken}`,
      });
    for (const ask of [userinfo, introspect]) await (await ask()).text(); // reads the verification key
    // The use of the secret is recorded after the response, once a minute.
    await eventually(async () => {
      const where = { applicationId: application.id, lastUsedAt: null };
      expect(await (await db()).applicationSecret.count({ where })).toBe(0);
    });
    expect(await countOf(userinfo)).toBeLessThanOrEqual(MAX.userinfo);
    expect(await countOf(introspect)).toBeLessThanOrEqual(MAX.introspection);
  });

  test('for the key set', async () => {
    expect(await countOf(() => get('/.well-known/jwks.json'))).toBeLessThanOrEqual(MAX.keySet);
  });

  test('for health', async () => {
    expect(await countOf(() => get('/health/ready'))).toBeLessThanOrEqual(MAX.health);
  });
});

describe('a page', () => {
  let project: Project;
  const searchParams = Promise.resolve({});

  /** The front server's read of the project, and what the page and its layout read. */
  const countOf = async (view: () => Promise<unknown>) => {
    const statements = await statementsOf(async () => {
      await findProjectByHost(new URL(project.origin).host);
      await inOneRender(view);
    });
    return statements.length;
  };
  const inProfile = (page: () => Promise<unknown>) => async () => {
    await ProfileLayout({ children: null });
    await page();
  };

  beforeAll(async () => {
    project = await makeProject();
    const proof = await signInByMail(project, await makePerson(project));
    await addPasskey(proof);
    forgetCookies();
    beginRequest(project);
    await startSession(proof.session);
  });

  test('Account & Security', async () => {
    const view = inProfile(() => profile.default({ params: Promise.resolve({}), searchParams }));
    expect(await countOf(view)).toBeLessThanOrEqual(MAX.profile);
  });

  test('settings', async () => {
    expect(await countOf(inProfile(() => settings.default()))).toBeLessThanOrEqual(MAX.settings);
  });

  test('sign-in', async () => {
    await makeOperator(project, 'owner');
    forgetCookies();
    beginRequest(project);
    await inOneRender(() => login.default({ searchParams })); // reads that there is an operator, once per process
    expect(await countOf(() => login.default({ searchParams }))).toBeLessThanOrEqual(MAX.login);
  });
});
