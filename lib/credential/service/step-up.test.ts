import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { changeIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { isFresh, type SessionProof } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import type { SoftwareAuthenticator, Wrong } from '@/testing/authenticator';
import { addPasskey, BROWSER, contextOf, makePerson, moveProject, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import type { PasskeyRefusal } from '../model';
import { beginPasskeySignIn } from './sign-in';
import { beginPasskeyStepUp, finishPasskeyStepUp } from './step-up';

let project: Project;

async function somebody() {
  const proof = await signIn(project, await makePerson(project));
  return { proof, ...(await addPasskey(proof)) };
}
const isOpen = async ({ project: { id }, session }: SessionProof) => (await findSession(id, session.id)) !== null;
const sessionsOf = async ({ identity }: SessionProof) =>
  (await db()).session.findMany({ where: { identityId: identity.id } });
const answer = async (proof: SessionProof, authenticator: SoftwareAuthenticator, wrong: Wrong = {}) =>
  authenticator.get(await beginPasskeyStepUp(proof, BROWSER), wrong);

beforeAll(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  resetEnv();
});

test('only one’s own passkeys that work here are asked for', async () => {
  const [{ proof, passkey }] = [await somebody(), await somebody()];
  const old = { ...passkey, id: newId(), credentialId: newId(), rpId: 'old.example.com', transports: '[]' };
  await (await db()).passkey.create({ data: old });
  const options = await beginPasskeyStepUp(proof, BROWSER);
  expect(options).toMatchObject({ rpId: project.rpId, userVerification: 'required' });
  expect(options.allowCredentials?.map(({ id }) => id)).toEqual([passkey.credentialId]);
});

test('without a passkey there is nothing to ask for', async () => {
  const proof = await signIn(project, await makePerson(project));
  await expect(beginPasskeyStepUp(proof, BROWSER)).rejects.toMatchObject({ code: 'passkey_unknown' });
});

test('a fresh session under a new id takes the place of the stale one, and of that one only', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { proof, authenticator, passkey } = await somebody();
  const other = await signIn(project, proof.identity);
  vi.advanceTimersByTime(15 * 60 * 1000);
  expect(isFresh(proof.session)).toBe(false);
  const session = await finishPasskeyStepUp(proof, BROWSER, await answer(proof, authenticator));
  expect(session.id).not.toBe(proof.session.id);
  expect(isFresh(session)).toBe(true);
  expect(session).toMatchObject({ method: 'passkey', passkeyId: passkey.id, userAgent: proof.session.userAgent });
  expect([await isOpen(proof), await isOpen(other), await isOpen({ ...proof, session })]).toEqual([false, true, true]);
});

test('an authenticator that names no user is taken here', async () => {
  const { proof, authenticator } = await somebody();
  await finishPasskeyStepUp(proof, BROWSER, await answer(proof, authenticator, { userHandle: null }));
  expect(await isOpen(proof)).toBe(false);
});

describe('refused, and the session stays as it was', () => {
  const refuse = async (proof: SessionProof, response: unknown, code: string, browser = BROWSER) => {
    const before = await sessionsOf(proof);
    await expect(finishPasskeyStepUp(proof, browser, response)).rejects.toMatchObject({ code });
    expect(await sessionsOf(proof)).toEqual(before);
  };

  test.each<[string, Wrong, PasskeyRefusal]>([
    ['the person was not verified', { uv: false }, 'user_not_verified'],
    ['another origin', { origin: 'https://evil.example' }, 'wrong_origin'],
    ['another relying party', { rpId: 'evil.example' }, 'wrong_rp_id'],
    ['another signature', { isSignatureBroken: true }, 'wrong_signature'],
    ['no longer eligible for backup', { be: false, bs: false }, 'changed_backup_eligibility'],
    ['a user handle of nobody', { userHandle: Buffer.alloc(32, 3).toString('base64url') }, 'wrong_user'],
    ['an id that nobody has', { id: 'AAAA' }, 'wrong_user'],
  ])('%s', async (_, wrong, reason) => {
    vi.stubEnv('LOG_LEVEL', 'info');
    resetEnv();
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { proof, authenticator } = await somebody();
    await refuse(proof, await answer(proof, authenticator, wrong), 'passkey_verification_failed');
    const [event] = await listIdentityEvents(project.id, proof.identity.id, 1);
    const details = { method: 'passkey', purpose: 'step_up', reason };
    expect(event).toMatchObject({ type: 'sign_in.refused', actorId: proof.identity.id, details });
    const line = written.mock.calls.map(([text]) => String(text)).find((text) => text.includes('passkey rejected'));
    const { time: _time, requestId: _requestId, ...said } = JSON.parse(line ?? '{}');
    expect(said).toEqual({ level: 'info', message: 'passkey rejected', ceremony: 'step_up', reason });
  });

  test('the passkey of somebody else, in every other respect right', async () => {
    const [{ proof }, other] = [await somebody(), await somebody()];
    const [key] = other.authenticator.keys;
    if (!key) throw new Error('no key');
    const options = await beginPasskeyStepUp(proof, BROWSER);
    await refuse(proof, other.authenticator.sign(key, options), 'passkey_verification_failed');
    const again = await beginPasskeyStepUp(proof, BROWSER);
    const { userHandle } = proof.identity;
    await refuse(proof, other.authenticator.sign(key, again, { userHandle }), 'passkey_verification_failed');
  });

  test('a replayed answer', async () => {
    const { proof, authenticator } = await somebody();
    const response = await answer(proof, authenticator);
    const session = await finishPasskeyStepUp(proof, BROWSER, response);
    await refuse({ ...proof, session }, response, 'ceremony_expired');
  });

  test('parallel answers: one counts', async () => {
    const { proof, authenticator } = await somebody();
    const response = await answer(proof, authenticator);
    const all = await Promise.allSettled([1, 2, 3].map(() => finishPasskeyStepUp(proof, BROWSER, response)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await sessionsOf(proof)).toHaveLength(1);
  });

  test('another browser', async () => {
    const { proof, authenticator } = await somebody();
    await refuse(proof, await answer(proof, authenticator), 'ceremony_expired', 'another-browser');
  });

  test('another session of the same person', async () => {
    const { proof, authenticator } = await somebody();
    const other = await signIn(project, proof.identity);
    await refuse(other, await answer(proof, authenticator), 'ceremony_expired');
  });

  test('another project', async () => {
    const { proof, authenticator } = await somebody();
    const there = await moveProject(await makeProject(), `${project.origin}:8443`);
    await refuse({ ...proof, project: there }, await answer(proof, authenticator), 'ceremony_expired');
  });

  test('the challenge of a sign-in', async () => {
    const { proof, authenticator } = await somebody();
    const options = await beginPasskeySignIn(contextOf(project), BROWSER);
    await refuse(proof, authenticator.get(options), 'ceremony_expired');
  });

  test('deactivated meanwhile, also when activated again', async () => {
    const { proof, authenticator } = await somebody();
    const [first, second] = [await answer(proof, authenticator), await answer(proof, authenticator)];
    await changeIdentity(systemActor(project.id), proof.identity.id, () => ({ state: 'inactive' }));
    await refuse(proof, first, 'inactive_identity');
    await changeIdentity(systemActor(project.id), proof.identity.id, () => ({ state: 'active' }));
    await refuse(proof, second, 'ceremony_expired');
  });
});
