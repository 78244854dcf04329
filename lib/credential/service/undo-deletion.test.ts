import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { changeIdentity } from '@/lib/identity/service';
import { startWorker } from '@/lib/jobs/worker';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { ensureDefaultSchema } from '@/lib/schema/service';
import type { SessionProof } from '@/lib/session/model';
import { eventually } from '@/testing/eventually';
import { addPasskey, BROWSER, CHROME, contextOf, mailsTo, makePerson, signInByMail } from '@/testing/people';
import * as passkeys from '../service';
import { credentialJobs } from './jobs';

let project: Project;

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const listed = ({ identity }: SessionProof) => passkeys.listPasskeys(project.id, identity.id);
const events = async ({ identity }: SessionProof) =>
  (await listIdentityEvents(project.id, identity.id, 50)).filter(({ type }) => type === 'passkey.deleted');
const mails = async ({ identity }: SessionProof) =>
  (await mailsTo(identity)).filter(({ kind }) => kind === 'passkey_deleted');

async function withPasskey() {
  const proof = await signInByMail(project, await makePerson(project));
  return { proof, ...(await addPasskey(proof)) };
}
const signInWith = async (authenticator: Awaited<ReturnType<typeof withPasskey>>['authenticator']) => {
  const response = authenticator.get(await passkeys.beginPasskeySignIn(contextOf(project), BROWSER));
  return passkeys.finishPasskeySignIn(contextOf(project), BROWSER, response, { userAgent: CHROME });
};

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  await ensureDefaultSchema(project.id);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await (await db()).passkeyDeletion.deleteMany();
});

test('a deleted passkey signs in nowhere from the click on; nothing is recorded or mailed before ten seconds', async () => {
  const { proof, passkey, authenticator } = await withPasskey();
  await passkeys.deleteOwnPasskey(proof, passkey.id);
  // Not `passkey_unknown`: the browser would remove it.
  await expect(signInWith(authenticator)).rejects.toMatchObject({ code: 'passkey_verification_failed' });
  expect(await listed(proof)).toEqual([]);
  later(9.9);
  expect(await passkeys.finishPasskeyDeletions()).toBe(0);
  expect([await events(proof), await mails(proof)]).toEqual([[], []]);
  later(0.2);
  expect(await passkeys.finishPasskeyDeletions()).toBe(1);
  await expect(signInWith(authenticator)).rejects.toMatchObject({ code: 'passkey_unknown' });
  expect(await events(proof)).toMatchObject([
    { actorKind: 'identity', actorId: proof.identity.id, details: { passkey_id: passkey.id, name: passkey.name } },
  ]);
  expect(await mails(proof)).toHaveLength(1);
});

test('undo restores it whole, and nothing is ever recorded or mailed', async () => {
  const { proof, passkey, authenticator } = await withPasskey();
  await passkeys.deleteOwnPasskey(proof, passkey.id);
  later(9);
  expect(await passkeys.undoPasskeyDeletion(proof, passkey.id)).toBe(true);
  expect(await listed(proof)).toEqual([passkey]);
  await signInWith(authenticator);
  later(60);
  expect(await passkeys.finishPasskeyDeletions()).toBe(0);
  expect([await events(proof), await mails(proof)]).toEqual([[], []]);
});

test('undo is too late after ten seconds, unless the person reached the button: then after a minute', async () => {
  const [late, held] = [await withPasskey(), await withPasskey()];
  for (const { proof, passkey } of [late, held]) await passkeys.deleteOwnPasskey(proof, passkey.id);
  await passkeys.holdPasskeyDeletion(held.proof, held.passkey.id);
  later(59);
  await passkeys.holdPasskeyDeletion(late.proof, late.passkey.id); // too late for that as well
  expect(await passkeys.undoPasskeyDeletion(late.proof, late.passkey.id)).toBe(false);
  expect(await passkeys.undoPasskeyDeletion(held.proof, held.passkey.id)).toBe(true);
  await passkeys.deleteOwnPasskey(held.proof, held.passkey.id);
  await passkeys.holdPasskeyDeletion(held.proof, held.passkey.id);
  later(60);
  expect(await passkeys.undoPasskeyDeletion(held.proof, held.passkey.id)).toBe(false);
});

test('undo needs no second authentication, which would replace the session that may undo', async () => {
  const { proof, passkey } = await withPasskey();
  later(14 * 60 + 58); // still fresh
  await passkeys.deleteOwnPasskey(proof, passkey.id);
  later(5);
  expect(await passkeys.undoPasskeyDeletion(proof, passkey.id)).toBe(true);
  expect(await listed(proof)).toEqual([passkey]);
});

test('only the session that deleted it can undo', async () => {
  const { proof, passkey } = await withPasskey();
  const stranger = await signInByMail(project, proof.identity);
  await passkeys.deleteOwnPasskey(proof, passkey.id);
  await passkeys.holdPasskeyDeletion(stranger, passkey.id);
  expect(await passkeys.undoPasskeyDeletion(stranger, passkey.id)).toBe(false);
  const other = await signInByMail(project, await makePerson(project));
  expect(await passkeys.undoPasskeyDeletion(other, passkey.id)).toBe(false);
  later(11);
  expect(await passkeys.finishPasskeyDeletions()).toBe(1);
});

test('brings nothing back after a deactivation', async () => {
  const { proof, passkey } = await withPasskey();
  await passkeys.deleteOwnPasskey(proof, passkey.id);
  for (const state of ['inactive', 'active'] as const)
    await changeIdentity(cliActor(project.id), proof.identity.id, () => ({ state }));
  expect(await passkeys.undoPasskeyDeletion(proof, passkey.id)).toBe(false);
  expect(await listed(proof)).toEqual([]);
});

test('of several concurrent undos one succeeds, and none beside the end of the time', async () => {
  const { proof, passkey } = await withPasskey();
  await passkeys.deleteOwnPasskey(proof, passkey.id);
  const undo = () => passkeys.undoPasskeyDeletion(proof, passkey.id);
  expect((await Promise.all([undo(), undo(), undo()])).filter(Boolean)).toHaveLength(1);
  await passkeys.deleteOwnPasskey(proof, passkey.id);
  const end = passkeys.finishPasskeyDeletions(new Date(Date.now() + 60_000));
  const [isUndone] = await Promise.all([undo(), end]);
  expect((await listed(proof)).length + (await events(proof)).length).toBe(1);
  expect(isUndone).toBe((await events(proof)).length === 0);
});

test('the worker finishes what a killed process left', async () => {
  const { proof, passkey } = await withPasskey();
  await passkeys.deleteOwnPasskey(proof, passkey.id);
  later(3600);
  const worker = startWorker(credentialJobs);
  try {
    await eventually(async () => expect(await events(proof)).toHaveLength(1));
  } finally {
    await worker.stop();
  }
  expect(await mails(proof)).toHaveLength(1);
});
