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
import { logLines } from '@/testing/log-lines';
import { addPasskey, BROWSER, contextOf, makePerson, moveProject, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import type { PasskeyRefusal } from '../model';
import { beginPasskeySignIn } from './sign-in';
import { beginPasskeyStepUp, finishPasskeyStepUp } from './step-up';

let project: Project;

async function signedIn() {
  const proof = await signIn(project, await makePerson(project));
  return { proof, ...(await addPasskey(proof)) };
}
const isOpen = async ({ project: { id }, session }: SessionProof) => (await findSession(id, session.id)) !== null;
const sessionsOf = async ({ identity }: SessionProof) =>
  (await db()).session.findMany({ where: { identityId: identity.id } });
const respond = async (proof: SessionProof, authenticator: SoftwareAuthenticator, wrong: Wrong = {}) =>
  authenticator.get(await beginPasskeyStepUp(proof, BROWSER), wrong);

beforeAll(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  resetEnv();
});

test('allows only passkeys of the identity and relying party', async () => {
  const [{ proof, passkey }] = [await signedIn(), await signedIn()];
  const old = { ...passkey, id: newId(), credentialId: newId(), rpId: 'old.example.com', transports: '[]' };
  await (await db()).passkey.create({ data: old });
  const options = await beginPasskeyStepUp(proof, BROWSER);
  expect(options).toMatchObject({ rpId: project.rpId, userVerification: 'required' });
  expect(options.allowCredentials?.map(({ id }) => id)).toEqual([passkey.credentialId]);
});

test('refuses an identity without a passkey', async () => {
  const proof = await signIn(project, await makePerson(project));
  await expect(beginPasskeyStepUp(proof, BROWSER)).rejects.toMatchObject({ code: 'passkey_unknown' });
});

test('replaces only the current session with a fresh one under a new ID', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { proof, authenticator, passkey } = await signedIn();
  const other = await signIn(project, proof.identity);
  vi.advanceTimersByTime(15 * 60 * 1000);
  expect(isFresh(proof.session)).toBe(false);
  const session = await finishPasskeyStepUp(proof, BROWSER, await respond(proof, authenticator));
  expect(session.id).not.toBe(proof.session.id);
  expect(isFresh(session)).toBe(true);
  expect(session).toMatchObject({ method: 'passkey', passkeyId: passkey.id, userAgent: proof.session.userAgent });
  expect([await isOpen(proof), await isOpen(other), await isOpen({ ...proof, session })]).toEqual([false, true, true]);
});

test('accepts a response without a user handle', async () => {
  const { proof, authenticator } = await signedIn();
  await finishPasskeyStepUp(proof, BROWSER, await respond(proof, authenticator, { userHandle: null }));
  expect(await isOpen(proof)).toBe(false);
});

describe('refuses and leaves the session unchanged:', () => {
  const refuse = async (proof: SessionProof, response: unknown, code: string, browser = BROWSER) => {
    const before = await sessionsOf(proof);
    await expect(finishPasskeyStepUp(proof, browser, response)).rejects.toMatchObject({ code });
    expect(await sessionsOf(proof)).toEqual(before);
  };

  test.each<[string, Wrong, PasskeyRefusal]>([
    ['no user verification', { uv: false }, 'user_not_verified'],
    ['another origin', { origin: 'https://evil.example' }, 'wrong_origin'],
    ['another relying party', { rpId: 'evil.example' }, 'wrong_rp_id'],
    ['an invalid signature', { isSignatureBroken: true }, 'wrong_signature'],
    ['lost backup eligibility', { be: false, bs: false }, 'changed_backup_eligibility'],
    ['an unknown user handle', { userHandle: Buffer.alloc(32, 3).toString('base64url') }, 'wrong_user'],
    ['an unknown credential ID', { id: 'AAAA' }, 'wrong_user'],
  ])('%s', async (_, wrong, reason) => {
    vi.stubEnv('LOG_LEVEL', 'info');
    resetEnv();
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { proof, authenticator } = await signedIn();
    await refuse(proof, await respond(proof, authenticator, wrong), 'passkey_verification_failed');
    const [event] = await listIdentityEvents(project.id, proof.identity.id, 1);
    const details = { method: 'passkey', purpose: 'step_up', reason };
    expect(event).toMatchObject({ type: 'sign_in.refused', actorId: proof.identity.id, details });
    const line = (await logLines(written)).find(({ message }) => message === 'passkey rejected');
    const { time: _time, requestId: _requestId, ...fields } = line ?? {};
    expect(fields).toEqual({ level: 'info', message: 'passkey rejected', ceremony: 'step_up', reason });
  });

  test("another identity's passkey, otherwise valid", async () => {
    const [{ proof }, other] = [await signedIn(), await signedIn()];
    const [key] = other.authenticator.keys;
    if (!key) throw new Error('no key');
    const options = await beginPasskeyStepUp(proof, BROWSER);
    await refuse(proof, other.authenticator.sign(key, options), 'passkey_verification_failed');
    const again = await beginPasskeyStepUp(proof, BROWSER);
    const { userHandle } = proof.identity;
    await refuse(proof, other.authenticator.sign(key, again, { userHandle }), 'passkey_verification_failed');
  });

  test('a replayed response', async () => {
    const { proof, authenticator } = await signedIn();
    const response = await respond(proof, authenticator);
    const session = await finishPasskeyStepUp(proof, BROWSER, response);
    await refuse({ ...proof, session }, response, 'ceremony_expired');
  });

  test('all but one of concurrent responses', async () => {
    const { proof, authenticator } = await signedIn();
    const response = await respond(proof, authenticator);
    const all = await Promise.allSettled([1, 2, 3].map(() => finishPasskeyStepUp(proof, BROWSER, response)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await sessionsOf(proof)).toHaveLength(1);
  });

  test('another browser', async () => {
    const { proof, authenticator } = await signedIn();
    await refuse(proof, await respond(proof, authenticator), 'ceremony_expired', 'another-browser');
  });

  test('another session of the same identity', async () => {
    const { proof, authenticator } = await signedIn();
    const other = await signIn(project, proof.identity);
    await refuse(other, await respond(proof, authenticator), 'ceremony_expired');
  });

  test('another project', async () => {
    const { proof, authenticator } = await signedIn();
    const there = await moveProject(await makeProject(), `${project.origin}:8443`);
    await refuse({ ...proof, project: there }, await respond(proof, authenticator), 'ceremony_expired');
  });

  test('the challenge of a sign-in', async () => {
    const { proof, authenticator } = await signedIn();
    const options = await beginPasskeySignIn(contextOf(project), BROWSER);
    await refuse(proof, authenticator.get(options), 'ceremony_expired');
  });

  test('an identity deactivated during the ceremony, even if reactivated', async () => {
    const { proof, authenticator } = await signedIn();
    const [first, second] = [await respond(proof, authenticator), await respond(proof, authenticator)];
    await changeIdentity(systemActor(project.id), proof.identity.id, () => ({ state: 'inactive' }));
    await refuse(proof, first, 'inactive_identity');
    await changeIdentity(systemActor(project.id), proof.identity.id, () => ({ state: 'active' }));
    await refuse(proof, second, 'ceremony_expired');
  });
});
