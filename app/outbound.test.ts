import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  beginPasskeyStepUp,
  finishPasskeyRegistration,
  finishPasskeySignIn,
  finishPasskeyStepUp,
} from '@/lib/credential/service';
import { deliverDueMail, queueMail } from '@/lib/mail/service';
import { cliActor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { env, resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { checkClaim, ensureFirstProject, listClaims, requestOrigin } from '@/lib/project/service';
import { deliverDueWebhooks } from '@/lib/webhook/service';
import { accessToken, callHandler } from '@/testing/admin-api';
import { attest, REFUSED_ATTESTATIONS } from '@/testing/attestation';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { base64, oauthRequest, PARAMS } from '@/testing/oauth-api';
import { type Outbound, watchOutbound } from '@/testing/outbound';
import { BROWSER, CHROME, contextOf, makePerson, signIn } from '@/testing/people';
import * as identities from './api/admin/identities/route';
import * as schemas from './api/admin/schemas/route';
import * as webhooks from './api/admin/webhooks/route';
import { POST as tokenEndpoint } from './api/oauth2/token/route';

/** A server that would respond: every URL given to Signet points here. */
let trap: { url: string; hits: number };
let project: Project;
let watched: ReturnType<typeof watchOutbound>;

beforeAll(async () => {
  const server = http.createServer((_, response) => {
    trap.hits += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  trap = { url: `http://127.0.0.1:${portOf(server.address())}`, hits: 0 };
  project = await ensureFirstProject('http://localhost:3000');
  return () => server.close();
});
afterEach(() => {
  watched?.stop();
  trap.hits = 0;
  vi.unstubAllEnvs();
  resetEnv();
});

/** Outbound calls except those to the database. */
function called(allowed: string[] = []): Outbound[] {
  const { databaseUrl } = env();
  const database = databaseUrl.startsWith('file:') ? null : new URL(databaseUrl);
  const isDatabase = ({ kind, target }: Outbound) =>
    database !== null &&
    (target.includes('.s.PGSQL.') ||
      (kind === 'connect' && target === `${database.hostname}:${database.port || 5432}`) ||
      (kind === 'lookup' && target === database.hostname));
  return watched.calls.filter((call) => !isDatabase(call) && !allowed.includes(call.target));
}

describe('the watcher reports', () => {
  const watch = async (call: () => Promise<unknown>) => {
    watched = watchOutbound();
    await call().catch(() => undefined);
    watched.stop();
    return watched.calls;
  };
  test.each<[string, () => Promise<unknown>]>([
    ['fetch', () => fetch(trap.url)],
    ['http', () => new Promise((resolve) => http.get(trap.url, resolve))],
    [
      'a socket',
      () => new Promise((resolve) => net.connect(Number(new URL(trap.url).port), '127.0.0.1', () => resolve(1))),
    ],
  ])('%s', async (_, call) => {
    expect(await watch(call)).toContainEqual({ kind: 'connect', target: new URL(trap.url).host });
  });

  test('a DNS lookup', async () => {
    const dns = await import('node:dns/promises');
    const calls = await watch(() => dns.lookup('localhost'));
    expect(calls).toContainEqual({ kind: 'lookup', target: 'localhost' });
  });
});

describe('CVE-2026-55671, CVE-2026-27945: only webhooks call an address from input, by one adapter', () => {
  const newDevice = () => new SoftwareAuthenticator({ origin: project.origin });

  test('in no ceremony, for any attestation', async () => {
    const proof = await signIn(project, await makePerson(project));
    watched = watchOutbound();
    for (const [, format, statement] of REFUSED_ATTESTATIONS) {
      const options = await beginPasskeyRegistration(proof, BROWSER);
      const response = await attest(newDevice(), options, format, statement);
      const refusal = finishPasskeyRegistration(proof, BROWSER, response);
      await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed' });
    }
    const device = newDevice();
    await finishPasskeyRegistration(proof, BROWSER, device.create(await beginPasskeyRegistration(proof, BROWSER)));
    const assertion = device.get(await beginPasskeySignIn(contextOf(project), BROWSER));
    await finishPasskeySignIn(contextOf(project), BROWSER, assertion, { userAgent: CHROME });
    await finishPasskeyStepUp(proof, BROWSER, device.get(await beginPasskeyStepUp(proof, BROWSER)));
    expect(called()).toEqual([]);
    expect(trap.hits).toBe(0);
  });

  test('for no API request', async () => {
    const token = await accessToken(project, ['openid']);
    watched = watchOutbound();
    const { url } = trap;
    const statuses: number[] = [];
    const send = async (path: string, handlers: Parameters<typeof callHandler>[2], body: unknown) =>
      statuses.push((await callHandler(project, path, handlers, 'POST', { token, body })).status);
    const traits = (schema: object) => ({ properties: { traits: { type: 'object', ...schema } } });
    for (const schema of [
      { $ref: url, ...traits({}) },
      { $schema: url, ...traits({}) },
      { $id: url, ...traits({ properties: { a: { $ref: 'b.json' } } }) },
      traits({ properties: { a: { $dynamicRef: `${url}#x` } } }),
      traits({ $ref: `${url}/traits.json` }),
    ])
      await send('/admin/schemas', schemas, { id: `s${newId().slice(-12)}`, schema });
    const email = `${newId()}@127.0.0.1.nip.example`;
    await send('/admin/identities', identities, { schema_id: url, traits: { email } });
    await send('/admin/identities', identities, {
      traits: { email, picture: url, website: url, name: { first: url, last: `<img src="${url}">` } },
      metadata_public: { webhook: url, jwks_uri: url },
      external_id: url,
    });
    await send('/admin/identities', identities, { traits: { email, name: { first: url } }, external_id: url });
    expect(new Set(statuses)).toEqual(new Set([201, 400]));
    const forms: Array<Record<string, string>> = [
      { grant_type: 'client_credentials', client_id: url, client_secret: 'x' },
      { grant_type: 'client_credentials', client_assertion_type: url, client_assertion: `${url}.x.y`, audience: url },
      { grant_type: 'client_credentials', request_uri: url, resource: url },
    ];
    for (const form of forms) await tokenEndpoint(oauthRequest(project, '/oauth2/token', { form }), PARAMS);
    const authorization = `Basic ${base64(`${encodeURIComponent(url)}:x`)}`;
    await tokenEndpoint(
      oauthRequest(project, '/oauth2/token', { form: { grant_type: 'client_credentials' }, authorization }),
      PARAMS,
    );
    expect(called()).toEqual([]);
    expect(trap.hits).toBe(0);
  });

  test('a claimed domain is only looked up as a TXT record', async () => {
    const host = `${newId()}.example.com`;
    await requestOrigin({ ...cliActor(project.id), kind: 'operator' }, `https://${host}`, {});
    const claim = (await listClaims(project.id)).find(({ domain }) => domain === host);
    vi.stubEnv('SIGNET_DNS_SERVERS', '127.0.0.1:1');
    resetEnv();
    watched = watchOutbound();
    await checkClaim(cliActor(project.id), claim?.id ?? '');
    expect(called()).toEqual([{ kind: 'lookup', target: `_signet-challenge.${host}` }]);
  });

  test('a webhook is sent to its receiver only, when the job runs', async () => {
    const token = await accessToken(project, ['webhooks:write']);
    const body = { url: `${trap.url}/hook`, event_types: ['webhook.created'] };
    watched = watchOutbound();
    const response = await callHandler(project, '/admin/webhooks', webhooks, 'POST', { token, body });
    expect(response.status).toBe(201);
    expect(called()).toEqual([]);
    await deliverDueWebhooks();
    expect(called()).toEqual([{ kind: 'connect', target: new URL(trap.url).host }]);
    expect(trap.hits).toBe(1);
  });

  test('mail goes only to the configured server', async () => {
    const received: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _, done) => stream.on('data', (chunk) => received.push(String(chunk))).on('end', () => done()),
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const smtp = `127.0.0.1:${portOf(server.server.address())}`;
    vi.stubEnv('SMTP_URL', `smtp://${smtp}`);
    resetEnv();
    const params = { code: '012345', link: `${trap.url}/login/link?x`, minutes: 10 };
    await transaction((tx) =>
      queueMail(tx, project.id, { kind: 'sign_in', to: 'jane@mx.example.com', locale: 'en', params }),
    );
    watched = watchOutbound();
    await deliverDueMail();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(received.join('')).toContain('012345');
    expect(watched.calls.some(({ target }) => target === smtp)).toBe(true);
    expect(called([smtp, '127.0.0.1'])).toEqual([]);
    expect(trap.hits).toBe(0);
  });
});

test('only the adapters use a client for connections', () => {
  const CLIENT =
    /from 'node:(?:https?|http2|tls|dgram|dns|dns\/promises)'|import net from 'node:net'|from '(?:nodemailer|pg|undici)'|\bfetch\(/;
  const ROOT = path.join(import.meta.dirname, '..');
  const files = readdirSync(path.join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .map((name) => `lib/${name.replaceAll(path.sep, '/')}`)
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name));
  const found = files.filter((file) => CLIENT.test(readFileSync(path.join(ROOT, file), 'utf8')));
  const isExpected = (file: string) =>
    /^lib\/(server|cli|http)\/|^lib\/platform\/(db|outbound)\/|^lib\/mail\/transport\.ts$|^lib\/project\/dns\.ts$/.test(
      file,
    );
  expect(found.filter((file) => !isExpected(file))).toEqual([]);
});

function portOf(address: ReturnType<net.Server['address']>): number {
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
