import 'reflect-metadata'; // must be imported before the X.509 library
import { createHash, type KeyObject, sign, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { decode } from 'cborg';
import { z } from 'zod';
import { type CborValue, cbor, type SoftwareAuthenticator } from './authenticator';

/** Attestations of an attacker: valid in themselves, with certificates that name URLs to fetch. */
const CRL_URLS = ['http://127.0.0.1:9/list.crl', 'http://[::1]:9/list.crl', 'file:///etc/passwd'];
/** The extension of Android's key attestation. */
const KEY_DESCRIPTION = '1.3.6.1.4.1.11129.2.1.17';
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export type Made = { authData: Buffer; clientDataHash: Buffer; device: SoftwareAuthenticator };
export type Statement = (made: Made) => CborValue | Promise<CborValue>;

export const signed = ({ authData, clientDataHash, device }: Made) =>
  sign('sha256', Buffer.concat([authData, clientDataHash]), keyOf(device));

function keyOf(device: SoftwareAuthenticator): KeyObject {
  const key = device.keys.at(-1);
  if (!key) throw new Error('no key');
  return key.privateKey;
}

/**
 * Leaf and root. The leaf has the passkey's own key, and extensions that satisfy Android's rules as well as those of
 * packed.
 */
export async function chain({ clientDataHash, device }: Made): Promise<[Buffer, Buffer]> {
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

export const withChain: Statement = async (made) =>
  new Map<string, CborValue>([
    ['alg', -7],
    ['sig', signed(made)],
    ['x5c', await chain(made)],
  ]);

export const selfSigned: Statement = (made) =>
  new Map<string, CborValue>([
    ['alg', -7],
    ['sig', signed(made)],
  ]);

/** Name, `fmt` and statement of attestations that a server requesting none refuses. */
export const REFUSED_ATTESTATIONS: Array<[string, CborValue, Statement]> = [
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
    async (made) => new Map([...(await asMap(selfSigned(made))), ['x5c', []]]),
  ],
  [
    'packed by ECDAA',
    'packed',
    async (made) => new Map([...(await asMap(selfSigned(made))), ['ecdaaKeyId', Buffer.alloc(16)]]),
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
        selfSigned(made),
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

/** A registration response with another attestation around its authenticator data. */
export async function attest(
  device: SoftwareAuthenticator,
  options: Parameters<SoftwareAuthenticator['create']>[0],
  format: CborValue,
  statement: Statement,
) {
  const response = device.create(options);
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
  return response;
}
