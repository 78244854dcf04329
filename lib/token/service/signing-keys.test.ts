import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApiCredential } from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import { toKeySet } from '../contract';
import { accessTokenKeys } from '../model';
import { issueAccessToken } from '../service';
import { publishedKeys, signingKey, verificationKey } from './signing-keys';

let project: Project;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T00:00:00.250Z') });
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
});

const rows = async () => (await db()).signingKey.findMany({ where: { projectId: project.id } });
const states = async () => (await publishedKeys(project.id)).map(({ state }) => state);

async function issueToken(): Promise<string> {
  const { credential } = await createApiCredential(cliActor(project.id), { name: 'Test' });
  const granted = { scopes: ['openid'] as const, audiences: [`${project.origin}/admin`] };
  return (await issueAccessToken({ projectId: project.id, origin: project.origin }, credential, granted)).accessToken;
}

describe('the first keys', () => {
  test('are created on first use: a current and a next key, with one event', async () => {
    expect(await rows()).toEqual([]);
    expect(await states()).toEqual(['current', 'next']);
    const events = await (await db()).auditEvent.findMany({ where: { projectId: project.id } });
    expect(events).toMatchObject([{ type: 'signing_key.created', actorKind: 'system' }]);
  });

  test('are created once when requested concurrently', async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, () => signingKey(accessTokenKeys(project.id))));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['current', 'next']);
  });

  test('have an encrypted private part that is not published', async () => {
    const published = toKeySet(await publishedKeys(project.id));
    for (const key of published.keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    }
    for (const row of await rows()) {
      expect(row.privateJwk).not.toContain('{');
      expect(Buffer.from(row.privateJwk, 'base64url').includes('"d"')).toBe(false);
      expect(JSON.parse(row.publicJwk)).not.toHaveProperty('d');
    }
  });

  test('are not found from another project', async () => {
    const { kid } = await signingKey(accessTokenKeys(project.id));
    expect(await verificationKey(project.id, kid)).not.toBeNull();
    expect(await verificationKey((await makeProject()).id, kid)).toBeNull();
  });
});

describe('a client with the published key set', () => {
  test('can verify a token', async () => {
    const token = await issueToken();
    const keySet = createLocalJWKSet(
      toKeySet(await publishedKeys(project.id)) as Parameters<typeof createLocalJWKSet>[0],
    );
    const { payload, protectedHeader } = await jwtVerify(token, keySet, {
      issuer: project.origin,
      audience: `${project.origin}/admin`,
      typ: 'at+jwt',
      currentDate: new Date(),
    });
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload.scope).toBe('openid');
  });
});
