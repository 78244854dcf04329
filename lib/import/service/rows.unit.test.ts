import { expect, test } from 'vitest';
import { isAppError } from '@/lib/platform/errors';
import { MAX_JSON_BYTES } from '@/lib/platform/json';
import defaultSchema from '@/lib/schema/default-schema.json';
import type { IdentitySchema } from '@/lib/schema/model';
import { type Chosen, recognize } from './recognize';
import { rowsOf, type SourceRow } from './rows';

const schema: IdentitySchema = {
  ...{ id: 's', projectId: 'p', schemaId: 'default', version: 1, createdAt: new Date() },
  document: defaultSchema,
};

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const isUtf8 = (bytes: Uint8Array) => !new TextDecoder().decode(bytes).includes('\uFFFD');

async function read(input: string | Uint8Array, chosen: Chosen = {}, size = 7) {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const settings = await recognize({ bytes: bytes.subarray(0, 256 * 1024), isUtf8: isUtf8(bytes) }, schema, chosen);
  const found: SourceRow[] = [];
  for await (const group of rowsOf(pieces(bytes, size), settings)) found.push(...group);
  return { settings, rows: found };
}

const valuesOf = (rows: SourceRow[]) =>
  rows.map(({ number, value }) => [
    number,
    isAppError(value) ? value.code : 'columns' in value ? Object.fromEntries(value.columns) : value.record,
  ]);

const EXPECTED = [
  [2, { 'E-mail': 'zoe@example.com', 'Last name': 'Łó "x"' }],
  [3, { 'E-mail': 'b@example.com', 'Last name': 'two\nlines; here' }],
  [5, { 'E-mail': 'c@example.com' }],
];
const csv = (delimiter: string, end: string) =>
  [
    `E-mail${delimiter}Last name`,
    `zoe@example.com${delimiter}"Łó ""x"""`,
    `b@example.com${delimiter}"two\nlines; here"`,
    '',
    `c@example.com${delimiter}`,
  ].join(end) + end;

for (const [name, delimiter] of [
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['pipe', '|'],
] as const)
  for (const end of ['\n', '\r\n', '\r'])
    test(`reads CSV with ${name} and ${JSON.stringify(end)}, in chunks of any size`, async () => {
      for (const size of [1, 2, 7, 1000]) {
        const { settings, rows } = await read(csv(delimiter, end), {}, size);
        expect(settings).toMatchObject({
          format: 'csv',
          delimiter,
          encoding: 'utf-8',
          columns: ['E-mail', 'Last name'],
        });
        expect(settings.mapping).toEqual({ 'E-mail': '/traits/email', 'Last name': '/traits/name/last' });
        expect(valuesOf(rows)).toEqual(EXPECTED);
      }
    });

const marked = (bytes: Uint8Array, ...mark: number[]) => Buffer.concat([Buffer.from(mark), bytes]);
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const latin = (text: string) => Buffer.from(text.replaceAll('Ł', 'Ä'), 'latin1');

test('recognizes encodings, with and without a byte order mark', async () => {
  const text = csv(';', '\r\n');
  const files = {
    'utf-8': [Buffer.from(text), marked(Buffer.from(text), 0xef, 0xbb, 0xbf)],
    'utf-16le': [Buffer.from(text, 'utf16le'), marked(Buffer.from(text, 'utf16le'), 0xff, 0xfe)],
    'utf-16be': [swapped(text), marked(swapped(text), 0xfe, 0xff)],
  };
  for (const [encoding, list] of Object.entries(files))
    for (const bytes of list) {
      const { settings, rows } = await read(bytes);
      expect(settings.encoding).toBe(encoding);
      expect(valuesOf(rows)).toEqual(EXPECTED);
    }
  const { settings, rows } = await read(latin(text));
  expect(settings.encoding).toBe('windows-1252');
  expect(valuesOf(rows)[0]).toEqual([2, { 'E-mail': 'zoe@example.com', 'Last name': 'Äó "x"' }]);
});

test('refuses a row of 2 MB, quoted with line breaks or not, and reads the others', async () => {
  const long = `b@example.com;"${'x\n'.repeat(2 * MAX_JSON_BYTES)}"`;
  for (const row of [long, `b@example.com;${'x'.repeat(2 * MAX_JSON_BYTES)}`]) {
    const { rows } = await read(`E-mail;Note\na@example.com;1\n${row}\nc@example.com;2\n`, { delimiter: ';' }, 65_536);
    expect(valuesOf(rows)).toEqual([
      [2, { 'E-mail': 'a@example.com', Note: '1' }],
      [3, 'payload_too_large'],
      [4, { 'E-mail': 'c@example.com', Note: '2' }],
    ]);
  }
});

test('names repeated, empty and hostile headers apart, and refuses a million columns', async () => {
  const { settings, rows } = await read('email,email,,__proto__,constructor\na@example.com,b,c,d,e\n');
  expect(settings.columns).toEqual(['email', 'email (2)', '#3', '#4', 'constructor']);
  expect(settings.mapping).toEqual({
    ...{ email: '/traits/email', 'email (2)': null, '#3': null, '#4': null },
    constructor: null,
  });
  expect(valuesOf(rows)).toEqual([
    [2, { email: 'a@example.com', 'email (2)': 'b', '#3': 'c', '#4': 'd', constructor: 'e' }],
  ]);
  await expect(read(`${'a,'.repeat(100_000)}b\n1\n`)).rejects.toMatchObject({ code: 'invalid_input' });
});

test('refuses rows with too many cells and rows that are not CSV, on their own', async () => {
  const { rows } = await read(
    'email,note\na@example.com,1,2\nb@example.com,2,\nc@example.com,x "y" z\nd@example.com,"y"z\ne@example.com,5\n',
  );
  expect(valuesOf(rows).map(([number, value]) => [number, typeof value === 'string' ? value : 'read'])).toEqual([
    [2, 'invalid_input'],
    [3, 'read'],
    [4, 'read'],
    [5, expect.any(String)],
    [6, 'read'],
  ]);
});

test('recognizes an export of Keycloak, as a realm, as lines and as a list', async () => {
  const user = {
    id: '3f1d7a52-6f3e-4f4a-9a57-2f1f4f0b1c11',
    createdTimestamp: 1_700_000_000_000,
    username: 'zoe',
    enabled: true,
    emailVerified: true,
    firstName: 'Zoë',
    lastName: '"]}{[',
    email: 'zoe@example.com',
    attributes: { phone: ['+49 30 1'], tags: ['a', 'b'] },
    credentials: [{ type: 'password', secretData: '{"value":"x"}', credentialData: '{}' }],
    realmRoles: ['default'],
  };
  const realm = {
    realm: 'acme',
    roles: { realm: [{ name: 'x', users: [{ username: 'decoy' }] }] },
    users: [user, user],
    clients: [{}],
  };
  for (const text of [
    JSON.stringify(realm),
    JSON.stringify(realm, null, 2),
    JSON.stringify([user, 1, [{}], user]),
    `${JSON.stringify(user)}\n${JSON.stringify(user)}`,
  ]) {
    const { settings, rows } = await read(text);
    expect(settings.format).toBe('keycloak');
    expect(settings.match).toBe('external_id');
    expect(settings.mapping).toMatchObject({
      id: '/external_id',
      email: '/traits/email',
      emailVerified: '/verified',
      enabled: '/state',
      firstName: '/traits/name/first',
      lastName: '/traits/name/last',
      createdTimestamp: '/created_at',
    });
    expect(rows).toHaveLength(2);
    expect(rows.every(({ hasPassword }) => hasPassword)).toBe(true);
    expect(valuesOf(rows)[0]?.[1]).toMatchObject({ lastName: '"]}{[', 'attributes.phone': '+49 30 1' });
    expect(JSON.stringify(valuesOf(rows))).not.toContain('secretData');
  }
});

test('recognizes an export of Auth0', async () => {
  const user = {
    user_id: 'auth0|5f7c8ec7c33c6c004bbafe82',
    email: 'zoe@example.com',
    email_verified: true,
    given_name: 'Zoë',
    family_name: 'Ł',
    blocked: true,
    created_at: '2024-01-31T09:30:00.000Z',
    app_metadata: { plan: 'pro' },
    user_metadata: { color: { dark: true } },
    identities: [{ provider: 'auth0' }],
  };
  const { settings, rows } = await read(`${JSON.stringify(user)}\n`);
  expect(settings).toMatchObject({ format: 'auth0', match: 'external_id' });
  expect(settings.mapping).toMatchObject({
    user_id: '/external_id',
    email: '/traits/email',
    email_verified: '/verified',
    given_name: '/traits/name/first',
    family_name: '/traits/name/last',
    state: '/state',
    created_at: '/created_at',
    'app_metadata.plan': '/metadata_admin/plan',
    'user_metadata.color.dark': '/metadata_public/color.dark',
    identities: null,
  });
  expect(valuesOf(rows)[0]?.[1]).toMatchObject({ state: 'inactive' });
});

test('recognizes identities of Kratos and our own, and refuses a repeated or hostile key', async () => {
  const kratos = {
    id: 'x',
    schema_id: 'default',
    schema_url: 'https://k.example/schemas/default',
    traits: {},
    credentials: { password: {} },
  };
  expect((await read(JSON.stringify([kratos]))).settings).toMatchObject({
    format: 'kratos',
    layout: 'list',
    match: 'id',
  });
  const own = '{"id":"x","traits":{"email":"a@example.com"}}';
  const { settings, rows } = await read(`${own}\n\n{"traits":{},"traits":{}}\n{"__proto__":1}\n[]\nnot json\n${own}`);
  expect(settings).toMatchObject({ format: 'signet', layout: 'lines' });
  expect(valuesOf(rows).map(([number, value]) => [number, typeof value === 'string'])).toEqual([
    [1, false],
    [3, true],
    [4, true],
    [5, true],
    [6, true],
    [7, false],
  ]);
});

test('refuses an empty file', async () => {
  for (const text of ['', ' \n\n', '\uFEFF']) await expect(read(text)).rejects.toMatchObject({ code: 'invalid_input' });
});
