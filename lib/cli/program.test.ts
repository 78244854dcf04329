import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PRESETS } from '@/lib/api-credential/model';
import { authenticateClient } from '@/lib/api-credential/service';
import { peekInvitation } from '@/lib/invitation/service';
import { closeDb, db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { getFirstProject } from '@/lib/project/service';
import { json, signet } from '@/testing/command-line';

const create = (...options: string[]) => json('api-credential', 'create', '--name', 'Payroll', ...options);

async function proves(secret: { client_id: string; client_secret: string }): Promise<boolean> {
  const { id: projectId } = await getFirstProject();
  const outcome = await authenticateClient({
    projectId,
    clientId: secret.client_id,
    clientSecret: secret.client_secret,
    authMethod: 'client_secret_basic',
  });
  return 'clientId' in outcome;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('before the first start', () => {
  test('a command creates the project, as a start would, once', async () => {
    expect(await (await db()).project.count()).toBe(0);
    await signet('api-credential', 'list');
    const project = await getFirstProject();
    expect(project.origin).toBe('http://localhost:3000');
    await signet('api-credential', 'list');
    expect(await (await db()).project.count()).toBe(1);
  });

  test('the settings of the shell do not change the origin later', async () => {
    vi.stubEnv('SIGNET_ORIGIN', 'http://localhost:4999');
    resetEnv();
    try {
      expect((await create()).token_endpoint).toBe('http://localhost:3000/oauth2/token');
    } finally {
      vi.unstubAllEnvs();
      resetEnv();
    }
  });
});

describe('api-credential create', () => {
  test('--json: prints everything a client needs', async () => {
    const secret = await create();
    expect(secret).toEqual({
      client_id: expect.stringMatching(/^sc_/),
      client_secret: expect.stringMatching(/^signet_sk_/),
      token_endpoint: 'http://localhost:3000/oauth2/token',
      audience: 'http://localhost:3000/admin',
      token_endpoint_auth_method: 'client_secret_basic',
    });
    expect(await proves(secret)).toBe(true);
  });

  test('without --json: prints everything a client needs, and that the secret is shown only once', async () => {
    const { code, out, err } = await signet('api-credential', 'create', '--name', 'Payroll', '--read-only');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^API credential "Payroll" created\.$/m);
    expect(out).toMatch(/^ {2}Client ID {8}sc_[\w-]+$/m);
    expect(out).toMatch(/^ {2}Client secret {4}signet_sk_[\w-]+$/m);
    expect(out).toMatch(/^ {2}Permission {7}read only$/m);
    expect(out).toMatch(/^ {2}Expires {10}never$/m);
    expect(out).toContain('shown only once');
    expect(out).toContain("curl -X POST 'http://localhost:3000/oauth2/token'");
  });

  test('accepts method, permission and expiry', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-02-01T00:00:00Z') });
    const { client_id: clientId } = await create(
      '--method',
      'client_secret_post',
      '--read-only',
      '--expires-in-days',
      '30',
    );
    expect(
      (await json('api-credential', 'list')).find((one: { client_id: string }) => one.client_id === clientId),
    ).toEqual({
      client_id: clientId,
      name: 'Payroll',
      token_endpoint_auth_method: 'client_secret_post',
      permission: 'read',
      scopes: PRESETS.read,
      state: 'active',
      created_at: '2026-02-01T00:00:00.000Z',
      expires_at: '2026-03-03T00:00:00.000Z',
      revoked_at: null,
      last_used_at: null,
      last_used_address: null,
      audiences: ['http://localhost:3000/admin'],
      secrets: [
        {
          id: expect.any(String),
          name: null,
          created_at: '2026-02-01T00:00:00.000Z',
          expires_at: null,
          last_used_at: null,
        },
      ],
    });
  });

  test('accepts repeated --audience options and refuses an invalid one', async () => {
    const { client_id: clientId } = await create('--audience', 'https://a.example.com', '--audience', 'urn:b');
    const list = await json('api-credential', 'list');
    expect(list.find((one: { client_id: string }) => one.client_id === clientId).audiences).toEqual([
      'http://localhost:3000/admin',
      'https://a.example.com',
      'urn:b',
    ]);
    const bad = await signet('api-credential', 'create', '--name', 'Payroll', '--audience', 'relative');
    expect(bad).toEqual({ code: 1, out: '', err: 'An audience must be an absolute URI without a fragment\n' });
  });

  test('grants the given scopes, and update replaces them', async () => {
    const { client_id: clientId } = await create('--scope', 'identities:read', '--scope', 'audit:read');
    const find = async () =>
      (await json('api-credential', 'list')).find((one: { client_id: string }) => one.client_id === clientId);
    expect(await find()).toMatchObject({ permission: 'custom', scopes: ['identities:read', 'audit:read'] });
    const update = (...more: string[]) => json('api-credential', 'update', clientId, ...more);
    expect(await update('--scope', 'recovery:write')).toMatchObject({ scopes: ['recovery:write'] });
    expect(await update('--name', 'Wages')).toMatchObject({ name: 'Wages', scopes: ['recovery:write'] });
    expect(await update('--read-only')).toMatchObject({ permission: 'read', scopes: PRESETS.read });
    expect(await update('--full-access')).toMatchObject({ permission: 'full', scopes: PRESETS.full });
  });

  test.each([[['--scope', 'everything']], [['--scope', '']], [['--scope', 'audit:read', '--read-only']]])(
    'wrong usage: %j',
    async (more) => {
      const made = await signet('api-credential', 'create', '--name', 'Payroll', ...more);
      expect({ code: made.code, out: made.out }).toEqual({ code: 2, out: '' });
    },
  );

  test('records the command line as the actor', async () => {
    const { client_id: clientId } = await create();
    const events = await (await db()).auditEvent.findMany({
      where: { type: 'api_credential.created', actorKind: 'cli' },
    });
    expect(events.some(({ details }) => details.includes(clientId))).toBe(true);
  });
});

describe('api-credential list', () => {
  test('without --json: prints a table without secrets', async () => {
    const { client_id: clientId, client_secret: secret } = await create();
    const { code, out } = await signet('api-credential', 'list');
    expect(code).toBe(0);
    expect(out).toMatch(/^CLIENT ID +NAME +STATE +PERMISSION +METHOD +LAST USED +EXPIRES$/m);
    expect(out).toMatch(
      new RegExp(`^${clientId} +Payroll +active +full access +client_secret_basic +never +never$`, 'm'),
    );
    expect(out).not.toContain(secret);
  });
});

describe('api-credential rotate', () => {
  test('keeps both secrets valid during the overlap', async () => {
    const old = await create();
    const fresh = await json('api-credential', 'rotate', old.client_id);
    expect(fresh.client_id).toBe(old.client_id);
    expect(Date.parse(fresh.previous_secret_ends_at) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect([await proves(old), await proves(fresh)]).toEqual([true, true]);
  });

  test('invalidates the old secret at once without an overlap', async () => {
    const old = await create();
    const { code, out } = await signet('api-credential', 'rotate', old.client_id, '--overlap-hours', '0');
    expect(code).toBe(0);
    expect(out).toContain('The previous secret is no longer valid.');
    expect(await proves(old)).toBe(false);
  });

  test('exits with 1 and a reason for an unknown credential', async () => {
    const { code, out, err } = await signet('api-credential', 'rotate', 'sc_nobody', '--json');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe('No API credential has this client ID\n');
  });
});

describe('api-credential list-secrets and revoke-secret', () => {
  test('list active secrets by name and revoke a previous one', async () => {
    const old = await create('--secret-name', 'Old server');
    const fresh = await json('api-credential', 'rotate', old.client_id, '--secret-name', 'New server');
    const secrets = await json('api-credential', 'list-secrets', old.client_id);
    expect(secrets).toMatchObject([
      { name: 'New server', expires_at: null },
      { name: 'Old server', expires_at: fresh.previous_secret_ends_at },
    ]);
    const { out } = await signet('api-credential', 'list-secrets', old.client_id);
    expect(out).toMatch(/^SECRET ID +NAME +CREATED +EXPIRES +LAST USED$/m);
    expect(out).toContain('Old server');
    for (const { client_secret: secret } of [old, fresh]) expect(out).not.toContain(secret);
    const current = await signet('api-credential', 'revoke-secret', old.client_id, secrets[0].id);
    expect(current).toMatchObject({ code: 1, out: '', err: expect.stringContaining('current secret') });
    await json('api-credential', 'revoke-secret', old.client_id, secrets[1].id);
    expect([await proves(old), await proves(fresh)]).toEqual([false, true]);
    const none = await signet('api-credential', 'list-secrets', 'sc_nobody');
    expect(none).toEqual({ code: 1, out: '', err: 'No API credential has this client ID\n' });
  });
});

describe('api-credential revoke', () => {
  test('revokes the credential', async () => {
    const secret = await create();
    expect(await json('api-credential', 'revoke', secret.client_id)).toMatchObject({ state: 'revoked' });
    expect(await proves(secret)).toBe(false);
    const again = await signet('api-credential', 'rotate', secret.client_id);
    expect({ code: again.code, err: again.err }).toEqual({ code: 1, err: 'This API credential is revoked\n' });
  });
});

describe('identity create', () => {
  test('--json: prints the identity', async () => {
    const identity = await json(
      'identity',
      'create',
      '--email',
      'Jane@Example.com',
      '--first',
      'Jane',
      '--last',
      'Doe',
    );
    expect(identity).toMatchObject({
      schema_id: 'default',
      state: 'active',
      traits: { email: 'Jane@Example.com', name: { first: 'Jane', last: 'Doe' } },
      verifiable_addresses: [{ value: 'jane@example.com', verified: false }],
    });
    expect(await (await db()).identity.count({ where: { id: identity.id } })).toBe(1);
  });

  test('without --json: prints the sign-in URL', async () => {
    const { code, out } = await signet('identity', 'create', '--email', 'joe@example.com');
    expect(code).toBe(0);
    expect(out).toContain('http://localhost:3000/login');
  });

  test('exits with 1 for a taken address, in any case, and for an invalid one', async () => {
    await json('identity', 'create', '--email', 'taken@example.com');
    const taken = await signet('identity', 'create', '--email', 'TAKEN@example.com');
    expect(taken).toEqual({
      code: 1,
      out: '',
      err: 'This identity conflicts with another identity that already exists\n',
    });
    const none = await signet('identity', 'create', '--email', 'nobody');
    expect({ code: none.code, out: none.out }).toEqual({ code: 1, out: '' });
    expect(none.err).toContain('/traits/email');
  });
});

describe('operator invite', () => {
  const invitationIn = async (link: string) =>
    peekInvitation((await getFirstProject()).id, new URL(link).searchParams.get('token') ?? '');

  test('--json: prints a link that makes the first operator an owner', async () => {
    const { link, role, expires_at: end } = await json('operator', 'invite', '--email', 'first@example.com');
    expect(link).toMatch(/^http:\/\/localhost:3000\/setup\?token=[\w-]+$/);
    expect(role).toBe('owner');
    expect(Date.parse(end)).toBeGreaterThan(Date.now());
    expect(await invitationIn(link)).toMatchObject({ state: 'usable', email: 'first@example.com', role: 'owner' });
  });

  test('grants later operators the requested role, by default admin', async () => {
    const { organizationId } = await getFirstProject();
    const { id: identityId } = await json('identity', 'create', '--email', 'owner@example.com');
    const stamps = { createdAt: new Date(), updatedAt: new Date() };
    await (await db()).operator.create({ data: { id: newId(), organizationId, identityId, role: 'owner', ...stamps } });
    const byDefault = await json('operator', 'invite', '--email', 'second@example.com');
    expect(await invitationIn(byDefault.link)).toMatchObject({ role: 'admin' });
    const requested = await json('operator', 'invite', '--email', 'third@example.com', '--role', 'viewer');
    expect(await invitationIn(requested.link)).toMatchObject({ role: 'viewer' });
    const again = await signet('operator', 'invite', '--email', 'OWNER@example.com');
    expect(again).toEqual({ code: 1, out: '', err: 'This person is already an operator\n' });
  });

  test.each(['nonsense', 'ada@localhost', 'ada@', 'a b@example.com', `${'a'.repeat(250)}@example.com`])(
    'an address that no account can have is refused before there is a link: %s',
    async (address) => {
      const before = await (await db()).invitation.count();
      const { code, out, err } = await signet('operator', 'invite', '--email', address);
      expect([code, out]).toEqual([1, '']);
      expect(err).toBe(`"${address}" is not an email address that the identity schema accepts\n`);
      expect(await (await db()).invitation.count()).toBe(before);
    },
  );

  test('without --json: prints the link, its expiry and how to send it', async () => {
    const { code, out } = await signet('operator', 'invite', '--email', 'fourth@example.com');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}http:\/\/localhost:3000\/setup\?token=[\w-]+$/m);
    expect(out).toMatch(/Valid once, until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  });

  test('exits with 1 for an invalid address', async () => {
    expect((await signet('operator', 'invite', '--email', 'nobody')).code).toBe(1);
  });
});

describe('signing-key', () => {
  test('rotate activates the next key once clients can know it, or at once if urgent', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-02-01T00:00:00Z') });
    await json('signing-key', 'list');
    vi.setSystemTime(new Date('2026-02-01T00:06:00Z'));
    expect(await json('signing-key', 'rotate')).toEqual({ kid: expect.stringMatching(/-2$/), algorithm: 'ES256' });
    const early = await signet('signing-key', 'rotate');
    expect({ code: early.code, out: early.out }).toEqual({ code: 1, out: '' });
    expect(early.err).toContain('until 00:11:00 UTC');
    expect(await json('signing-key', 'rotate', '--now')).toEqual({
      kid: expect.stringMatching(/-3$/),
      algorithm: 'ES256',
    });
  });

  test('set-algorithm publishes a key, which list shows', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-02-01T01:00:00Z') });
    expect(await json('signing-key', 'set-algorithm', 'RS256')).toEqual({
      algorithm: 'RS256',
      signs_from: '2026-02-01T01:05:00.000Z',
    });
    const keys: Array<Record<string, string>> = await json('signing-key', 'list');
    expect(keys.map(({ state, algorithm }) => `${state} ${algorithm}`).slice(0, 2)).toEqual([
      'current ES256',
      'next RS256',
    ]);
    const { out } = await signet('signing-key', 'list');
    expect(out).toMatch(/^KEY ID +SIGNS +STATE +ALGORITHM +PUBLISHED$/m);
    expect((await signet('signing-key', 'set-algorithm', 'ES256')).out).toBe('Tokens are signed with ES256.\n');
  });

  test('revoke removes a key from the list and prints the current one', async () => {
    const [{ kid = '' } = {}, { kid: next = '' } = {}]: Array<Record<string, string>> = await json(
      'signing-key',
      'list',
    );
    expect(await json('signing-key', 'revoke', kid)).toEqual({
      kid,
      state: 'revoked',
      current: { kid: next, algorithm: 'ES256' },
    });
    const { code, out } = await signet('signing-key', 'revoke', kid);
    expect([code, out]).toEqual([0, expect.stringContaining('from their next request')]);
    expect((await json('signing-key', 'list')).map((key: Record<string, string>) => key.kid)).not.toContain(kid);
    expect(await signet('signing-key', 'revoke', 'nobody-1')).toMatchObject({
      code: 1,
      err: 'No signing key has this ID\n',
    });
  });
});

describe('usage errors', () => {
  test.each([
    [],
    ['nothing'],
    ['api-credential'],
    ['api-credential', 'nothing'],
    ['api-credential', 'create'],
    ['api-credential', 'create', '--name'],
    ['api-credential', 'create', '--name', 'x', '--method', 'none'],
    ['api-credential', 'create', '--name', 'x', '--expires-in-days', 'soon'],
    ['api-credential', 'create', '--name', 'x', '--expires-in-days', '0'],
    ['api-credential', 'create', '--name', 'x', '--unknown'],
    ['api-credential', 'create', '--name', 'x', 'surplus'],
    ['api-credential', 'rotate'],
    ['api-credential', 'rotate', 'sc_x', '--overlap-hours', '-1'],
    ['api-credential', 'rotate', 'sc_x', '--overlap-hours', ''],
    ['identity', 'create'],
    ['operator', 'invite'],
    ['operator', 'invite', '--email', 'a@example.com', '--role', 'king'],
    ['signing-key', 'revoke'],
    ['signing-key', 'set-algorithm'],
    ['signing-key', 'set-algorithm', 'HS256'],
    ['signing-key', 'rotate', '--algorithm', 'RS256'],
    ['api-credential', 'list-secrets'],
    ['api-credential', 'revoke-secret', 'sc_x'],
  ])('exits with 2: %j', async (...argv) => {
    const { code, out, err } = await signet(...(argv as string[]));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('requested help exits with 0', async () => {
    const { code, out, err } = await signet('api-credential', 'create', '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('--expires-in-days <days>');
  });
});

describe('failures', () => {
  beforeEach(async () => {
    await closeDb();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    resetEnv();
  });

  test('invalid settings: prints every fault without a stack trace', async () => {
    vi.stubEnv('SIGNET_SECRET', '');
    resetEnv();
    const { code, out, err } = await signet('api-credential', 'list');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('SIGNET_SECRET');
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('unreachable database: prints a reason without the password', async () => {
    vi.stubEnv('DATABASE_URL', 'postgresql://nobody:hush@127.0.0.1:1/none');
    resetEnv();
    const { code, out, err } = await signet('api-credential', 'list');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('database cannot be reached');
    expect(err).not.toContain('hush');
  });
});
