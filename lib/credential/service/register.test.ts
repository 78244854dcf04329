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
const somebody = async () => signIn(project, await makePerson(project));
const passkeysOf = ({ identity }: SessionProof) => listPasskeys(identity.projectId, identity.id);
const challengesLeft = async ({ identity }: SessionProof) =>
  (await db()).challenge.count({ where: { identityId: identity.id } });

beforeAll(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what the browser is asked for', () => {
  test('a passkey that signs in without a name, verified by the person, on any device', async () => {
    const proof = await somebody();
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

  test('none where there is one already: all of the identity are excluded, and nobody else’s', async () => {
    const [proof, other] = [await somebody(), await somebody()];
    const { passkey: first } = await addPasskey(proof);
    const { passkey: second } = await addPasskey(proof);
    await addPasskey(other);
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const expected = [first, second].map(({ credentialId }) => credentialId);
    expect(options.excludeCredentials?.map(({ id }) => id)).toEqual(expected);
  });

  test('a stale authentication must be renewed first', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const proof = await somebody();
    vi.advanceTimersByTime(15 * 60 * 1000);
    await expect(beginPasskeyRegistration(proof, BROWSER)).rejects.toMatchObject({ code: 'reauthentication_required' });
  });
});

describe('a new passkey', () => {
  test('is stored as the browser made it, with a new version of the identity, an event and a mail', async () => {
    const proof = await somebody();
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

  test('without a provider is called after the browser, and a second one is numbered', async () => {
    const proof = await somebody();
    await addPasskey(proof);
    await addPasskey(proof);
    expect((await passkeysOf(proof)).map(({ name }) => name)).toEqual(['Chrome (Linux)', 'Chrome (Linux) 2']);
  });

  test('keeps a counter of 32 bits', async () => {
    const proof = await somebody();
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const response = newDevice().create(options, { counter: 0xffff_ffff });
    expect((await finishPasskeyRegistration(proof, BROWSER, response)).signCount).toBe(4_294_967_295n);
    expect((await passkeysOf(proof))[0]?.signCount).toBe(4_294_967_295n);
  });

  test('may have a credential id of 1023 bytes', async () => {
    const proof = await somebody();
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const response = newDevice().create(options, { credentialId: Buffer.alloc(1023, 7) });
    await finishPasskeyRegistration(proof, BROWSER, response);
    expect(await passkeysOf(proof)).toHaveLength(1);
  });
});

describe('CVE-2026-28513: each fault alone is refused, nothing is stored, and the challenge is spent', () => {
  const faults: Array<[string, Wrong, PasskeyRefusal]> = [
    ['the person was not verified', { uv: false }, 'user_not_verified'],
    ['nobody was present', { up: false }, 'user_not_present'],
    ['backed up but not eligible for it', { be: false, bs: true }, 'impossible_backup_state'],
    ['another origin', { origin: 'https://evil.example' }, 'wrong_origin'],
    ['the same host on another port', { origin: 'PORT' }, 'wrong_origin'],
    ['the same host without encryption', { origin: 'PLAIN' }, 'wrong_origin'],
    ['another relying party', { rpId: 'evil.example' }, 'wrong_rp_id'],
    ['a parent domain as relying party', { rpId: 'example.com' }, 'wrong_rp_id'],
    ['an assertion in place of a registration', { type: 'webauthn.get' }, 'wrong_ceremony'],
    ['in a frame of another site', { crossOrigin: true }, 'framed'],
    ['in a frame of a named site', { crossOrigin: true, topOrigin: 'https://evil.example' }, 'framed'],
    ['a named top site without a frame', { topOrigin: 'https://evil.example' }, 'framed'],
    ['an algorithm that was not asked for', { algorithm: -35 }, 'unsupported_algorithm'],
    ['a credential id of 1024 bytes', { credentialId: Buffer.alloc(1024, 7) }, 'wrong_credential_id'],
    ['an empty credential id', { credentialId: Buffer.alloc(0), id: 'AAAA' }, 'wrong_credential_id'],
    ['an id that is not the attested one', { id: 'AAAA' }, 'wrong_credential_id'],
  ];
  test.each(faults)('%s', async (_, fault, reason) => {
    const proof = await somebody();
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
    ['client data that is no JSON', { response: { clientDataJSON: 'AAAA' } }],
    ['client data without a challenge', { response: { clientDataJSON: Buffer.from('{}').toString('base64url') } }],
  ])('%s', async (_, response) => {
    const proof = await somebody();
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed' });
  });

  test('a shape that no browser sends, around the right challenge', async () => {
    const proof = await somebody();
    const { response } = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const refusal = finishPasskeyRegistration(proof, BROWSER, { response });
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed' });
    expect(await challengesLeft(proof)).toBe(0);
  });
});

describe('a challenge is good', () => {
  const refuse = async (finish: Promise<unknown>, proof: SessionProof, code = 'ceremony_expired') => {
    await expect(finish).rejects.toMatchObject({ code });
    expect(await passkeysOf(proof)).toEqual([]);
  };

  test('only if we issued it', async () => {
    const proof = await somebody();
    const options = await beginPasskeyRegistration(proof, BROWSER);
    const response = newDevice().create(options, { challenge: Buffer.alloc(32, 1).toString('base64url') });
    await refuse(finishPasskeyRegistration(proof, BROWSER, response), proof);
  });

  test('once', async () => {
    const proof = await somebody();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await finishPasskeyRegistration(proof, BROWSER, response);
    const again = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(again).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await passkeysOf(proof)).toHaveLength(1);
  });

  test('once, however many come with it together', async () => {
    const proof = await somebody();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const all = [1, 2, 3, 4, 5].map(() => finishPasskeyRegistration(proof, BROWSER, response));
    const outcomes = (await Promise.allSettled(all)).map(({ status }) => status);
    expect(outcomes.filter((status) => status === 'fulfilled')).toHaveLength(1);
    expect(await passkeysOf(proof)).toHaveLength(1);
  });

  test('for five minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const proof = await somebody();
    const inTime = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const tooLate = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    vi.advanceTimersByTime(299_000);
    await finishPasskeyRegistration(proof, BROWSER, inTime);
    vi.advanceTimersByTime(1000);
    const late = finishPasskeyRegistration(proof, BROWSER, tooLate);
    await expect(late).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await passkeysOf(proof)).toHaveLength(1);
  });

  test('in the browser that asked', async () => {
    const proof = await somebody();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await refuse(finishPasskeyRegistration(proof, 'another-browser', response), proof);
    await refuse(finishPasskeyRegistration(proof, BROWSER, response), proof);
  });

  test('in the session that asked', async () => {
    const proof = await somebody();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const other = await signIn(project, proof.identity);
    await refuse(finishPasskeyRegistration(other, BROWSER, response), proof);
  });

  test('for the identity that asked', async () => {
    const [proof, other] = [await somebody(), await somebody()];
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    const taken = { ...other, session: proof.session };
    await refuse(finishPasskeyRegistration(taken, BROWSER, response), other);
  });

  test('in the project that asked, even under the same relying party', async () => {
    const here = await moveProject(await makeProject(), `https://${newId()}.example.com`);
    const there = await moveProject(await makeProject(), `${here.origin}:8443`);
    expect(there.rpId).toBe(here.rpId);
    const proof = await signIn(here, await makePerson(here));
    const response = new SoftwareAuthenticator({ origin: here.origin }).create(
      await beginPasskeyRegistration(proof, BROWSER),
    );
    await refuse(finishPasskeyRegistration({ ...proof, project: there }, BROWSER, response), proof);
  });

  test('for registering only', async () => {
    const proof = await somebody();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await (await db()).challenge.updateMany({
      where: { identityId: proof.identity.id },
      data: { ceremony: 'step_up' },
    });
    await refuse(finishPasskeyRegistration(proof, BROWSER, response), proof);
  });
});

describe('what happened meanwhile counts', () => {
  const change = (proof: SessionProof, state: 'active' | 'inactive') =>
    changeIdentity(systemActor(project.id), proof.identity.id, () => ({ state }));

  test('deactivated', async () => {
    const proof = await somebody();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await change(proof, 'inactive');
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'inactive_identity' });
    expect(await passkeysOf(proof)).toEqual([]);
    // The one change is the deactivation: what the refused ceremony had begun is undone.
    expect((await getIdentity(project.id, proof.identity.id)).version).toBe(proof.identity.version + 1);
  });

  test('deactivated and activated again', async () => {
    const proof = await somebody();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await change(proof, 'inactive');
    await change(proof, 'active');
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await passkeysOf(proof)).toEqual([]);
  });

  test('deleted', async () => {
    const proof = await somebody();
    const response = newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
    await deleteIdentity(systemActor(project.id), proof.identity.id);
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'ceremony_expired' });
  });
});

describe('a credential belongs to one identity', () => {
  test('a second time, for whomever and in whatever project, it is refused', async () => {
    const [proof, other] = [await somebody(), await somebody()];
    const { passkey } = await addPasskey(proof);
    const credentialId = Buffer.from(passkey.credentialId, 'base64url');
    const elsewhere = await makeProject();
    const foreigner = await signIn(elsewhere, await makePerson(elsewhere));
    for (const who of [proof, other, foreigner]) {
      const options = await beginPasskeyRegistration(who, BROWSER);
      const device = new SoftwareAuthenticator({ origin: who.project.origin });
      const response = device.create(options, { credentialId });
      const refusal = finishPasskeyRegistration(who, BROWSER, response);
      await expect(refusal).rejects.toMatchObject({ code: 'passkey_already_registered' });
    }
    expect(await (await db()).passkey.count({ where: { credentialId: passkey.credentialId } })).toBe(1);
    expect(await passkeysOf(other)).toEqual([]);
  });

  test('two who register the same at once: one gets it', async () => {
    const people = await Promise.all([1, 2, 3].map(somebody));
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

test('an account holds a bounded number of passkeys, also when the last place is taken meanwhile', async () => {
  const proof = await somebody();
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
