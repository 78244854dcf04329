import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idAt } from '@/lib/audit/model';
import { blankEvents } from '@/lib/audit/service';
import { changeIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { endSession } from '../service';
import { countSessions, countSignIns } from './statistics';

let project: Project;
beforeEach(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.unstubAllEnvs();
  resetEnv();
});

const NONE = { passkey: 0, code: 0, link: 0, other: 0 };
const day = (text: string) => new Date(`${text}T00:00:00.000Z`);

/** Writes an event with its time and a matching ID. */
async function log(at: string, type: string, details: object, identityId = newId(), projectId = project.id) {
  const createdAt = new Date(at);
  const id = idAt(createdAt).slice(0, 24) + newId().slice(24);
  const subject = { actorKind: 'identity', actorId: identityId, identityId, requestId: null, address: null };
  await (await db()).auditEvent.create({
    data: { id, projectId, type, ...subject, details: JSON.stringify(details), createdAt },
  });
}

test('countSignIns counts sign-ins of the project by UTC day and method', async () => {
  const erased = newId();
  await log('2026-03-01T23:59:59.999Z', 'session.started', { method: 'link' });
  await log('2026-03-02T00:00:00.000Z', 'session.started', {
    method: 'passkey',
    device: { browser: '"method":"code"' },
  });
  await log('2026-03-02T23:59:59.999Z', 'session.started', { session_id: newId(), method: 'passkey' });
  await log('2026-03-02T12:00:00.000Z', 'session.started', { method: 'setup' });
  await log('2026-03-02T12:00:00.000Z', 'session.ended', { method: 'code' });
  await log('2026-03-02T12:00:00.000Z', 'session.started', { method: 'code' }, newId(), (await makeProject()).id);
  await log('2026-03-03T10:00:00.000Z', 'session.started', { method: 'code' });
  await log('2026-03-03T10:00:00.000Z', 'session.started', { method: 'code' }, erased);
  await log('2026-02-27T12:00:00.000Z', 'session.started', { method: 'code' });
  await transaction(async (tx) => blankEvents(tx, project.id, erased));

  expect(await countSignIns(project.id, 4, new Date('2026-03-03T10:30:00.000Z'))).toEqual([
    { day: day('2026-02-28'), ...NONE },
    { day: day('2026-03-01'), ...NONE, link: 1 },
    { day: day('2026-03-02'), ...NONE, passkey: 2, other: 1 },
    { day: day('2026-03-03'), ...NONE, code: 1, other: 1 },
  ]);
});

test('countSignIns does not cache the current day', async () => {
  const person = await makePerson(project);
  const today = async () => (await countSignIns(project.id, 1)).at(0);
  await signIn(project, person);
  expect(await today()).toMatchObject({ code: 1 });
  await signIn(project, person);
  expect(await today()).toMatchObject({ code: 2 });
});

test('countSignIns does not cache a day whose last transactions may still commit', async () => {
  const at = (time: string) => countSignIns(project.id, 2, new Date(time));
  await log('2026-03-02T23:59:59.000Z', 'session.started', { method: 'code' });
  expect((await at('2026-03-03T00:00:01.000Z'))[0]).toMatchObject({ code: 1 });
  await log('2026-03-02T23:59:59.500Z', 'session.started', { method: 'code' });
  expect((await at('2026-03-03T00:00:02.000Z'))[0]).toMatchObject({ code: 2 });
});

test('countSignIns does not cache a day that the replica may not show completely', async () => {
  vi.stubEnv('DATABASE_READ_URL', 'postgresql://localhost:1/none'); // down, so that the primary is read
  vi.stubEnv('DATABASE_READ_MAX_LAG', '3600');
  resetEnv();
  const at = (time: string) => countSignIns(project.id, 2, new Date(time));
  await log('2026-03-02T12:00:00.000Z', 'session.started', { method: 'code' });
  expect((await at('2026-03-03T00:30:00.000Z'))[0]).toMatchObject({ code: 1 });
  await log('2026-03-02T13:00:00.000Z', 'session.started', { method: 'code' });
  expect((await at('2026-03-03T01:10:00.000Z'))[0]).toMatchObject({ code: 2 });
  await log('2026-03-02T14:00:00.000Z', 'session.started', { method: 'code' });
  expect((await at('2026-03-03T01:10:00.000Z'))[0]).toMatchObject({ code: 2 });
});

test('countSessions excludes ended, idle and expired sessions and those of deactivated identities', async () => {
  const open = async (times: { lastSeenAt?: Date; createdAt?: Date; expiresAt?: Date } = {}) => {
    const proof = await signIn(project, await makePerson(project));
    await (await db()).session.update({ where: { id: proof.session.id }, data: times });
    return proof;
  };
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  const soon = new Date(Date.now() + 60_000);
  await open();
  await open({ lastSeenAt: ago(project.sessionIdleSeconds - 60) });
  await open({ lastSeenAt: ago(project.sessionIdleSeconds + 60) });
  await open({ createdAt: ago(project.sessionLifetimeSeconds + 60), expiresAt: soon });
  await open({ expiresAt: ago(1) });
  const left = await open();
  await endSession(left.actor, left.identity.id, left.session.id);
  const deactivated = (await open()).identity;
  const actor = systemActor(project.id);
  await changeIdentity(actor, deactivated.id, () => ({ state: 'inactive' }));
  const back = (await open()).identity;
  await changeIdentity(actor, back.id, () => ({ state: 'inactive' }));
  await changeIdentity(actor, back.id, () => ({ state: 'active' }));

  expect(await countSessions(project)).toEqual({ count: 2, isExact: true });
});

test('countSessions is approximate above 1000 sessions', async () => {
  const { session } = await signIn(project, await makePerson(project));
  const more = Array.from({ length: 1000 }, () => ({ ...session, id: newId() }));
  await (await db()).session.createMany({ data: more });
  expect(await countSessions(project)).toEqual({ count: 1001, isExact: false });
});
