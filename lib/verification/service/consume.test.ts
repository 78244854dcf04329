import pg from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { findSession } from '@/lib/session/service';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { CHROME, entered, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  beginCodeStepUp,
  beginEmailChange,
  beginSignIn,
  type ClientContext,
  finishCodeStepUp,
  finishEmailChange,
  finishSignInWithCode,
  finishSignInWithLink,
} from '../service';

const isPostgresql = inject('databaseTemplate').kind === 'postgresql';
const MORE_THAN_ALL_TRIES = 6;
let project: Project;

const visit = (): ClientContext => ({
  projectId: project.id,
  origin: project.origin,
  requestId: newId(),
  address: '203.0.113.7',
});
const addressOf = (identity: Identity) => identity.identifiers[0] ?? '';
const sessionsOf = async (identityId: string) => (await db()).session.count({ where: { identityId } });

async function requestCode() {
  const identity = await makePerson(project);
  const browserHash = newId();
  await beginSignIn(visit(), { address: addressOf(identity), browserHash, locale: 'en' });
  return { identity, browserHash, ...codeAndLink(await lastMailTo(addressOf(identity))) };
}

/** Makes every event, which is written last, fail: on PostgreSQL as out of memory, on SQLite as an unexpected error. */
async function breakEvents(): Promise<void> {
  const client = await db();
  if (!isPostgresql) {
    await client.$executeRawUnsafe(
      `CREATE TRIGGER broken BEFORE INSERT ON "AuditEvent" BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    );
    return;
  }
  await client.$executeRawUnsafe(
    `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken' USING ERRCODE = '53200'; END $$`,
  );
  await client.$executeRawUnsafe(
    'CREATE TRIGGER broken BEFORE INSERT ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION broken()',
  );
}

async function mendEvents(): Promise<void> {
  const client = await db();
  if (!isPostgresql) await client.$executeRawUnsafe('DROP TRIGGER IF EXISTS broken');
  else await client.$executeRawUnsafe('DROP FUNCTION IF EXISTS broken() CASCADE');
}

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});
afterEach(mendEvents);

describe('an internal failure consumes nothing, even repeatedly', () => {
  async function survives<T>(finish: () => Promise<T>): Promise<T> {
    await breakEvents();
    for (let tries = 0; tries < MORE_THAN_ALL_TRIES; tries++) {
      await expect(finish()).rejects.not.toMatchObject({ code: expect.stringMatching(/_(used_or_expired|wrong)$/) });
    }
    await mendEvents();
    return finish();
  }

  test('sign-in by code', async () => {
    const { identity, browserHash, code } = await requestCode();
    const { session } = await survives(async () =>
      entered(await finishSignInWithCode(visit(), { code, browserHash, userAgent: CHROME })),
    );
    expect(await findSession(project.id, session.id)).not.toBeNull();
    expect(await sessionsOf(identity.id)).toBe(1);
  });

  test('sign-in by link', async () => {
    const { identity, token } = await requestCode();
    await survives(() => finishSignInWithLink(visit(), { token, browserHash: newId(), userAgent: CHROME }));
    expect(await sessionsOf(identity.id)).toBe(1);
  });

  test('step-up', async () => {
    const proof = await signIn(project, await makePerson(project));
    const browserHash = newId();
    await beginCodeStepUp(visit(), proof, { browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(addressOf(proof.identity)));
    const session = await survives(() => finishCodeStepUp(visit(), proof, { code, browserHash, userAgent: CHROME }));
    expect(await findSession(project.id, session.id)).not.toBeNull();
    expect(await sessionsOf(proof.identity.id)).toBe(1);
  });

  test('email change', async () => {
    const proof = await signIn(project, await makePerson(project));
    const [address, browserHash] = [`new-${newId()}@example.com`, newId()];
    await beginEmailChange(visit(), proof, { address, browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(address));
    const changed = await survives(() => finishEmailChange(visit(), proof, { code, browserHash, locale: 'en' }));
    expect(changed.identifiers).toEqual([address]);
  });
});

describe.runIf(isPostgresql)('a lost race inside the transaction', () => {
  test('is retried with the same code, and the sign-in succeeds', async () => {
    const { identity, browserHash, code } = await requestCode();
    const elsewhere = new pg.Client({ connectionString: env().databaseUrl });
    await elsewhere.connect();
    // A concurrent change of the identity: not committed when sign-in reads it, but when it marks the address verified.
    await elsewhere.query('BEGIN');
    await elsewhere.query('UPDATE "Identity" SET "version" = "version" + 1 WHERE "id" = $1', [identity.id]);
    const signedIn = finishSignInWithCode(visit(), { code, browserHash, userAgent: CHROME });
    const waiting = async () => {
      const { rows } = await elsewhere.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length;
    };
    await expect.poll(waiting).toBe(1);
    await elsewhere.query('COMMIT');
    await elsewhere.end();
    expect(entered(await signedIn).session.identityId).toBe(identity.id);
    expect(await sessionsOf(identity.id)).toBe(1);
  });
});
