import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeClient } from '@/testing/oauth-api';
import { makePerson, signIn } from '@/testing/people';
import { asOtherProcess } from '@/testing/processes';
import { makeProject } from '@/testing/project';
import * as apiCredential from './api-credential/service';
import * as identity from './identity/service';
import { type Actor, cliActor } from './platform/actor';
import * as project from './project/service';
import * as schema from './schema/service';
import * as session from './session/service';
import * as token from './token/service';

/**
 * Several processes on one database: what one revokes or changes applies to the next request of another that has just used
 * it.
 */
const here = { apiCredential, project, schema, session, token };
type Process = typeof here;

let node: Process;
let at: Awaited<ReturnType<typeof makeProject>>;
let actor: Actor;

beforeAll(async () => {
  node = await asOtherProcess(async () => ({
    apiCredential: await import('./api-credential/service'),
    project: await import('./project/service'),
    schema: await import('./schema/service'),
    session: await import('./session/service'),
    token: await import('./token/service'),
  }));
  expect(node.token.issueAccessToken).not.toBe(here.token.issueAccessToken);
}, 60_000); // another process loads all its modules
beforeEach(async () => {
  at = await makeProject();
  actor = cliActor(at.id);
});

const context = () => ({ projectId: at.id, origin: at.origin, address: '192.0.2.1', requestId: 'r' });

/** A token, and what the other process grants it. */
async function makeToken(client: apiCredential.WithSecret, by: Process = node) {
  const granted = { scopes: ['openid'] as const, audiences: [`${at.origin}/admin`] };
  const { accessToken } = await by.token.issueAccessToken(context(), client.credential, granted);
  return {
    accessToken,
    scopes: async () => [...((await node.token.verifyAccessToken(context(), accessToken))?.scopes ?? [])],
  };
}

const authenticated = ({ credential, clientSecret }: apiCredential.WithSecret) => {
  const { clientId, authMethod } = credential;
  return node.apiCredential.authenticateClient({ projectId: at.id, clientId, clientSecret, authMethod });
};
const authenticate = async (client: apiCredential.WithSecret) => 'clientId' in (await authenticated(client));

/** As the other process's token endpoint. */
async function requestToken(client: apiCredential.WithSecret): Promise<string> {
  const credential = await authenticated(client);
  if (!('clientId' in credential)) throw new Error(credential.reason);
  const granted = { scopes: ['openid'] as const, audiences: [`${at.origin}/admin`] };
  return (await node.token.issueAccessToken(context(), credential, granted)).accessToken;
}

const currentKey = async () => (await token.publishedKeys(at.id)).find(({ state }) => state === 'current');
const kidOf = (accessToken: string): string =>
  JSON.parse(Buffer.from(accessToken.split('.')[0] ?? '', 'base64url').toString()).kid;

describe('an access token', () => {
  test('ends with its API credential, whose secret is refused as well', async () => {
    const client = await makeClient(at);
    const { scopes } = await makeToken(client);
    expect([await authenticate(client), (await scopes()).length > 0]).toEqual([true, true]);
    await apiCredential.revokeApiCredential(actor, client.credential.clientId);
    expect([await authenticate(client), await scopes()]).toEqual([false, []]);
  });

  test('loses a scope that its API credential loses', async () => {
    const client = await makeClient(at);
    const { scopes } = await makeToken(client);
    expect(await scopes()).toContain('identities:write');
    const { clientId } = client.credential;
    await apiCredential.updateApiCredential(actor, clientId, { scopes: ['identities:read'] });
    expect(await scopes()).toEqual(['identities:read']);
  });

  test('ends when its client revokes it', async () => {
    const client = await makeClient(at);
    const { accessToken, scopes } = await makeToken(client);
    expect(await scopes()).not.toEqual([]);
    await token.revokeToken(context(), client.credential, accessToken);
    expect(await scopes()).toEqual([]);
    expect(await node.token.introspectToken(context(), client.credential, accessToken)).toBeNull();
  });

  test('ends when its signing key is revoked', async () => {
    const client = await makeClient(at);
    const { accessToken, scopes } = await makeToken(client);
    expect(await scopes()).not.toEqual([]);
    await token.revokeSigningKey(actor, kidOf(accessToken));
    expect(await scopes()).toEqual([]);
    expect(await node.token.introspectToken(context(), client.credential, accessToken)).toBeNull();
  });

  test('outlives a rotation of its signing key, and one of the new key is accepted', async () => {
    const client = await makeClient(at);
    const before = await makeToken(client);
    expect(await before.scopes()).not.toEqual([]);
    await token.rotateSigningKey(actor, { isUrgent: true });
    const after = await makeToken(client, here);
    expect(await before.scopes()).not.toEqual([]);
    expect(await after.scopes()).not.toEqual([]);
  });

  test.each([
    ['rotated', () => token.rotateSigningKey(actor, { isUrgent: true })],
    ['revoked', async () => token.revokeSigningKey(actor, (await currentKey())?.kid ?? '')],
  ])('is signed with the new key once the current one is %s', async (_, change) => {
    const client = await makeClient(at);
    const before = kidOf(await requestToken(client));
    const { kid } = await change();
    const accessToken = await requestToken(client);
    expect([before === kid, kidOf(accessToken)]).toEqual([false, kid]);
    expect(await here.token.verifyAccessToken(context(), accessToken)).not.toBeNull();
  });
});

describe('a session', () => {
  const open = async () => {
    const proof = await signIn(at, await makePerson(at));
    const isOpen = async () => (await node.session.findSession(at.id, proof.session.id)) !== null;
    expect(await isOpen()).toBe(true);
    return { ...proof, isOpen };
  };

  test('ends when the person signs out', async () => {
    const proof = await open();
    await session.endCurrentSession(proof);
    expect(await proof.isOpen()).toBe(false);
  });

  test('ends when its identity is deactivated, and stays ended', async () => {
    const { identity: person, isOpen } = await open();
    await identity.changeIdentity(actor, person.id, () => ({ state: 'inactive' }));
    expect(await isOpen()).toBe(false);
    await identity.changeIdentity(actor, person.id, () => ({ state: 'active' }));
    expect(await isOpen()).toBe(false);
  });

  test('ends when its identity is deleted', async () => {
    const { identity: person, isOpen } = await open();
    await identity.deleteIdentity(actor, person.id);
    expect(await isOpen()).toBe(false);
  });
});

test('a new version of a schema applies', async () => {
  const before = await node.schema.getSchema(at.id, 'default');
  const document = { ...before.document, title: 'Changed' };
  await schema.addSchemaVersion(actor, 'default', document);
  expect(await node.schema.getSchema(at.id, 'default')).toMatchObject({ version: before.version + 1, document });
  expect(await node.schema.getSchema(at.id, 'default', before.version)).toEqual(before);
});

test('a domain ends when it is removed', async () => {
  const origin = `http://p-${at.id}.localhost:3000`;
  await project.requestOrigin(actor, origin, {});
  const host = new URL(origin).host;
  expect((await node.project.findProjectByHost(host))?.id).toBe(at.id);
  const added = (await project.listOrigins(at.id)).find((one) => one.origin === origin);
  await project.removeOrigin(actor, added?.id ?? '');
  expect(await node.project.findProjectByHost(host)).toBeNull();
});
