import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { queueMail } from '@/lib/mail/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { resetEnv } from '@/lib/platform/env';
import type { Project } from '@/lib/project/model';
import { accessTokenKeys } from '@/lib/token/model';
import { publishedKeys, rotateSigningKey } from '@/lib/token/service';
import { signingKey } from '@/lib/token/service/signing-keys';
import { makeProject } from '@/testing/project';
import { adoptSecret, bindSecret, readSecretState, requireSecret } from './service';

const OTHER = 'another-secret-of-the-tests-abcdef0123';
let project: Project;

beforeEach(async () => {
  const client = await db();
  await client.installation.deleteMany();
  await client.signingKey.deleteMany();
  await client.outboxMail.deleteMany();
  project = await makeProject();
});
afterEach(() => {
  vi.unstubAllEnvs();
  resetEnv();
});

function changeSecret(secret = OTHER): void {
  vi.stubEnv('SIGNET_SECRET', secret);
  resetEnv();
}
const queue = () =>
  transaction((tx) => queueMail(tx, project.id, { kind: 'test', to: 'jane@example.com', locale: 'en', params: {} }));

/** Everything a refused start must leave unchanged. */
async function contents() {
  const client = await db();
  return {
    installation: await client.installation.findMany(),
    keys: await client.signingKey.findMany({ orderBy: { id: 'asc' } }),
    mails: await client.outboxMail.findMany({ orderBy: { id: 'asc' } }),
    events: await client.auditEvent.count(),
  };
}

describe('a database bound to a secret', () => {
  beforeEach(bindSecret);

  test('accepts that secret repeatedly and refuses another one without changing anything', async () => {
    await queue();
    await bindSecret();
    await requireSecret();
    const before = await contents();
    expect(before.installation).toHaveLength(1);
    changeSecret();
    await expect(requireSecret()).rejects.toThrow(/SIGNET_SECRET is not the secret/);
    await expect(bindSecret()).rejects.toThrow(/SIGNET_SECRET is not the secret/);
    expect(await contents()).toEqual(before);
  });

  test('stores a salted check value that does not derive from the secret alone', async () => {
    const [first] = (await contents()).installation;
    await (await db()).installation.deleteMany();
    await bindSecret();
    expect((await contents()).installation[0]?.secretCheck).not.toBe(first?.secretCheck);
  });

  test('accepts no secret when the check value is truncated', async () => {
    await (await db()).installation.updateMany({ data: { secretCheck: '' } });
    expect(await readSecretState()).toEqual({ kind: 'differs' });
  });
});

describe('a database not bound to a secret', () => {
  test('is bound when the secret decrypts every key and every queued mail', async () => {
    await signingKey(accessTokenKeys(project.id));
    await queue();
    await bindSecret();
    expect(await readSecretState()).toEqual({ kind: 'fits' });
  });

  test.each(['keys', 'mails'])('refuses a secret that decrypts none of its %s and changes nothing', async (what) => {
    await (what === 'keys' ? signingKey(accessTokenKeys(project.id)) : queue());
    const before = await contents();
    changeSecret();
    await expect(requireSecret()).rejects.toThrow(/SIGNET_SECRET cannot decrypt [12] of [12] signing keys/);
    await expect(bindSecret()).rejects.toThrow(/SIGNET_SECRET/);
    expect(await contents()).toEqual(before);
  });

  test('refuses a secret that decrypts only some keys, including those of another project', async () => {
    await signingKey(accessTokenKeys(project.id));
    changeSecret();
    await signingKey(accessTokenKeys((await makeProject()).id));
    expect(await readSecretState()).toEqual({ kind: 'unreadable', unreadable: 2, stored: 4 });
    await expect(bindSecret()).rejects.toThrow(/cannot decrypt 2 of 4/);
    expect((await contents()).installation).toEqual([]);
  });

  test('ignores mails that were sent or abandoned', async () => {
    await queue();
    await (await db()).outboxMail.updateMany({ data: { failedAt: new Date() } });
    changeSecret();
    expect(await readSecretState()).toEqual({ kind: 'unclaimed' });
  });

  test('concurrent bindings with the same secret all succeed and store one check value', async () => {
    const results = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(bindSecret));
    expect(results.map(({ status }) => status)).toEqual(Array(6).fill('fulfilled'));
    expect((await contents()).installation).toHaveLength(1);
    changeSecret();
    const late = await Promise.allSettled([1, 2, 3].map(bindSecret));
    expect(late.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  });
});

describe('adopting another secret', () => {
  beforeEach(async () => {
    await bindSecret();
    await signingKey(accessTokenKeys(project.id));
    await queue();
  });

  test('binds the database to it, replaces unreadable keys and abandons unreadable mails', async () => {
    const { mails, keys } = await contents();
    changeSecret();
    const adoption = await adoptSecret();
    expect(adoption.abandonedMails).toBe(1);
    expect(adoption.projectsWithNewKeys).toHaveLength(1);
    await requireSecret();
    const after = await contents();
    expect(after.mails).toMatchObject([{ payload: mails[0]?.payload, lastError: 'secret_replaced', sentAt: null }]);
    expect(after.mails[0]?.failedAt).not.toBeNull();
    expect(after.keys).toHaveLength(keys.length + 2);
    expect((await publishedKeys(project.id)).map(({ state }) => state).sort()).toEqual([
      'current',
      'next',
      'retired',
      'retired',
    ]);
    await rotateSigningKey(cliActor(project.id), { isUrgent: true });
  });

  test('refuses the previous secret afterwards', async () => {
    changeSecret();
    await adoptSecret();
    vi.unstubAllEnvs();
    resetEnv();
    await expect(requireSecret()).rejects.toThrow(/SIGNET_SECRET is not the secret/);
  });

  test('is idempotent', async () => {
    changeSecret();
    await adoptSecret();
    expect(await adoptSecret()).toEqual({ projectsWithNewKeys: [], abandonedMails: 0 });
  });
});

test('a database without the check value table is checked by its keys and mails', async () => {
  const client = await db();
  await signingKey(accessTokenKeys(project.id));
  await client.$executeRawUnsafe('ALTER TABLE "Installation" RENAME TO "Installation_hidden"');
  try {
    expect(await readSecretState()).toEqual({ kind: 'unclaimed' });
    changeSecret();
    expect(await readSecretState()).toEqual({ kind: 'unreadable', unreadable: 2, stored: 2 });
  } finally {
    await client.$executeRawUnsafe('ALTER TABLE "Installation_hidden" RENAME TO "Installation"');
  }
});
