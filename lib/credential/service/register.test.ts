import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { changeIdentity, deleteIdentity, getIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { SoftwareAuthenticator, type Wrong } from '@/testing/authenticator';
import { addPasskey, BROWSER, mailsTo, makePerson, moveProject, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { MAX_PASSKEYS, type PasskeyRefusal } from '../model';
import { listPasskeys } from '../service';
import { beginPasskeyRegistration, finishPasskeyRegistration } from './register';

const ICLOUD = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd';
let project: Project;

const newDevice = (settings: Partial<ConstructorParameters<typeof SoftwareAuthenticator>[0]> = {}) =>
  new SoftwareAuthenticator({ origin: project.origin, ...settings });
const signedIn = async () => signIn(project, await makePerson(project));
const passkeysOf = ({ identity }: SessionProof) => listPasskeys(identity.projectId, identity.id);
const challengesLeft = async ({ identity }: SessionProof) =>
  (await db()).challenge.count({ where: { identityId: identity.id } });

beforeAll(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('creation options', () => {
  test('request a discoverable credential with user verification on any authenticator', async () => {
    const proof = await signedIn();
    const options = await beginPasskeyRegistration(proof, BROWSER);
    expect(options).toMatchObject({
      rp: { id: project.rpId, name: project.name },
      user: { id: proof.identity.userHandle, name: proof.identity.identifiers[0] },
      attestation: 'none',
      timeout: 300_000,
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    });
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-8, -7, -257]);
    expect(options.authenticatorSelection).not.toHaveProperty('authenticatorAttachment');
    expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32);
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
    expect(options.user.id).not.toContain(proof.identity.id);
  });

  test("exclude all passkeys of the identity and no other identity's", async () => {
    const [proof, other] = [await signedIn(), await signedIn()];
    const { passkey: first } = await addPasskey(proof);
    const { passkey: second } = await addPasskey(proof);
    await addPasskey(other);
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const expected = [first, second].map(({ credentialId }) => credentialId);
    expect(options.excludeCredentials?.map(({ id }) => id)).toEqual(expected);
  });

  test('require a fresh authentication', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const proof = await signedIn();
    vi.advanceTimersByTime(15 * 60 * 1000);
    await expect(beginPasskeyRegistration(proof, BROWSER)).rejects.toMatchObject({ code: 'reauthentication_required' });
  });
});

describe('a new passkey', () => {
  test('is stored with a new identity version, an event and a mail', async () => {
    const proof = await signedIn();
    const device = newDevice({ aaguid: ICLOUD, transports: ['internal', 'hybrid'] });
    const { passkey } = await addPasskey(proof, device);
    expect(await passkeysOf(proof)).toEqual([passkey]);
    expect(passkey).toMatchObject({
      credentialId: device.keys[0]?.id.toString('base64url'),
      name: 'Apple Passwords',
      aaguid: ICLOUD,
      signCount: 0n,
      transports: ['internal', 'hybrid'],
      isBackupEligible: true,
      isBackedUp: true,
      rpId: project.rpId,
      lastUsedAt: null,
    });
    const after = await getIdentity(project.id, proof.identity.id);
    expect(after.version).toBe(proof.identity.version + 1);
    const [event] = await listIdentityEvents(project.id, proof.identity.id, 1);
    expect(event).toMatchObject({
      type: 'passkey.added',
      actorId: proof.identity.id,
      details: { passkey_id: passkey.id, name: 'Apple Passwords' },
    });
    expect(await mailsTo(proof.identity)).toMatchObject([
      { kind: 'passkey_added', params: { passkeyName: passkey.name } },
    ]);
  });

  test('without a known provider is named after the browser, and the second is numbered', async () => {
    const proof = await signedIn();
    await addPasskey(proof);
    await addPasskey(proof);
    expect((await passkeysOf(proof)).map(({ name }) => name)).toEqual(['Chrome (Linux)', 'Chrome (Linux) 2']);
  });

  test('stores a 32-bit counter', async () => {
    const proof = await signedIn();
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const response = newDevice().create(options, { counter: 0xffff_ffff });
    expect((await finishPasskeyRegistration(proof, BROWSER, response)).signCount).toBe(4_294_967_295n);
    expect((await passkeysOf(proof))[0]?.signCount).toBe(4_294_967_295n);
  });

  test('may have a credential ID of 1023 bytes', async () => {
    const proof = await signedIn();
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const response = newDevice().create(options, { credentialId: Buffer.alloc(1023, 7) });
    await finishPasskeyRegistration(proof, BROWSER, response);
    expect(await passkeysOf(proof)).toHaveLength(1);
  });
});

describe('CVE-2026-28513: refuses each fault alone, stores nothing and consumes the challenge:', () => {
  const faults: Array<[string, Wrong, PasskeyRefusal]> = [
    ['no user verification', { uv: false }, 'user_not_verified'],
    ['no user presence', { up: false }, 'user_not_present'],
    ['backed up without backup eligibility', { be: false, bs: true }, 'impossible_backup_state'],
    ['another origin', { origin: 'https://evil.example' }, 'wrong_origin'],
    ['the same host on another port', { origin: 'PORT' }, 'wrong_origin'],
    ['the same host without encryption', { origin: 'PLAIN' }, 'wrong_origin'],
    ['another relying party', { rpId: 'evil.example' }, 'wrong_rp_id'],
    ['a parent domain as relying party', { rpId: 'example.com' }, 'wrong_rp_id'],
    ['an assertion response', { type: 'webauthn.get' }, 'wrong_ceremony'],
    ['a frame of another site', { crossOrigin: true }, 'framed'],
    ['a frame of a named site', { crossOrigin: true, topOrigin: 'https://evil.example' }, 'framed'],
    ['a named top site without a frame', { topOrigin: 'https://evil.example' }, 'framed'],
    ['an algorithm that was not requested', { algorithm: -35 }, 'unsupported_algorithm'],
    ['a credential ID of 1024 bytes', { credentialId: Buffer.alloc(1024, 7) }, 'wrong_credential_id'],
    ['an empty credential ID', { credentialId: Buffer.alloc(0), id: 'AAAA' }, 'wrong_credential_id'],
    ['an ID other than the attested one', { id: 'AAAA' }, 'wrong_credential_id'],
  ];
  test.each(faults)('%s', async (_, fault, reason) => {
    const proof = await signedIn();
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const origins: Record<string, string> = {
      PORT: `${project.origin}:8443`,
      PLAIN: project.origin.replace('https:', 'http:'),
    };
    const wrong = { ...fault, ...(fault.origin && { origin: origins[fault.origin] ?? fault.origin }) };
    const response = newDevice().create(options, wrong);
    const finish = () => finishPasskeyRegistration(proof, BROWSER, response);
    const cause = expect.objectContaining({ reason });
    await expect(finish()).rejects.toMatchObject({ code: 'passkey_verification_failed', cause });
    expect(await passkeysOf(proof)).toEqual([]);
    expect(await challengesLeft(proof)).toBe(0);
    await expect(finish()).rejects.toMatchObject({ code: 'ceremony_expired' });
    const events = await listIdentityEvents(project.id, proof.identity.id, 50);
    const refusals = events.filter(({ type }) => type === 'passkey.refused');
    expect(refusals).toMatchObject([{ actorId: proof.identity.id, details: { reason } }]);
  });

  test.each([
    ['nothing', undefined],
    ['a word', 'passkey'],
    ['an empty object', {}],
    ['client data that is not JSON', { response: { clientDataJSON: 'AAAA' } }],
    ['client data without a challenge', { response: { clientDataJSON: Buffer.from('{}').toString('base64url') } }],
  ])('%s', async (_, response) => {
    const proof = await signedIn();
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed' });
  });

  test('a malformed response with a valid challenge', async () => {
    const proof = await signedIn();
    const { response } = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const refusal = finishPasskeyRegistration(proof, BROWSER, { response });
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed' });
    expect(await challengesLeft(proof)).toBe(0);
  });
});

describe('a challenge is valid', () => {
  const refuse = async (finish: Promise<unknown>, proof: SessionProof, code = 'ceremony_expired') => {
    await expect(finish).rejects.toMatchObject({ code });
    expect(await passkeysOf(proof)).toEqual([]);
  };

  test('only if Signet issued it', async () => {
    const proof = await signedIn();
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const response = newDevice().create(options, { challenge: Buffer.alloc(32, 1).toString('base64url') });
    await refuse(finishPasskeyRegistration(proof, BROWSER, response), proof);
  });

  test('once', async () => {
    const proof = await signedIn();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await finishPasskeyRegistration(proof, BROWSER, response);
    const again = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(again).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await passkeysOf(proof)).toHaveLength(1);
  });

  test('once, even for concurrent responses', async () => {
    const proof = await signedIn();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const all = [1, 2, 3, 4, 5].map(() => finishPasskeyRegistration(proof, BROWSER, response));
    const outcomes = (await Promise.allSettled(all)).map(({ status }) => status);
    expect(outcomes.filter((status) => status === 'fulfilled')).toHaveLength(1);
    expect(await passkeysOf(proof)).toHaveLength(1);
  });

  test('for five minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const proof = await signedIn();
    const inTime = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const tooLate = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    vi.advanceTimersByTime(299_000);
    await finishPasskeyRegistration(proof, BROWSER, inTime);
    vi.advanceTimersByTime(1000);
    const late = finishPasskeyRegistration(proof, BROWSER, tooLate);
    await expect(late).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await passkeysOf(proof)).toHaveLength(1);
  });

  test('only in the requesting browser', async () => {
    const proof = await signedIn();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await refuse(finishPasskeyRegistration(proof, 'another-browser', response), proof);
    await refuse(finishPasskeyRegistration(proof, BROWSER, response), proof);
  });

  test('only in the requesting session', async () => {
    const proof = await signedIn();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const other = await signIn(project, proof.identity);
    await refuse(finishPasskeyRegistration(other, BROWSER, response), proof);
  });

  test('only for the requesting identity', async () => {
    const [proof, other] = [await signedIn(), await signedIn()];
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const taken = { ...other, session: proof.session };
    await refuse(finishPasskeyRegistration(taken, BROWSER, response), other);
  });

  test('only in the requesting project, even under the same relying party', async () => {
    const here = await moveProject(await makeProject(), `https://${newId()}.example.com`);
    const there = await moveProject(await makeProject(), `${here.origin}:8443`);
    expect(there.rpId).toBe(here.rpId);
    const proof = await signIn(here, await makePerson(here));
    const response = new SoftwareAuthenticator({ origin: here.origin }).create(
      await beginPasskeyRegistration(proof, BROWSER),
    );
    await refuse(finishPasskeyRegistration({ ...proof, project: there }, BROWSER, response), proof);
  });

  test('only for registration', async () => {
    const proof = await signedIn();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await (await db()).challenge.updateMany({
      where: { identityId: proof.identity.id },
      data: { ceremony: 'step_up' },
    });
    await refuse(finishPasskeyRegistration(proof, BROWSER, response), proof);
  });
});

describe('refuses to finish when the identity was', () => {
  const change = (proof: SessionProof, state: 'active' | 'inactive') =>
    changeIdentity(systemActor(project.id), proof.identity.id, () => ({ state }));

  test('deactivated', async () => {
    const proof = await signedIn();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await change(proof, 'inactive');
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'inactive_identity' });
    expect(await passkeysOf(proof)).toEqual([]);
    // The only change is the deactivation: the refused ceremony is rolled back.
    expect((await getIdentity(project.id, proof.identity.id)).version).toBe(proof.identity.version + 1);
  });

  test('deactivated and reactivated', async () => {
    const proof = await signedIn();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await change(proof, 'inactive');
    await change(proof, 'active');
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await passkeysOf(proof)).toEqual([]);
  });

  test('deleted', async () => {
    const proof = await signedIn();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await deleteIdentity(systemActor(project.id), proof.identity.id);
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'ceremony_expired' });
  });
});

describe('a credential belongs to one identity', () => {
  test('and cannot be registered again by any identity in any project', async () => {
    const [proof, other] = [await signedIn(), await signedIn()];
    const { passkey } = await addPasskey(proof);
    const credentialId = Buffer.from(passkey.credentialId, 'base64url');
    const elsewhere = await makeProject();
    const foreigner = await signIn(elsewhere, await makePerson(elsewhere));
    for (const holder of [proof, other, foreigner]) {
      const options = await beginPasskeyRegistration(holder, BROWSER);
      const device = new SoftwareAuthenticator({ origin: holder.project.origin });
      const response = device.create(options, { credentialId });
      const refusal = finishPasskeyRegistration(holder, BROWSER, response);
      await expect(refusal).rejects.toMatchObject({ code: 'passkey_already_registered' });
    }
    expect(await (await db()).passkey.count({ where: { credentialId: passkey.credentialId } })).toBe(1);
    expect(await passkeysOf(other)).toEqual([]);
  });

  test('when several identities register it concurrently', async () => {
    const people = await Promise.all([1, 2, 3].map(signedIn));
    const credentialId = Buffer.from(newId().repeat(2));
    const finishes = people.map(async (proof) => {
      const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER), { credentialId });
      return finishPasskeyRegistration(proof, BROWSER, response);
    });
    const outcomes = await Promise.allSettled(finishes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'passkey_already_registered' });
    }
  });
});

test('the number of passkeys is limited, even when the last place is taken during a ceremony', async () => {
  const proof = await signedIn();
  const { passkey } = await addPasskey(proof);
  const waiting = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
  const copies = Array.from({ length: MAX_PASSKEYS - 1 }, () => ({
    ...passkey,
    id: newId(),
    credentialId: newId(),
    transports: '[]',
  }));
  await (await db()).passkey.createMany({ data: copies });
  await expect(beginPasskeyRegistration(proof, BROWSER)).rejects.toMatchObject({ code: 'too_many_passkeys' });
  const late = finishPasskeyRegistration(proof, BROWSER, waiting);
  await expect(late).rejects.toMatchObject({ code: 'too_many_passkeys' });
  expect(await passkeysOf(proof)).toHaveLength(MAX_PASSKEYS);
});
