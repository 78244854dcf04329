import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NewApiCredential } from '@/lib/api-credential/contract';
import { PRESETS } from '@/lib/api-credential/model';
import { revokeApiCredential, type WithSecret } from '@/lib/api-credential/service';
import { CONTEXT_HEADER } from '@/lib/http/context';
import { cliActor } from '@/lib/platform/actor';
import { closeDb, db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import type { Project } from '@/lib/project/model';
import { verifyAccessToken } from '@/lib/token/service';
import {
  type Answer,
  base64,
  basicHeader,
  callOAuth,
  expectOAuthError,
  makeClient,
  oauthRequest,
  PARAMS as params,
  randomAddress,
  type Sent,
} from '@/testing/oauth-api';
import { makeProject } from '@/testing/project';
import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from './route';

let project: Project;
let basic: WithSecret;
let post: WithSecret;
let address: string;

beforeEach(async () => {
  project = await makeProject();
  basic = await create();
  post = await create({ authMethod: 'client_secret_post' });
  address = randomAddress();
});

afterEach(() => {
  vi.useRealTimers();
});

const create = (input: Partial<NewApiCredential> = {}) => makeClient(project, input);
const audience = () => `${project.origin}/admin`;

/** A request as the front server passes it on; valid by default. */
const request = (sent: Sent = {}, method = 'POST') =>
  oauthRequest(
    project,
    '/oauth2/token',
    { form: { grant_type: 'client_credentials' }, authorization: basicHeader(basic), from: address, ...sent },
    method,
  );
const send = (sent?: Sent) => callOAuth(POST, request(sent));
const inBody = ({ credential, clientSecret }: WithSecret, more: Record<string, string> = {}): Sent => ({
  authorization: null,
  form: { grant_type: 'client_credentials', client_id: credential.clientId, client_secret: clientSecret, ...more },
});
const scopesOfToken = async (token: string) => {
  const context = { projectId: project.id, origin: project.origin, address, requestId: 'r' };
  return [...((await verifyAccessToken(context, token))?.scopes ?? [])];
};

describe('200', () => {
  test('returns the four fields in order, and forbids caching', async () => {
    const response = await POST(
      request({ form: { grant_type: 'client_credentials', scope: 'openid', audience: audience() } }),
      params,
    );
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(
      /^\{"access_token":"[\w-]+\.[\w-]+\.[\w-]+","expires_in":359\d,"scope":"openid","token_type":"bearer"\}$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-request-id')).toBe('request-1');
  });

  test('accepts the secret in the body', async () => {
    const { status, body } = await send(inBody(post, { scope: 'openid' }));
    expect(status).toBe(200);
    expect(await scopesOfToken(body.access_token)).toEqual([...PRESETS.full]);
  });

  test('accepts Basic in any case, with form-encoded halves, and the same client_id in the body', async () => {
    const { credential, clientSecret } = basic;
    const encode = (text: string) => [...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');
    const encoded = base64(`${encode(credential.clientId)}:${encode(clientSecret)}`);
    expect((await send({ authorization: `bAsIc ${encoded}` })).status).toBe(200);
    const form = { grant_type: 'client_credentials', client_id: credential.clientId, client_secret: '' };
    expect((await send({ form })).status).toBe(200);
  });

  test('accepts a charset, empty fields and unknown fields', async () => {
    const type = 'application/x-www-form-urlencoded; charset=UTF-8';
    const form = { grant_type: 'client_credentials', scope: '', audience: '', resource: '', something: 'else' };
    const { status, body } = await send({ type, form });
    expect({ status, scope: body.scope }).toEqual({ status: 200, scope: [...PRESETS.full].join(' ') });
  });

  test('grants all of the credential’s scopes when none is requested, and a repeated one once', async () => {
    const reader = await create({ scopes: [...PRESETS.read] });
    const none = await send({ authorization: basicHeader(reader) });
    expect(none.body.scope).toBe('identities:read credentials:read sessions:read jobs:read audit:read');
    const twice = await send({ form: { grant_type: 'client_credentials', scope: 'audit:read  openid audit:read' } });
    expect(twice.body.scope).toBe('audit:read openid');
    expect(await scopesOfToken(twice.body.access_token)).toEqual(['audit:read']);
  });

  test('accepts audiences separated by spaces, repeated, and as resource', async () => {
    const other = 'https://api.example.com/';
    const wide = await create({ audiences: [other] });
    const audienceOf = async (pairs: string[][]) => {
      const sent = await send({
        authorization: basicHeader(wide),
        form: [['grant_type', 'client_credentials'], ...pairs],
      });
      expect(sent.status).toBe(200);
      return JSON.parse(Buffer.from(sent.body.access_token.split('.')[1] ?? '', 'base64url').toString()).aud;
    };
    const both = [audience(), other];
    expect(await audienceOf([])).toEqual([audience()]);
    expect(await audienceOf([['audience', both.join(' ')]])).toEqual(both);
    expect(await audienceOf(both.map((value) => ['audience', value]))).toEqual(both);
    expect(await audienceOf(both.map((value) => ['resource', value]))).toEqual(both);
    expect(
      await audienceOf([
        ['audience', other],
        ['resource', other],
      ]),
    ).toEqual([other]);
  });

  test('CVE-2026-55669: issues tokens for another audience that the admin API refuses', async () => {
    const other = 'https://api.example.com/';
    const wide = await create({ audiences: [other] });
    const form = { grant_type: 'client_credentials', audience: other };
    const { body } = await send({ authorization: basicHeader(wide), form });
    expect(await scopesOfToken(body.access_token)).toEqual([]);
  });

  test('records when and from where the credential was used', async () => {
    await send();
    const row = () =>
      db().then((database) => database.apiCredential.findUniqueOrThrow({ where: { id: basic.credential.id } }));
    await vi.waitFor(async () => expect((await row()).lastUsedAddress).toBe(address));
  });
});

describe('400', () => {
  const withBasic = { grant_type: 'client_credentials' };

  test.each<[string, Sent]>([
    ['an empty body', { form: '' }],
    ['no grant_type', { form: { scope: 'openid' } }],
    ['an empty grant_type', { form: { grant_type: '' } }],
    ['grant_type twice', { form: 'grant_type=client_credentials&grant_type=client_credentials' }],
    ['scope twice', { form: 'grant_type=client_credentials&scope=openid&scope=openid' }],
    ['an unknown field twice', { form: 'grant_type=client_credentials&x=1&x=2' }],
    ['JSON', { type: 'application/json', form: '{"grant_type":"client_credentials"}' }],
    ['no content type', { type: null, form: new TextEncoder().encode('grant_type=client_credentials') }],
    ['multipart', { type: 'multipart/form-data; boundary=x', form: '--x--' }],
    ['a compressed body', { headers: { 'content-encoding': 'gzip' } }],
    ['broken percent-encoding', { form: 'grant_type=client_credentials&scope=%zz' }],
    ['broken UTF-8 in escapes', { form: 'grant_type=client_credentials&scope=%ff' }],
    [
      'broken UTF-8',
      { form: new Uint8Array([...new TextEncoder().encode('grant_type=client_credentials&scope='), 0xff]) },
    ],
    ['NUL', { form: 'grant_type=client_credentials&scope=a%00' }],
    ['Basic that is no base64', { authorization: 'Basic ???' }],
    ['Basic with nothing after it', { authorization: 'Basic ' }],
    ['base64 with garbage in it', { authorization: 'Basic YTpi*' }],
    ['base64 without its padding', { authorization: 'Basic YTpiYw' }],
    ['base64 with stray bits', { authorization: 'Basic YTpiYx==' }],
    ['base64url', { authorization: `Basic ${base64('>>>???:b').replaceAll('+', '-').replaceAll('/', '_')}` }],
    ['Basic without a colon', { authorization: `Basic ${base64('abc')}` }],
    ['Basic with broken percent-encoding', { authorization: `Basic ${base64('a%zz:b')}` }],
    ['Basic with NUL', { authorization: `Basic ${base64('a\0:b')}` }],
    ['Basic with a line break', { authorization: `Basic ${base64('a:b\n')}` }],
    ['Basic with an encoded NUL', { authorization: `Basic ${base64('a%00:b')}` }],
    ['Basic with broken UTF-8', { authorization: `Basic ${Buffer.from([0xff, 0x3a, 0x62]).toString('base64')}` }],
    ['a client secret in the query string', { query: '?client_secret=x' }],
  ])('returns invalid_request for %s', async (_label, sent) => {
    expectOAuthError(await send(sent), 400, 'invalid_request');
  });

  test('returns invalid_request for Basic and body together, even when both are valid', async () => {
    const { credential, clientSecret } = basic;
    const form = { ...withBasic, client_id: credential.clientId, client_secret: clientSecret };
    expectOAuthError(await send({ form }), 400, 'invalid_request');
    expectOAuthError(await send({ form: { ...withBasic, client_secret: clientSecret } }), 400, 'invalid_request');
    expectOAuthError(
      await send({ form: { ...withBasic, client_id: post.credential.clientId } }),
      400,
      'invalid_request',
    );
  });

  test('returns invalid_request for the secret in the query and a valid one in the body', async () => {
    const sent = inBody(post);
    expectOAuthError(await send({ ...sent, query: `?client_secret=${post.clientSecret}` }), 400, 'invalid_request');
  });

  // ASVS 10.4.4
  test.each(['authorization_code', 'password', 'refresh_token', 'CLIENT_CREDENTIALS', 'client_credentials '])(
    'returns unsupported_grant_type for %s',
    async (grantType) => {
      expectOAuthError(await send({ form: { grant_type: grantType } }), 400, 'unsupported_grant_type');
    },
  );

  test.each(['identities:delete', 'openid nothing', 'OPENID', 'openid\tidentities:read', ' ', 'ä', '"', '\\'])(
    'returns invalid_scope for %j',
    async (scope) => {
      expectOAuthError(await send({ form: { ...withBasic, scope } }), 400, 'invalid_scope');
    },
  );

  test('returns invalid_scope for the write scopes of a read-only credential', async () => {
    const reader = basicHeader(await create({ scopes: [...PRESETS.read] }));
    for (const scope of ['identities:write', 'openid identities:write', 'identities:read schemas:write']) {
      expectOAuthError(await send({ authorization: reader, form: { ...withBasic, scope } }), 400, 'invalid_scope');
    }
  });

  // ASVS 9.2.4
  test('returns invalid_request for an unlisted audience, also together with a listed one', async () => {
    for (const asked of ['https://evil.example.com', `${audience()}/`, project.origin, `${audience()} x`]) {
      expectOAuthError(await send({ form: { ...withBasic, audience: asked } }), 400, 'invalid_request');
    }
    const twice = [
      ['grant_type', 'client_credentials'],
      ['audience', audience()],
      ['audience', 'x'],
    ];
    expectOAuthError(await send({ form: twice }), 400, 'invalid_request');
  });

  test('returns invalid_target for an unlisted resource', async () => {
    expectOAuthError(
      await send({ form: { ...withBasic, resource: 'https://evil.example.com' } }),
      400,
      'invalid_target',
    );
  });

  test('checks form before client, client before grant, grant before scope, scope before audience', async () => {
    const wrong = `Basic ${base64('sc_nobody:x')}`;
    const form = { scope: 'nothing', audience: 'x' };
    expectOAuthError(await send({ authorization: wrong, form }), 400, 'invalid_request');
    expectOAuthError(
      await send({ authorization: wrong, form: { ...form, grant_type: 'password' } }),
      401,
      'invalid_client',
    );
    expectOAuthError(await send({ form: { ...form, grant_type: 'password' } }), 400, 'unsupported_grant_type');
    expectOAuthError(await send({ form: { ...form, grant_type: 'client_credentials' } }), 400, 'invalid_scope');
    expectOAuthError(await send({ form: { ...withBasic, audience: 'x' } }), 400, 'invalid_request');
  });
});

describe('401', () => {
  const expectChallenge = (answer: Answer) => {
    expectOAuthError(answer, 401, 'invalid_client');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
  };

  test('refuses missing and partial client authentication', async () => {
    const form = { grant_type: 'client_credentials' };
    expectChallenge(await send({ authorization: null, form }));
    expectChallenge(await send({ authorization: null, form: { ...form, client_id: post.credential.clientId } }));
    expectChallenge(await send({ authorization: null, form: { ...form, client_secret: post.clientSecret } }));
  });

  test('refuses another scheme than Basic', async () => {
    expectChallenge(await send({ authorization: `Bearer ${basic.clientSecret}` }));
  });

  test('refuses an unknown client and a wrong secret identically', async () => {
    const { credential, clientSecret } = basic;
    const answers = [
      await send({ authorization: `Basic ${base64(`sc_nobody:${clientSecret}`)}` }),
      await send({ authorization: `Basic ${base64(`${credential.clientId}:${post.clientSecret}`)}` }),
      await send({ authorization: `Basic ${base64(`${credential.clientId}:`)}` }),
      await send({ authorization: `Basic ${base64(`:${clientSecret}`)}` }),
      await send(inBody({ credential, clientSecret: 'wrong' })),
      await send(inBody({ credential: { ...credential, clientId: 'sc_nobody' }, clientSecret })),
    ];
    for (const answer of answers) expectChallenge(answer);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => JSON.stringify([...headers]))).size).toBe(1);
  });

  test("refuses another project's client", async () => {
    const own = project;
    project = await makeProject();
    const foreign = await create();
    project = own;
    expectChallenge(await send({ authorization: basicHeader(foreign) }));
  });

  test('names the registered method for a valid secret by another method, and not for a wrong secret', async () => {
    const byBody = await send(inBody(basic));
    expectChallenge(byBody);
    expect(byBody.body.error_description).toContain('registered for client_secret_basic');
    const byBasic = await send({ authorization: basicHeader(post) });
    expectChallenge(byBasic);
    expect(byBasic.body.error_description).toContain('registered for client_secret_post');
    const wrong = await send(inBody({ ...basic, clientSecret: 'wrong' }));
    expect(wrong.body.error_description).not.toContain('client_secret');
  });

  test('CVE-2025-64521: refuses an expired and a revoked credential', async () => {
    const expiring = await create({ expiresAt: new Date(Date.now() + 60_000) });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expectChallenge(await send({ authorization: basicHeader(expiring) }));
    await revokeApiCredential(cliActor(project.id), basic.credential.clientId);
    expectChallenge(await send());
  });
});

describe('405', () => {
  test.each([
    ['GET', GET],
    ['HEAD', HEAD],
    ['PUT', PUT],
    ['PATCH', PATCH],
    ['DELETE', DELETE],
    ['OPTIONS', OPTIONS],
  ])('refuses %s', async (method, handler) => {
    const response = await handler(request({}, method), params);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });
});

describe('413', () => {
  test('refuses a body of more than 64 KiB', async () => {
    expectOAuthError(
      await send({ form: `grant_type=client_credentials&x=${'x'.repeat(64 * 1024)}` }),
      413,
      'invalid_request',
    );
  });
});

describe('429', () => {
  // A window that expires during a test would let more pass.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });

  const wrong = () => `Basic ${base64(`${basic.credential.clientId}:wrong`)}`;
  const fail = (times: number, sent: Sent) => Promise.all(Array.from({ length: times }, () => send(sent)));

  test('limits wrong secrets per client and address, and still accepts the correct one', async () => {
    const answers = await fail(30, { authorization: wrong() });
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const refused = await send({ authorization: wrong() });
    expectOAuthError(refused, 429, 'temporarily_unavailable');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await send()).status).toBe(200);
    expect((await send({ from: '203.0.113.99' })).status).toBe(200);
    expect((await send(inBody(post))).status).toBe(200);
    expect((await send({ authorization: wrong(), from: '203.0.113.99' })).status).toBe(401);
  });

  test('does not count a valid secret by the wrong method against a client', async () => {
    const answers = await fail(30, inBody(basic));
    expect(answers.every(({ status }) => status === 401)).toBe(true);
  });

  test('limits failures per address across clients', async () => {
    for (let client = 0; client < 12; client++) {
      await fail(18, { authorization: `Basic ${base64(`sc_${client}:wrong`)}` });
    }
    expectOAuthError(await send({ authorization: wrong() }), 429, 'temporarily_unavailable');
    expect((await send()).status).toBe(200);
    expect((await send({ authorization: wrong(), from: '203.0.113.98' })).status).toBe(401);
  });

  test('never counts successes', async () => {
    const answers = await fail(30, {});
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });
});

describe('500 and 503', () => {
  test('reveals nothing of an unexpected error', async () => {
    const { id } = basic.credential;
    await (await db()).apiCredential.update({ where: { id }, data: { audiences: 'secret words, no JSON' } });
    const answer = await send();
    expectOAuthError(answer, 500, 'server_error');
    expect(JSON.stringify(answer.body)).not.toContain('secret words');
  });

  test('returns 503 when the database is unavailable', async () => {
    await closeDb();
    vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none');
    resetEnv();
    try {
      const answer = await send();
      expectOAuthError(answer, 503, 'temporarily_unavailable');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await closeDb();
      vi.unstubAllEnvs();
      resetEnv();
    }
  });

  test('refuses requests that bypass the front server', async () => {
    const naked = request();
    naked.headers.delete(CONTEXT_HEADER);
    await expect(POST(naked, params)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
