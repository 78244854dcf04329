import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { changeIdentity, findIdentityByIdentifier, getIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { codeAndLink, lastMailTo, readOutbox } from '@/testing/outbox';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  beginCodeStepUp,
  beginEmailChange,
  beginSignIn,
  type ClientContext,
  cancelEmailChange,
  findPendingEmailChange,
  finishEmailChange,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
let project: Project;

const visit = (): ClientContext => ({
  projectId: project.id,
  origin: project.origin,
  requestId: newId(),
  address: '203.0.113.7',
});
const begin = (proof: SessionProof, address: string, browserHash: string) =>
  beginEmailChange(visit(), proof, { address, browserHash, locale: 'en' });
const finish = (proof: SessionProof, code: string, browserHash: string | null) =>
  finishEmailChange(visit(), proof, { code, browserHash, locale: 'en' });
const emailOf = ({ identity }: SessionProof) => identity.identifiers[0] ?? '';
const newAddress = () => `new-${newId()}@example.com`;
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function requestCode(address = newAddress()) {
  const proof = await signIn(project, await makePerson(project, { first: 'Jane' }));
  const browser = newId();
  await begin(proof, address, browser);
  return { proof, browser, address, code: codeAndLink(await lastMailTo(address)).code };
}

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the code from the new mailbox changes the address, verified, and notifies the old one', async () => {
  const { proof, browser, address, code } = await requestCode();
  expect(await findPendingEmailChange(proof, browser)).toMatchObject({ address, triesLeft: 5 });
  const before = await getIdentity(project.id, proof.identity.id);
  expect(before).toEqual({ ...proof.identity, signedInAt: before.signedInAt });
  await finish(proof, code, browser);
  const after = await getIdentity(project.id, proof.identity.id);
  expect(after.traits).toEqual({ ...proof.identity.traits, email: address });
  expect(after.identifiers).toEqual([address]);
  expect(after.verifiableAddresses).toMatchObject([{ value: address, verified: true, status: 'completed' }]);
  expect(after.version).toBe(before.version + 1);
  expect(await lastMailTo(emailOf(proof))).toMatchObject({
    kind: 'email_change_notice',
    params: { newAddress: address },
  });
  const [event] = await listIdentityEvents(project.id, proof.identity.id, 1);
  expect(event).toMatchObject({ type: 'identity.updated', actorId: proof.identity.id });
  expect(await findPendingEmailChange(proof, browser)).toBeNull();
});

test('a cancelled change shows no more, and its code changes nothing; another browser’s stays', async () => {
  const { proof, browser, code } = await requestCode();
  const elsewhere = newId();
  await begin(proof, newAddress(), elsewhere);
  await cancelEmailChange(proof, null);
  await cancelEmailChange(proof, browser);
  expect(await findPendingEmailChange(proof, browser)).toBeNull();
  await expect(finish(proof, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
  expect(await findPendingEmailChange(proof, elsewhere)).not.toBeNull();
});

test("a step-up in between keeps the change: the browser's new session finishes it", async () => {
  const { proof, browser, address, code } = await requestCode();
  await finish(await signIn(project, proof.identity), code, browser);
  expect((await findIdentityByIdentifier(project.id, address))?.id).toBe(proof.identity.id);
});

test('reveals a taken address only to the holder of its mailbox', async () => {
  const other = await makePerson(project);
  const taken = other.identifiers[0] ?? '';
  const free = await requestCode();
  const proof = await signIn(project, await makePerson(project));
  const answer = await begin(proof, taken.toUpperCase(), free.browser);
  expect({ ...answer, address: '' }).toEqual({ ...(await begin(proof, newAddress(), free.browser)), address: '' });

  const { proof: prover, browser, code } = await requestCode(taken);
  const queued = (await readOutbox()).length;
  await expect(finish(prover, code, browser)).rejects.toMatchObject({ code: 'identifier_taken' });
  const { signedInAt: _before, ...kept } = prover.identity; // read before the sign-in
  expect(await getIdentity(project.id, prover.identity.id)).toMatchObject(kept);
  expect(await readOutbox()).toHaveLength(queued);
  await expect(finish(prover, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
});

describe('refuses', () => {
  test.each(['', 'jane', 'a@b, c@d'])('an invalid address, at its field: "%s"', async (address) => {
    const proof = await signIn(project, await makePerson(project));
    await expect(begin(proof, address, newId())).rejects.toMatchObject({
      code: 'invalid_input',
      details: { violations: [{ pointer: '/email' }] },
    });
  });

  test('the current address', async () => {
    const proof = await signIn(project, await makePerson(project));
    await expect(begin(proof, emailOf(proof).toUpperCase(), newId())).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('the code of another person or browser, a used, late or wrong code', async () => {
    const { proof, browser, address, code } = await requestCode();
    const other = await signIn(project, await makePerson(project));
    await expect(finish(other, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(finish(proof, code, newId())).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(finish(proof, code, null)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(finish(proof, wrong(code), browser)).rejects.toMatchObject({
      code: 'code_wrong',
      details: { triesLeft: 4 },
    });
    vi.setSystemTime(START.getTime() + 600_000);
    await expect(finish(proof, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    vi.setSystemTime(START);
    await finish(proof, code, browser);
    await expect(finish(proof, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect((await findIdentityByIdentifier(project.id, address))?.id).toBe(proof.identity.id);
  });

  test('a code from before a revocation', async () => {
    const { proof, browser, address, code } = await requestCode();
    const system = systemActor(project.id);
    await changeIdentity(system, proof.identity.id, () => ({ state: 'inactive' }));
    const identity = await changeIdentity(system, proof.identity.id, () => ({ state: 'active' }));
    await expect(finish({ ...proof, identity }, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect(await findIdentityByIdentifier(project.id, address)).toBeNull();
  });
});

test('lets one of two people who prove the same new address concurrently have it', async () => {
  const address = newAddress();
  const [one, two] = [await requestCode(address), await requestCode(address)];
  const outcomes = await Promise.allSettled([
    finish(one.proof, one.code, one.browser),
    finish(two.proof, two.code, two.browser),
  ]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'identifier_taken' });
});

test('changes the address for exactly one of many uses of one code', async () => {
  const { proof, browser, code } = await requestCode();
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => finish(proof, code, browser)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await getIdentity(project.id, proof.identity.id)).version).toBe(proof.identity.version + 1);
});

test('ends everything else pending for the identity in the same transaction, and nothing of others', async () => {
  const { proof, browser, code } = await requestCode();
  const [identity, other] = [proof.identity, await requestCode()];
  await begin(proof, newAddress(), newId());
  await beginCodeStepUp(visit(), proof, { browserHash: newId(), locale: 'en' });
  await beginSignIn(visit(), { address: emailOf(proof), browserHash: newId(), locale: 'en' });
  const pendingOf = async (identityId: string) =>
    (await db()).verification.count({ where: { identityId, consumedAt: null, expiresAt: { gt: START } } });
  expect(await pendingOf(identity.id)).toBe(4);
  await finish(proof, code, browser);
  expect(await pendingOf(identity.id)).toBe(0);
  expect(await pendingOf(other.proof.identity.id)).toBe(1);
});

test('a refused change ends nothing else', async () => {
  const taken = (await makePerson(project)).identifiers[0] ?? '';
  const { proof, browser, code } = await requestCode(taken);
  const [another, address] = [newId(), newAddress()];
  await begin(proof, address, another);
  await expect(finish(proof, code, browser)).rejects.toMatchObject({ code: 'identifier_taken' });
  await finish(proof, codeAndLink(await lastMailTo(address)).code, another);
  expect((await findIdentityByIdentifier(project.id, address))?.id).toBe(proof.identity.id);
});

test('a code mailed to the old address no longer signs in', async () => {
  const { proof, browser, code } = await requestCode();
  await finish(proof, code, browser);
  await beginSignIn(visit(), { address: emailOf(proof), browserHash: browser, locale: 'en' });
  expect((await readOutbox()).at(-1)).toMatchObject({ isDiscarded: true, mail: { to: emailOf(proof) } });
});
