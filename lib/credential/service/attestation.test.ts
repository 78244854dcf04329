import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { attest, chain, REFUSED_ATTESTATIONS, type Statement, selfSigned, signed } from '@/testing/attestation';
import { type CborValue, SoftwareAuthenticator } from '@/testing/authenticator';
import { BROWSER, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { listPasskeys } from '../service';
import { beginPasskeyRegistration, finishPasskeyRegistration } from './register';

let project: Project;
let proof: SessionProof;
const fetched = vi.fn();

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  proof = await signIn(project, await makePerson(project));
  fetched.mockReset();
  vi.stubGlobal('fetch', (url: unknown) => {
    fetched(url);
    throw new Error('Unexpected fetch');
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('refuses an attestation before parsing it, and fetches nothing:', () => {
  test.each(REFUSED_ATTESTATIONS)('%s', async (_, format, statement) => {
    const response = await attested(format, statement);
    const cause = expect.objectContaining({
      reason: expect.stringMatching(/^(attestation_format|malformed_response)$/),
    });
    const outcome = await finishPasskeyRegistration(proof, BROWSER, response).catch((error: unknown) => error);
    expect(fetched).not.toHaveBeenCalled();
    expect(outcome).toMatchObject({ code: 'passkey_verification_failed', cause });
    expect(await listPasskeys(project.id, proof.identity.id)).toEqual([]);
  });
});

describe('attestation formats', () => {
  test('accepts none', async () => {
    const response = await attested('none', () => new Map());
    await finishPasskeyRegistration(proof, BROWSER, response);
    expect(fetched).not.toHaveBeenCalled();
  });

  test('accepts packed self attestation', async () => {
    const response = await attested('packed', selfSigned);
    await finishPasskeyRegistration(proof, BROWSER, response);
    expect(await listPasskeys(project.id, proof.identity.id)).toHaveLength(1);
  });

  test.each<[string, Statement]>([
    [
      'another key',
      (parts) =>
        new Map<string, CborValue>([
          ['alg', -7],
          ['sig', signed({ ...parts, device: stranger() })],
        ]),
    ],
    [
      'another algorithm',
      (parts) =>
        new Map<string, CborValue>([
          ['alg', -257],
          ['sig', signed(parts)],
        ]),
    ],
    [
      'other authenticator data',
      (parts) =>
        new Map<string, CborValue>([
          ['alg', -7],
          ['sig', signed({ ...parts, authData: Buffer.alloc(37) })],
        ]),
    ],
    [
      'an empty signature',
      () =>
        new Map<string, CborValue>([
          ['alg', -7],
          ['sig', Buffer.alloc(0)],
        ]),
    ],
  ])('refuses packed self attestation with %s', async (_, statement) => {
    const response = await attested('packed', statement);
    const cause = expect.objectContaining({ reason: 'wrong_signature' });
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed', cause });
  });
});

describe('refuses an attestation object that', () => {
  const nested = (depth: number, around: number) => Buffer.concat([Buffer.alloc(depth, around), Buffer.from([0])]);
  test.each<[string, Buffer]>([
    ['is empty', Buffer.from([0xa0])],
    ['is a list', Buffer.from([0x80])],
    ['is nested 24,000 deep in lists', nested(24_000, 0x81)],
    ['is nested 24,000 deep in tags', nested(24_000, 0xc1)],
    ['claims four billion entries', Buffer.from('baffffffff', 'hex')],
    ['claims a text of four gigabytes', Buffer.from('a17affffffff', 'hex')],
    ['has an indefinite length', Buffer.from('bf63666d74646e6f6e65', 'hex')],
    ['has a duplicate format', Buffer.from('a263666d74646e6f6e6563666d74646e6f6e65', 'hex')],
  ])('%s', async (_, bytes) => {
    const response = await create();
    response.response.attestationObject = bytes.toString('base64url');
    const cause = expect.objectContaining({ reason: 'malformed_response' });
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed', cause });
  });

  test('exceeds the size limit', async () => {
    const response = await attested('android-key', async (parts) => [...(await chain(parts)), Buffer.alloc(32_768)]);
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed' });
  });

  test('has trailing bytes', async () => {
    const response = await create();
    response.response.attestationObject = Buffer.concat([
      Buffer.from(response.response.attestationObject, 'base64url'),
      Buffer.from([0]),
    ]).toString('base64url');
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed' });
  });
});

const newDevice = () => new SoftwareAuthenticator({ origin: project.origin });

async function create() {
  return newDevice().create(await beginPasskeyRegistration(proof, BROWSER));
}

/** A registration response with this attestation. */
async function attested(format: CborValue, statement: Statement) {
  return attest(newDevice(), await beginPasskeyRegistration(proof, BROWSER), format, statement);
}

function stranger(): SoftwareAuthenticator {
  const device = newDevice();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  device.keys.push({ id: Buffer.alloc(1), rpId: project.rpId, userHandle: '', privateKey });
  return device;
}
