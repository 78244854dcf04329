import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Algorithm,
  type CborValue,
  type CoseKey,
  cbor,
  SoftwareAuthenticator,
  toCoseKey,
  type Wrong,
} from '@/testing/authenticator';
import type { Passkey, PasskeyRefusal } from './model';
import { parseAssertion, verifyAssertion, verifyRegistration } from './webauthn';
import { challengeOf } from './webauthn/client-data';
import { toUsableKeyFromBytes } from './webauthn/public-key';
import { refusalReasonOf } from './webauthn/refusal';

const party = { name: 'Test', rpId: 'id.example.com', origin: 'https://id.example.com' };
const challenge = Buffer.alloc(32, 7).toString('base64url');
const ALGORITHMS: Algorithm[] = ['ES256', 'EdDSA', 'RS256'];
const userHandle = Buffer.alloc(32, 1).toString('base64url');

async function register(device: SoftwareAuthenticator, wrong: Wrong = {}): Promise<Passkey> {
  const response = device.create({ challenge, rp: { id: party.rpId }, user: { id: userHandle } }, wrong);
  const newPasskey = await verifyRegistration(party, challengeOf(response) ?? '', response);
  const now = new Date();
  const provenance = { addedBy: 'session', addedSessionId: null, addressId: null } as const;
  return {
    ...newPasskey,
    ...provenance,
    id: '',
    projectId: '',
    identityId: '',
    name: '',
    createdAt: now,
    lastUsedAt: null,
    counterWarnedAt: null,
  };
}

async function signIn(device: SoftwareAuthenticator, passkey: Passkey, wrong: Wrong = {}) {
  const response = device.get({ challenge, rpId: party.rpId }, wrong);
  return verifyAssertion(party, challengeOf(response) ?? '', await parseAssertion(response), passkey);
}

const newDevice = (algorithm: Algorithm = 'ES256') => new SoftwareAuthenticator({ origin: party.origin, algorithm });
const outcomeOf = (tried: Promise<unknown>) => tried.then(() => null, refusalReasonOf);
const hex = (text: string) => Buffer.from(text, 'hex');
const bytesOf = (value: CborValue | undefined) => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));

/** The key with members changed; undefined leaves one out. */
function change(...changes: Array<[number | string, CborValue | undefined]>) {
  return (cose: CoseKey): CoseKey => {
    const changed = new Map(cose);
    for (const [label, value] of changes) value === undefined ? changed.delete(label) : changed.set(label, value);
    return changed;
  };
}

function flipped(cose: CoseKey, label: number): CoseKey {
  const bytes = Buffer.from(bytesOf(cose.get(label)));
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return change([label, bytes])(cose);
}

const weakRsa = () => toCoseKey(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);
const P384 = () => toCoseKey(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey);

describe('registration and import refuse a key that cannot verify sign-ins:', () => {
  const cases: Array<[string, Algorithm, (cose: CoseKey) => CborValue, PasskeyRefusal]> = [
    ['a point off the curve', 'ES256', (cose) => flipped(cose, -3), 'unusable_key'],
    ['a point of zeros', 'ES256', change([-2, Buffer.alloc(32)], [-3, Buffer.alloc(32)]), 'unusable_key'],
    ['a coordinate beyond the field', 'ES256', change([-2, Buffer.alloc(32, 0xff)]), 'unusable_key'],
    [
      'a truncated coordinate',
      'ES256',
      (cose) => change([-2, bytesOf(cose.get(-2)).subarray(1)])(cose),
      'unusable_key',
    ],
    ['a compressed point', 'ES256', change([-3, true]), 'unusable_key'],
    ['no y', 'ES256', change([-3, undefined]), 'unusable_key'],
    ['coordinates in text', 'ES256', change([-2, 'x'.repeat(32)]), 'unusable_key'],
    ['the key type of RSA', 'ES256', change([1, 3]), 'unusable_key'],
    ['the key type of EdDSA', 'ES256', change([1, 1]), 'unusable_key'],
    ['an unknown key type', 'ES256', change([1, 7]), 'unusable_key'],
    ['no key type', 'ES256', change([1, undefined]), 'unusable_key'],
    ['another curve', 'ES256', change([-1, 2]), 'unusable_key'],
    [
      'a key of another curve',
      'ES256',
      (cose) => change([3, -7])(new Map([...P384(), [3, cose.get(3) ?? -7]])),
      'unusable_key',
    ],
    ['the algorithm of RSA', 'ES256', change([3, -257]), 'unusable_key'],
    ['the algorithm of EdDSA', 'ES256', change([3, -8]), 'unusable_key'],
    ['an unsupported algorithm', 'ES256', change([3, -35]), 'unsupported_algorithm'],
    ['RSA with SHA-1', 'RS256', change([3, -65_535]), 'unsupported_algorithm'],
    ['no algorithm', 'ES256', change([3, undefined]), 'unsupported_algorithm'],
    ['the name of an inherited object member', 'ES256', change([3, 'constructor']), 'unsupported_algorithm'],
    [
      'labels in text',
      'ES256',
      (cose) => new Map([...cose].map(([label, value]) => [String(label), value])),
      'unsupported_algorithm',
    ],
    ['a list', 'ES256', (cose) => [...cose.values()], 'unusable_key'],
    ['text', 'ES256', () => 'key', 'unusable_key'],
    ['an empty map', 'ES256', () => new Map(), 'unsupported_algorithm'],
    ['31 bytes of Ed25519', 'EdDSA', change([-2, Buffer.alloc(31, 9)]), 'unusable_key'],
    ['bytes that are not a point on Ed25519', 'EdDSA', change([-2, hex(`02${'00'.repeat(31)}`)]), 'unusable_key'],
    [
      'the neutral point of Ed25519, which allows forgery',
      'EdDSA',
      change([-2, hex(`01${'00'.repeat(31)}`)]),
      'unusable_key',
    ],
    ['a point of order 4', 'EdDSA', change([-2, Buffer.alloc(32)]), 'unusable_key'],
    ['X25519', 'EdDSA', change([-1, 4]), 'unusable_key'],
    ['RSA with 1024 bits', 'RS256', weakRsa, 'unusable_key'],
    [
      'RSA with 2047 bits',
      'RS256',
      (cose) => change([-1, Buffer.concat([hex('7f'), bytesOf(cose.get(-1)).subarray(1)])])(cose),
      'unusable_key',
    ],
    [
      'RSA with 1024 bits after leading zeros',
      'RS256',
      () => change([-1, Buffer.concat([Buffer.alloc(128), bytesOf(weakRsa().get(-1))])])(weakRsa()),
      'unusable_key',
    ],
    ['RSA with more than 8192 bits', 'RS256', change([-1, Buffer.alloc(1025, 0xff)]), 'unusable_key'],
    ['an even modulus', 'RS256', (cose) => flipped(cose, -1), 'unusable_key'],
    ['an empty modulus', 'RS256', change([-1, Buffer.alloc(0)]), 'unusable_key'],
    ['exponent 1', 'RS256', change([-2, hex('01')]), 'unusable_key'],
    ['exponent 3', 'RS256', change([-2, hex('03')]), 'unusable_key'],
    ['exponent 3 after leading zeros', 'RS256', change([-2, hex('00000003')]), 'unusable_key'],
    ['an even exponent', 'RS256', change([-2, hex('010002')]), 'unusable_key'],
    ['an exponent with 72 bits', 'RS256', change([-2, Buffer.alloc(9, 0xff)]), 'unusable_key'],
    ['an exponent that is a number', 'RS256', change([-2, 65_537]), 'unusable_key'],
  ];
  test.each(cases)('%s', async (_, algorithm, publicKey, reason) => {
    expect(await outcomeOf(register(newDevice(algorithm), { publicKey }))).toBe(reason);
    const { publicKey: right } = generateKeysOf(algorithm);
    const bytes = new Uint8Array(cbor(publicKey(toCoseKey(right))));
    expect(await outcomeOf(toUsableKeyFromBytes(bytes))).toBe(reason);
  });
});

function generateKeysOf(algorithm: Algorithm) {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** Accepted encodings of the same key. */
const ENCODINGS: Array<[string, Algorithm[], (cose: CoseKey) => CborValue]> = [
  ['canonical', ALGORITHMS, (cose) => cose],
  ['with reversed members', ALGORITHMS, (cose) => new Map([...cose].reverse())],
  ['with additional members', ALGORITHMS, change([2, Buffer.from('kid')], [4, [2]], [-4, Buffer.alloc(32)])],
  ['with names instead of numbers, as Firefox 117', ['EdDSA'], change([1, 'OKP'], [-1, 'Ed25519'])],
  ['with names for all numbers', ['EdDSA'], change([1, 'OKP'], [3, 'EdDSA'], [-1, 'Ed25519'])],
  ['with names for all numbers', ['ES256'], change([1, 'EC2'], [3, 'ES256'], [-1, 'P-256'])],
  ['with names for all numbers', ['RS256'], change([1, 'RSA'], [3, 'RS256'])],
  [
    'with leading zeros',
    ['RS256'],
    (cose) => change([-1, Buffer.concat([hex('00'), bytesOf(cose.get(-1))])], [-2, hex('00010001')])(cose),
  ],
];

describe('a key is stored in canonical form when encoded', () => {
  test.each(ENCODINGS)('%s', async (_, algorithms, publicKey) => {
    for (const algorithm of algorithms) {
      const device = newDevice(algorithm);
      let plain: Buffer = Buffer.alloc(0);
      const encode = (cose: CoseKey) => {
        plain = cbor(cose);
        return publicKey(cose);
      };
      const passkey = await register(device, { publicKey: encode });
      expect(Buffer.from(passkey.publicKey).toString('hex')).toBe(plain.toString('hex'));
      await signIn(device, passkey);
    }
  });

  test('as 0.1.0 stored it for Firefox 117, which still signs in', async () => {
    const device = newDevice('EdDSA');
    let encoded: Buffer = Buffer.alloc(0);
    const passkey = await register(device, {
      publicKey: (cose) => {
        encoded = cbor(change([1, 'OKP'], [-1, 'Ed25519'])(cose));
        return cose;
      },
    });
    await signIn(device, { ...passkey, publicKey: new Uint8Array(encoded) });
  });

  test('as a map of four entries with a header for three, as Firefox 117 wrote it', async () => {
    const device = newDevice('EdDSA');
    const response = device.create(
      { challenge, rp: { id: party.rpId }, user: { id: userHandle } },
      { publicKey: change([1, 'OKP'], [-1, 'Ed25519']) },
    );
    const object = Buffer.from(response.response.attestationObject, 'base64url');
    const at = object.indexOf(hex('a401634f4b50'));
    object.writeUInt8(0xa3, at);
    response.response.attestationObject = object.toString('base64url');
    const newPasskey = await verifyRegistration(party, challenge, response);
    expect(Buffer.from(newPasskey.publicKey).toString('hex')).toMatch(/^a4010103272006215820/);
  });
});

const edit = (change: (data: Record<string, unknown>) => unknown) => (text: string) =>
  Buffer.from(JSON.stringify(change(JSON.parse(text))));
const withMember = (name: string, value: unknown) => edit((data) => ({ ...data, [name]: value }));
const BOM = hex('efbbbf');

/** Client data that every ceremony accepts (WebAuthn L3 §5.8.1: unknown members are ignored). */
const ACCEPTED: Array<[string, (text: string) => Buffer]> = [
  ['unchanged', (text) => Buffer.from(text)],
  ['tokenBinding, not supported', withMember('tokenBinding', { status: 'not-supported' })],
  ['tokenBinding, supported', withMember('tokenBinding', { status: 'supported' })],
  ['tokenBinding, present', withMember('tokenBinding', { status: 'present', id: 'AAAA' })],
  ['tokenBinding, of an unknown status', withMember('tokenBinding', { status: 'new' })],
  ['tokenBinding, without a status', withMember('tokenBinding', {})],
  ['tokenBinding, a text', withMember('tokenBinding', 'unused')],
  ['tokenBinding, a number', withMember('tokenBinding', 1)],
  ['tokenBinding, a list', withMember('tokenBinding', ['x'])],
  ['tokenBinding, null', withMember('tokenBinding', null)],
  ['a byte order mark', (text) => Buffer.concat([BOM, Buffer.from(text)])],
  ['surrounding white space', (text) => Buffer.from(` \r\n\t${text}\n `)],
  ['unknown members', withMember('other_keys_can_be_added_here', 'do not compare clientDataJSON against a template')],
  [
    'a member with invalid UTF-8',
    (text) => Buffer.concat([Buffer.from(`${text.slice(0, -1)},"x":"`), hex('ff'), Buffer.from('"}')]),
  ],
  ['no crossOrigin', withMember('crossOrigin', undefined)],
  ['crossOrigin null', withMember('crossOrigin', null)],
  [
    'a duplicate member, the last one correct',
    (text) => Buffer.from(text.replace('{', '{"origin":"https://evil.example",')),
  ],
  ['a prototype', (text) => Buffer.from(text.replace('{', '{"__proto__":{"crossOrigin":true},'))],
];

const REFUSED: Array<[string, (text: string) => Buffer, PasskeyRefusal]> = [
  ['two byte order marks', (text) => Buffer.concat([BOM, BOM, Buffer.from(text)]), 'malformed_response'],
  ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'malformed_response'],
  ['a list', (text) => Buffer.from(`[${text}]`), 'malformed_response'],
  ['text', (text) => Buffer.from(JSON.stringify(text)), 'malformed_response'],
  ['invalid JSON', (text) => Buffer.from(`${text},`), 'malformed_response'],
  ['a type in a list', edit((data) => ({ ...data, type: [data.type] })), 'malformed_response'],
  ['an origin in a list', edit((data) => ({ ...data, origin: [data.origin] })), 'malformed_response'],
  ['an origin with a path', withMember('origin', `${party.origin}/`), 'wrong_origin'],
  ['an origin in capitals', withMember('origin', 'https://ID.example.com'), 'wrong_origin'],
  [
    'an origin with invalid UTF-8',
    (text) => Buffer.from(Buffer.from(text).toString('latin1').replace('id.e', 'i\u00ff.e'), 'latin1'),
    'wrong_origin',
  ],
  [
    'a duplicate member, the last one wrong',
    (text) => Buffer.from(`${text.slice(0, -1)},"origin":"https://evil.example"}`),
    'wrong_origin',
  ],
  ['another ceremony', withMember('type', 'payment.get'), 'wrong_ceremony'],
  ['crossOrigin', withMember('crossOrigin', true), 'framed'],
  ['topOrigin', withMember('topOrigin', party.origin), 'framed'],
  ['topOrigin null', withMember('topOrigin', null), 'framed'],
];

describe('client data is parsed the same way by all ceremonies', () => {
  test.each(ACCEPTED)('accepted at registration and at sign-in: %s', async (_, clientData) => {
    const device = newDevice();
    const passkey = await register(device, { clientData });
    await signIn(device, passkey, { clientData });
  });

  test.each(REFUSED)('refused at registration and at sign-in: %s', async (_, clientData, reason) => {
    const device = newDevice();
    expect(await outcomeOf(register(device, { clientData }))).toBe(reason);
    const passkey = await register(device);
    expect(await outcomeOf(signIn(device, passkey, { clientData }))).toBe(reason);
  });

  test('challengeOf returns null without a valid challenge', () => {
    const responseOf = (text: string) => ({ response: { clientDataJSON: Buffer.from(text).toString('base64url') } });
    const right = JSON.stringify({ type: '', origin: '', challenge });
    expect(challengeOf(responseOf(right))).toBe(challenge);
    expect(challengeOf(responseOf(`\ufeff${right}`))).toBe(challenge);
    for (const text of ['{}', 'null', right.replace(challenge, ''), right.replace(challenge, '='.repeat(44))])
      expect(challengeOf(responseOf(text))).toBeNull();
  });
});

/** Valid and invalid extension outputs. */
const extensions = fc.option(
  fc.dictionary(
    fc.string({ maxLength: 8, unit: 'grapheme' }),
    fc.oneof(fc.boolean(), fc.integer(), fc.string({ unit: 'grapheme' }), fc.constant(null)),
    { maxKeys: 3 },
  ),
  { nil: undefined },
);

test('sign-in accepts every key and response that registration accepts', { timeout: 60_000 }, async () => {
  const any = fc.record({
    algorithm: fc.constantFrom<Algorithm>('ES256', 'EdDSA'),
    encoding: fc.integer({ min: 0, max: ENCODINGS.length - 1 }),
    label: fc.constantFrom(1, 2, 3, -1, -2, -3),
    value: fc.oneof(
      fc.constant(null), // leaves the key as it is
      fc.integer({ min: -300, max: 300 }),
      fc.constantFrom('OKP', 'EC2', 'EdDSA', 'Ed25519', 'P-256', 'ES256'),
      fc.uint8Array({ minLength: 31, maxLength: 33 }).map((bytes) => Buffer.from(bytes)),
    ),
    members: fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue(), { maxKeys: 3 }),
    prefix: fc.constantFrom('', '\ufeff', ' ', '\n'),
    extensions,
    counter: fc.nat({ max: 0xffff_ffff }),
    flags: fc.record({ up: fc.boolean(), uv: fc.boolean(), be: fc.boolean(), bs: fc.boolean() }).map((flags) => ({
      ...flags,
      up: true,
      uv: true,
    })),
    idLength: fc.integer({ min: 0, max: 1024 }),
  });
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(any, async (given) => {
      const device = newDevice(given.algorithm);
      const [, algorithms, encode] = ENCODINGS[given.encoding] ?? ['', [], (cose: CoseKey) => cose];
      const outputs = given.extensions && new Map<string, CborValue>(Object.entries(given.extensions));
      const wrong: Wrong = {
        ...given.flags,
        counter: given.counter,
        ...(outputs && { extensions: outputs }),
        clientData: (text) => Buffer.from(given.prefix + JSON.stringify({ ...given.members, ...JSON.parse(text) })),
      };
      const publicKey = (cose: CoseKey): CborValue => {
        const encoded = algorithms.includes(given.algorithm) ? encode(cose) : cose;
        return given.value === null || !(encoded instanceof Map)
          ? encoded
          : change([given.label, given.value])(encoded as CoseKey);
      };
      const credentialId = Buffer.alloc(given.idLength, 1);
      let passkey: Passkey;
      try {
        passkey = await register(device, { ...wrong, publicKey, credentialId });
      } catch (error) {
        expect(refusalReasonOf(error)).not.toBeNull();
        return;
      }
      accepted += 1;
      // A changed key may be well-formed and stored, but it is not this authenticator's.
      if (Buffer.from(passkey.publicKey).equals(cbor(ownKey(device)))) await signIn(device, passkey, wrong);
    }),
    { numRuns: 600 },
  );
  expect(accepted).toBeGreaterThan(60);
});

function ownKey(device: SoftwareAuthenticator): CoseKey {
  const key = device.keys.at(-1);
  if (!key) throw new Error('no key');
  return toCoseKey(key.privateKey);
}
