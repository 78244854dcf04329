import { beforeAll, describe, expect, test, vi } from 'vitest';
import { changeIdentity, deleteIdentity, purgeIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import {
  endAllSessions,
  endCurrentSession,
  endOtherSessions,
  endSessionById,
  openSession,
  purgeExpiredSessions,
} from '@/lib/session/service';
import { ADDRESS, CHROME, makePerson, signIn } from '@/testing/people';
import { keepDeleted, makeProject } from '@/testing/project';
import { makeFamily, makeRelyingParty, noticesTo, signInTo } from '@/testing/relying-parties';
import type { ApplicationSession } from './model';
import { endOfApplication, endOfGrant, purgeApplicationSessions, purgeLogoutNotices } from './service';

let project: Project;
beforeAll(async () => {
  project = await makeProject();
});

const rowOf = async ({ id }: ApplicationSession) => (await db()).applicationSession.findUnique({ where: { id } });
const familyOf = async (id: string) => (await db()).tokenFamily.findUnique({ where: { id } });

/** A person signed in to two applications, one of which takes notices. */
async function scene() {
  const proof = await signIn(project, await makePerson(project));
  const [noticed, silent] = [await makeRelyingParty(project), await makeRelyingParty(project, { logoutUri: null })];
  const session = await signInTo(noticed, proof);
  return { proof, noticed, silent, session, other: await signInTo(silent, proof) };
}

/** A step-up: a new session replaces the current one. */
const replace = ({ identity, session, actor }: SessionProof, method: 'passkey' | 'code' = 'passkey') =>
  transaction((tx) =>
    openSession(tx, actor, { project, identity, method, replaces: session.id, userAgent: CHROME, address: ADDRESS }),
  );

describe('openApplicationSession', () => {
  test('keeps the session ID while the browser session lasts, with the newest authentication', async () => {
    const { proof, noticed, session } = await scene();
    const authenticatedAt = new Date(session.authenticatedAt.getTime() + 1000);
    const again = await signInTo(noticed, {
      ...proof,
      session: { ...proof.session, authenticatedAt, method: 'passkey' },
    });
    expect(again).toEqual({ ...session, authenticatedAt, method: 'passkey' });
    expect(await rowOf(session)).toEqual(again);
  });

  test('has one ID per browser session and application', async () => {
    const { proof, noticed, session, other } = await scene();
    const elsewhere = await signInTo(noticed, await signIn(project, proof.identity));
    expect(new Set([session.id, other.id, elsewhere.id]).size).toBe(3);
  });

  test('never revives one that has ended', async () => {
    const { proof, noticed, session } = await scene();
    const parties = { projectId: project.id, applicationId: noticed.id, identityId: proof.identity.id };
    await transaction((tx) => endOfGrant(tx, parties));
    const again = await signInTo(noticed, proof);
    expect(again.id).not.toBe(session.id);
    expect((await rowOf(session))?.endedAt).toBeInstanceOf(Date);
  });

  test('CVE-2025-64521: leaves one of an earlier epoch behind', async () => {
    const { proof, noticed, session } = await scene();
    const identity = { ...proof.identity, revocationEpoch: proof.identity.revocationEpoch + 1 };
    const again = await signInTo(noticed, { ...proof, identity });
    expect([again.id === session.id, again.revocationEpoch]).toEqual([false, identity.revocationEpoch]);
    expect((await rowOf(session))?.endedAt).toBeInstanceOf(Date);
  });

  test('of concurrent calls in one browser session, all get the same', async () => {
    const proof = await signIn(project, await makePerson(project));
    const application = await makeRelyingParty(project);
    const opened = await Promise.all(Array.from({ length: 6 }, () => signInTo(application, proof)));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  });
});

describe('the end of a browser session', () => {
  test.each<[string, (proof: SessionProof) => Promise<unknown>]>([
    ['by sign-out', (proof) => endCurrentSession(proof)],
    ['by the admin API', ({ session }) => endSessionById(cliActor(project.id), session.id)],
    ['with all others', ({ identity }) => endAllSessions(cliActor(project.id), identity.id)],
    ['from another browser', async ({ identity }) => endOtherSessions(await signIn(project, identity))],
  ])('%s signs out of its applications, with a notice each', async (_, end) => {
    const { proof, noticed, silent, session, other } = await scene();
    await end(proof);
    expect([await rowOf(session), await rowOf(other)]).toEqual([null, null]);
    expect(await noticesTo(noticed)).toEqual([{ sub: proof.identity.id, sid: session.id }]);
    expect(await noticesTo(silent)).toEqual([]);
  });

  test('leaves the sessions of other browsers alone', async () => {
    const { proof, noticed, session } = await scene();
    const here = await signIn(project, proof.identity);
    const kept = await signInTo(noticed, here);
    await endOtherSessions(here);
    expect([await rowOf(session), await rowOf(kept)]).toEqual([null, kept]);
    expect(await noticesTo(noticed)).toEqual([{ sub: proof.identity.id, sid: session.id }]);
  });

  // Back-Channel Logout §2.7
  test('keeps families with offline_access and ends the others', async () => {
    const { proof, noticed, session, other } = await scene();
    const [offline, online] = [await makeFamily(session, { isOffline: true }), await makeFamily(other)];
    await endCurrentSession(proof);
    expect(await rowOf(session)).toMatchObject({ sessionId: null, endedAt: null });
    expect(await familyOf(offline)).toMatchObject({ endedAt: null });
    expect(await familyOf(online)).toBeNull();
    expect(await noticesTo(noticed)).toHaveLength(1);
  });

  test('when it expires, keeps families with offline_access, and sends no notice', async () => {
    const { proof, noticed, session, other } = await scene();
    await makeFamily(session, { isOffline: true });
    await purgeExpiredSessions(proof.session.expiresAt);
    expect(await rowOf(session)).toMatchObject({ sessionId: null, endedAt: null });
    expect(await rowOf(other)).toBeNull();
    expect(await noticesTo(noticed)).toEqual([]);
  });
});

describe('a step-up', () => {
  test('keeps the person signed in to their applications, under the same session ID', async () => {
    const { proof, noticed, session, other } = await scene();
    const family = await makeFamily(session);
    const fresh = await replace(proof);
    expect(await rowOf(session)).toEqual({ ...session, sessionId: fresh.id });
    expect(await rowOf(other)).toEqual({ ...other, sessionId: fresh.id });
    expect(await familyOf(family)).toMatchObject({ endedAt: null });
    expect(await noticesTo(noticed)).toEqual([]);
  });

  test('done twice at once loses nothing', async () => {
    const { proof, session } = await scene();
    const opened = await Promise.all([replace(proof), replace(proof)]);
    const row = await rowOf(session);
    expect(opened.map(({ id }) => id)).toContain(row?.sessionId);
  });
});

describe('the end of a person', () => {
  test('by deactivation ends every session at applications, also with offline_access', async () => {
    const { proof, noticed, session } = await scene();
    await makeFamily(session, { isOffline: true });
    await endCurrentSession(proof);
    await changeIdentity(cliActor(project.id), proof.identity.id, () => ({ state: 'inactive' }));
    expect((await rowOf(session))?.endedAt).toBeInstanceOf(Date);
    const about = { sub: proof.identity.id, sid: session.id };
    expect(await noticesTo(noticed)).toEqual([about, about]);
  });

  test.each([0, 30])('by deletion, with a bin of %i days, leaves the notice alone', async (days) => {
    const own = await makeProject();
    if (days > 0) await keepDeleted(own, days);
    const proof = await signIn(own, await makePerson(own));
    const application = await makeRelyingParty(own);
    const session = await signInTo(application, proof);
    await deleteIdentity(cliActor(own.id), proof.identity.id);
    if (days > 0) await purgeIdentity(cliActor(own.id), proof.identity.id);
    expect(await rowOf(session)).toBeNull();
    expect(await noticesTo(application)).toEqual([{ sub: proof.identity.id, sid: session.id }]);
  });

  test('rolls back together with its cause', async () => {
    const { proof, noticed, session } = await scene();
    const failing = transaction(async (tx) => {
      await changeIdentity(cliActor(project.id), proof.identity.id, () => ({ state: 'inactive' }), { tx });
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect([await rowOf(session), await noticesTo(noticed)]).toEqual([session, []]);
  });
});

test('the end of an application ends the sessions of everyone, and notices survive its deletion', async () => {
  const { noticed, session, other, proof } = await scene();
  const guest = await signInTo(noticed, await signIn(project, await makePerson(project)));
  await transaction(async (tx) => {
    await endOfApplication(tx, noticed);
    await tx.application.delete({ where: { id: noticed.id } });
  });
  expect([await rowOf(session), await rowOf(guest), await rowOf(other)]).toEqual([null, null, other]);
  const about = [
    { sub: proof.identity.id, sid: session.id },
    { sub: guest.identityId, sid: guest.id },
  ];
  expect(await noticesTo(noticed)).toEqual(about);
});

describe('the purges', () => {
  test('delete detached sessions a day after their last family ended', async () => {
    const { proof, session } = await scene();
    const family = await makeFamily(session, { isOffline: true });
    await endCurrentSession(proof);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await purgeApplicationSessions(new Date());
    expect(await rowOf(session)).not.toBeNull();
    await (await db()).tokenFamily.update({ where: { id: family }, data: { endedAt: new Date() } });
    await purgeApplicationSessions(inDays(0.9));
    expect(await rowOf(session)).not.toBeNull();
    await purgeApplicationSessions(inDays(1.1));
    expect(await rowOf(session)).toBeNull();
  });

  test('delete notices 30 days after they were sent or abandoned', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T12:00:00.000Z') });
    const { proof } = await scene();
    await endCurrentSession(proof);
    const client = await db();
    const row = await client.logoutNotice.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await client.logoutNotice.update({ where: { id: row.id }, data: { sentAt: new Date(), payload: null } });
    const count = () => client.logoutNotice.count({ where: { id: row.id } });
    await purgeLogoutNotices(new Date('2026-03-31T11:59:00.000Z'));
    expect(await count()).toBe(1);
    await purgeLogoutNotices(new Date('2026-03-31T12:01:00.000Z'));
    expect(await count()).toBe(0);
    vi.useRealTimers();
  });
});
