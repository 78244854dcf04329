import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeIdentity, getIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { Session, SessionProof } from '@/lib/session/model';
import { isFresh } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { CHROME, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  beginCodeStepUp,
  beginEmailChange,
  type ClientContext,
  findPendingStepUp,
  finishCodeStepUp,
  finishEmailChange,
  finishSignInWithCode,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
let project: Project;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const visit = (): ClientContext => ({
  projectId: project.id,
  origin: project.origin,
  requestId: newId(),
  address: '203.0.113.7',
});
const finish = (proof: SessionProof, code: string, browserHash: string | null) =>
  finishCodeStepUp(visit(), proof, { code, browserHash, userAgent: CHROME });
const isOpen = async (session: Session) => (await findSession(project.id, session.id)) !== null;
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** With a code from the new mailbox, in another browser. */
async function changeOwnEmail(proof: SessionProof): Promise<void> {
  const [address, browserHash] = [`new-${newId()}@example.com`, newId()];
  await beginEmailChange(visit(), proof, { address, browserHash, locale: 'en' });
  const { code } = codeAndLink(await lastMailTo(address));
  await finishEmailChange(visit(), proof, { code, browserHash, locale: 'en' });
}

/** A person signed in for half an hour who must step up. */
async function requestCode() {
  at(0);
  const proof = await signIn(project, await makePerson(project));
  at(1800);
  const browser = newId();
  await beginCodeStepUp(visit(), proof, { browserHash: browser, locale: 'en' });
  const mail = await lastMailTo(proof.identity.identifiers[0] ?? '');
  return { proof, browser, mail, code: codeAndLink(mail).code };
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

test('the code opens a fresh session in place of the current one', async () => {
  const { proof, browser, mail, code } = await requestCode();
  expect(mail).toMatchObject({ kind: 'step_up', params: { code, minutes: 10 } });
  expect(isFresh(proof.session)).toBe(false);
  const session = await finish(proof, code, browser);
  expect(isFresh(session)).toBe(true);
  expect(session).toMatchObject({ method: 'code', identityId: proof.identity.id });
  expect(session.id).not.toBe(proof.session.id);
  expect([await isOpen(proof.session), await isOpen(session)]).toEqual([false, true]);
});

test('a reload keeps the code step', async () => {
  const { proof, browser } = await requestCode();
  expect(await findPendingStepUp(proof, browser)).toMatchObject({ hasCode: true, triesLeft: 5 });
  expect(await findPendingStepUp(proof, newId())).toBeNull();
  expect(await findPendingStepUp(proof, null)).toBeNull();
  expect(await findPendingStepUp(await signIn(project, proof.identity), browser)).toBeNull();
});

describe('refuses a code', () => {
  test('in another session of the same person, and of another person', async () => {
    const { proof, browser, code } = await requestCode();
    const [sameIdentity, otherIdentity] = [
      await signIn(project, proof.identity),
      await signIn(project, await makePerson(project)),
    ];
    await expect(finish(sameIdentity, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(finish(otherIdentity, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect(await isOpen(await finish(proof, code, browser))).toBe(true);
  });

  test('in another or an unknown browser', async () => {
    const { proof, code } = await requestCode();
    await expect(finish(proof, code, newId())).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(finish(proof, code, null)).rejects.toMatchObject({ code: 'code_used_or_expired' });
  });

  test('after ten minutes, on reuse, and after five wrong codes', async () => {
    const late = await requestCode();
    at(1800 + 600);
    await expect(finish(late.proof, late.code, late.browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });

    const used = await requestCode();
    await finish(used.proof, used.code, used.browser);
    await expect(finish(used.proof, used.code, used.browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });

    const guessed = await requestCode();
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const guess = finish(guessed.proof, wrong(guessed.code), guessed.browser);
      await expect(guess).rejects.toMatchObject({ code: 'code_wrong', details: { triesLeft } });
    }
    await expect(finish(guessed.proof, guessed.code, guessed.browser)).rejects.toMatchObject({
      code: 'code_used_or_expired',
    });
  });

  test('after a revocation, or when the identity is inactive', async () => {
    const { proof, browser, code } = await requestCode();
    const inactive = await changeIdentity(systemActor(project.id), proof.identity.id, () => ({ state: 'inactive' }));
    await expect(finish({ ...proof, identity: inactive }, code, browser)).rejects.toMatchObject({
      code: 'code_used_or_expired',
    });
    expect(
      await (await db()).session.count({
        where: { identityId: proof.identity.id, method: 'code', lastSeenAt: { gt: START } },
      }),
    ).toBe(0);
  });

  test.each([
    [
      'by an operator',
      async ({ identity }: SessionProof) => {
        await changeIdentity(systemActor(project.id), identity.id, () => ({
          traits: { email: `new-${newId()}@example.com` },
        }));
      },
    ],
    ['by the person', changeOwnEmail],
  ])('once the identity has another address, changed %s', async (_, change) => {
    const { proof, browser, code } = await requestCode();
    await change(proof);
    const identity = await getIdentity(project.id, proof.identity.id);
    expect(identity.identifiers).not.toEqual(proof.identity.identifiers);
    const present = { ...proof, identity };
    expect(await findPendingStepUp(present, browser)).toBeNull();
    // Also with the proof read before the change: a request may be in flight.
    for (const at of [proof, present]) {
      await expect(finish(at, code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    }
    expect(await isOpen(proof.session)).toBe(true);
  });

  test('for sign-in: a code serves its own purpose only', async () => {
    const { browser, code } = await requestCode();
    const attempt = finishSignInWithCode(visit(), { code, browserHash: browser, userAgent: CHROME });
    await expect(attempt).rejects.toMatchObject({ code: 'code_used_or_expired' });
  });
});

test('opens exactly one session for many uses of one code', async () => {
  const { proof, browser, code } = await requestCode();
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => finish(proof, code, browser)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await (await db()).session.count({ where: { identityId: proof.identity.id } })).toBe(1);
});

test('issues no further code after ten wrong ones in a day', async () => {
  const { proof, browser, code } = await requestCode();
  for (let tries = 0; tries < 5; tries++) await finish(proof, wrong(code), browser).catch(() => undefined);
  await beginCodeStepUp(visit(), proof, { browserHash: browser, locale: 'en' });
  const second = codeAndLink(await lastMailTo(proof.identity.identifiers[0] ?? '')).code;
  for (let tries = 0; tries < 5; tries++) await finish(proof, wrong(second), browser).catch(() => undefined);
  const third = beginCodeStepUp(visit(), proof, { browserHash: browser, locale: 'en' });
  await expect(third).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfterSeconds: 86_400 } });
});
