import 'reflect-metadata'; // the certificates' library wants it before itself
import { createHash, generateKeyPairSync, type KeyObject, sign, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { decode } from 'cborg';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type CborValue, cbor, SoftwareAuthenticator, toCoseKey } from '@/lib/platform/testing/authenticator';
import { BROWSER, makePerson, signIn } from '@/lib/platform/testing/people';
import { makeProject } from '@/lib/platform/testing/project';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { listPasskeys } from '../service';
import { beginPasskeyRegistration, finishPasskeyRegistration } from './register';

/** Attestations as an attacker would make them: valid in themselves, with certificates that name addresses to call. */
const CRL_URLS = ['http://127.0.0.1:9/list.crl', 'http://[::1]:9/list.crl', 'file:///etc/passwd'];
const KEY_DESCRIPTION = '1.3.6.1.4.1.11129.2.1.17';
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

type Made = { authData: Buffer; clientDataHash: Buffer; device: SoftwareAuthenticator };
type Statement = (made: Made) => CborValue | Promise<CborValue>;

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
    throw new Error('Something was fetched');
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const signed = ({ authData, clientDataHash, device }: Made) =>
  sign('sha256', Buffer.concat([authData, clientDataHash]), keyOf(device));

function keyOf(device: SoftwareAuthenticator): KeyObject {
  const key = device.keys.at(-1);
  if (!key) throw new Error('no key');
  return key.privateKey;
}

/** Leaf and root. The leaf's key is the passkey's own, and its extensions please Android's rules as well as those of packed. */
async function chain({ clientDataHash, device }: Made): Promise<[Buffer, Buffer]> {
  const keys = await webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);
  const validity = { notBefore: new Date('2020-01-01'), notAfter: new Date('2120-01-01') };
  const crl = new x509.CRLDistributionPointsExtension(CRL_URLS);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Root',
    keys,
    signingAlgorithm: ECDSA,
    ...validity,
    extensions: [new x509.BasicConstraintsExtension(true), crl],
  });
  const publicKey = await webcrypto.subtle.importKey('jwk', publicJwk(device), ECDSA, true, ['verify']);
  const description = Buffer.concat([
    Buffer.from('3032020103', 'hex'),
    Buffer.from('0a01000201030a0100', 'hex'),
    Buffer.from([4, 32]),
    clientDataHash,
    Buffer.from('040030003000', 'hex'),
  ]);
  description.writeUInt8(description.length - 2, 1);
  const leaf = await x509.X509CertificateGenerator.create({
    subject: 'C=AA, O=Maker, OU=Authenticator Attestation, CN=Leaf',
    issuer: root.subject,
    signingKey: keys.privateKey,
    publicKey,
    signingAlgorithm: ECDSA,
    ...validity,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      crl,
      new x509.Extension(KEY_DESCRIPTION, false, description),
    ],
  });
  return [Buffer.from(leaf.rawData), Buffer.from(root.rawData)];
}

function publicJwk(device: SoftwareAuthenticator) {
  const { kty, crv, x, y } = keyOf(device).export({ format: 'jwk' });
  return { kty, crv, x, y };
}

const withChain: Statement = async (made) =>
  new Map<string, CborValue>([
    ['alg', -7],
    ['sig', signed(made)],
    ['x5c', await chain(made)],
  ]);

const self: Statement = (made) =>
  new Map<string, CborValue>([
    ['alg', -7],
    ['sig', signed(made)],
  ]);

const REFUSED: Array<[string, CborValue, Statement]> = [
  ['android-key', 'android-key', withChain],
  [
    'android-safetynet',
    'android-safetynet',
    () =>
      new Map<string, CborValue>([
        ['ver', '1'],
        ['response', Buffer.from('a.b.c')],
      ]),
  ],
  ['apple', 'apple', withChain],
  ['fido-u2f', 'fido-u2f', withChain],
  ['packed with certificates', 'packed', withChain],
  [
    'packed with no certificates in its list',
    'packed',
    async (made) => new Map([...(await asMap(self(made))), ['x5c', []]]),
  ],
  [
    'packed by ECDAA',
    'packed',
    async (made) => new Map([...(await asMap(self(made))), ['ecdaaKeyId', Buffer.alloc(16)]]),
  ],
  ['packed with nothing', 'packed', () => new Map()],
  ['tpm', 'tpm', async (made) => new Map([...(await asMap(withChain(made))), ['ver', '2.0']])],
  [
    'compound',
    'compound',
    (made) =>
      [
        new Map<string, CborValue>([
          ['fmt', 'packed'],
          ['attStmt', new Map()],
        ]),
        self(made),
      ] as CborValue,
  ],
  ['none with a statement', 'none', withChain],
  ['an unknown one', 'signet', withChain],
  ['none in capitals', 'NONE', () => new Map()],
  ['no text', 1, withChain],
  ['a list', ['none'], () => new Map()],
  ['null', null, () => new Map()],
];

async function asMap(statement: CborValue | Promise<CborValue>): Promise<Map<string, CborValue>> {
  return (await statement) as Map<string, CborValue>;
}

describe('an attestation is refused before anything in it is read, and nothing is fetched', () => {
  test.each(REFUSED)('%s', async (_, format, statement) => {
    const { response } = await attest(format, statement);
    const cause = expect.objectContaining({
      reason: expect.stringMatching(/^(attestation_format|malformed_response)$/),
    });
    const outcome = await finishPasskeyRegistration(proof, BROWSER, response).catch((error: unknown) => error);
    expect(fetched).not.toHaveBeenCalled();
    expect(outcome).toMatchObject({ code: 'ceremony_refused', cause });
    expect(await listPasskeys(project.id, proof.identity.id)).toEqual([]);
  });
});

describe('what passes', () => {
  test('none', async () => {
    const { response } = await attest('none', () => new Map());
    await finishPasskeyRegistration(proof, BROWSER, response);
    expect(fetched).not.toHaveBeenCalled();
  });

  test('packed, signed by the passkey itself', async () => {
    const { response } = await attest('packed', self);
    await finishPasskeyRegistration(proof, BROWSER, response);
    expect(await listPasskeys(project.id, proof.identity.id)).toHaveLength(1);
  });

  test.each<[string, Statement]>([
    [
      'another key',
      (made) =>
        new Map<string, CborValue>([
          ['alg', -7],
          ['sig', signed({ ...made, device: stranger() })],
        ]),
    ],
    [
      'another algorithm',
      (made) =>
        new Map<string, CborValue>([
          ['alg', -257],
          ['sig', signed(made)],
        ]),
    ],
    [
      'something else',
      (made) =>
        new Map<string, CborValue>([
          ['alg', -7],
          ['sig', signed({ ...made, authData: Buffer.alloc(37) })],
        ]),
    ],
    [
      'no signature',
      () =>
        new Map<string, CborValue>([
          ['alg', -7],
          ['sig', Buffer.alloc(0)],
        ]),
    ],
  ])('but not packed, signed by or with %s', async (_, statement) => {
    const { response } = await attest('packed', statement);
    const cause = expect.objectContaining({ reason: 'wrong_signature' });
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'ceremony_refused', cause });
  });
});

describe('an attestation object that is none', () => {
  const nested = (depth: number, around: number) => Buffer.concat([Buffer.alloc(depth, around), Buffer.from([0])]);
  test.each<[string, Buffer]>([
    ['is empty', Buffer.from([0xa0])],
    ['is a list', Buffer.from([0x80])],
    ['is nested 24,000 deep in lists', nested(24_000, 0x81)],
    ['is nested 24,000 deep in tags', nested(24_000, 0xc1)],
    ['claims four thousand million entries', Buffer.from('baffffffff', 'hex')],
    ['claims a text of four gigabytes', Buffer.from('a17affffffff', 'hex')],
    ['has no end', Buffer.from('bf63666d74646e6f6e65', 'hex')],
    ['has its format twice', Buffer.from('a263666d74646e6f6e6563666d74646e6f6e65', 'hex')],
  ])('%s', async (_, bytes) => {
    const response = await create();
    response.response.attestationObject = bytes.toString('base64url');
    const cause = expect.objectContaining({ reason: 'malformed_response' });
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'ceremony_refused', cause });
  });

  test('is larger than any authenticator makes', async () => {
    const { response } = await attest('android-key', async (made) => [...(await chain(made)), Buffer.alloc(32_768)]);
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'ceremony_refused' });
  });

  test('is followed by more', async () => {
    const response = await create();
    response.response.attestationObject = Buffer.concat([
      Buffer.from(response.response.attestationObject, 'base64url'),
      Buffer.from([0]),
    ]).toString('base64url');
    const refusal = finishPasskeyRegistration(proof, BROWSER, response);
    await expect(refusal).rejects.toMatchObject({ code: 'ceremony_refused' });
  });
});

async function create(device = new SoftwareAuthenticator({ origin: project.origin })) {
  return device.create(await beginPasskeyRegistration(proof, BROWSER));
}

/** A registration with another attestation around its authenticator data. */
async function attest(format: CborValue, statement: Statement) {
  const device = new SoftwareAuthenticator({ origin: project.origin });
  const response = await create(device);
  const object = z
    .map(z.string(), z.unknown())
    .parse(decode(Buffer.from(response.response.attestationObject, 'base64url'), { useMaps: true }));
  const authData = Buffer.from(z.instanceof(Uint8Array).parse(object.get('authData')));
  const clientData = Buffer.from(response.response.clientDataJSON, 'base64url');
  const clientDataHash = createHash('sha256').update(clientData).digest();
  const attestationObject = cbor(
    new Map<string, CborValue>([
      ['fmt', format],
      ['attStmt', await statement({ authData, clientDataHash, device })],
      ['authData', authData],
    ]),
  );
  response.response.attestationObject = attestationObject.toString('base64url');
  return { response, device };
}

function stranger(): SoftwareAuthenticator {
  const device = new SoftwareAuthenticator({ origin: project.origin });
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(toCoseKey(publicKey).size).toBe(5);
  device.keys.push({ id: Buffer.alloc(1), rpId: project.rpId, userHandle: '', privateKey });
  return device;
}
