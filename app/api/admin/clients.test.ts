import * as ory from '@ory/client';
import * as kratos from '@ory/kratos-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { accessToken } from '@/testing/admin-api';
import { type ApiServer, startApi } from '@/testing/api-server';
import { addPasskey, signIn } from '@/testing/people';
import { RESOURCES } from '../routes';

/** Kratos' own clients, unmodified, over HTTP: Signet answers their calls as Kratos does. */
let server: ApiServer;
let token: string;
beforeAll(async () => {
  server = await startApi(RESOURCES);
  token = await accessToken(server.project, ['openid']);
});
afterAll(() => server.close());

const CLIENTS = [
  // Ory Network takes a bearer token; Kratos takes any header that a proxy checks.
  ['@ory/client', () => new ory.IdentityApi(new ory.Configuration({ basePath: server.origin, accessToken: token }))],
  [
    '@ory/kratos-client',
    () => new kratos.IdentityApi(new kratos.Configuration({ basePath: server.origin, apiKey: `Bearer ${token}` })),
  ],
] as const;

describe.each(CLIENTS)('%s', (_, connect) => {
  // Both clients have the same methods, so the types of either serve for both.
  const api = () => connect() as ory.IdentityApi;
  const traits = (first = 'Ada') => ({ email: `${newId()}@example.com`, name: { first } });
  const create = async (more = {}) =>
    (await api().createIdentity({ createIdentityBody: { schema_id: 'default', traits: traits(), ...more } })).data;
  const refusal = async (call: Promise<unknown>): Promise<{ status: number; data: { error: { reason: string } } }> => {
    const { response } = await call.then(
      () => expect.unreachable('it was not refused'),
      (error) => error,
    );
    return response;
  };

  test('creates and reads an identity', async () => {
    const sent = traits();
    const created = await api().createIdentity({
      createIdentityBody: {
        schema_id: 'default',
        traits: sent,
        state: 'active',
        metadata_public: { plan: 'pro' },
        metadata_admin: { crm: 7 },
        verifiable_addresses: [{ value: sent.email, verified: true, via: 'email', status: 'completed' }],
      },
    });
    expect([created.status, created.headers.location]).toEqual([
      201,
      `${server.origin}/admin/identities/${created.data.id}`,
    ]);
    const { data } = await api().getIdentity({ id: created.data.id, includeCredential: ['password', 'oidc'] });
    expect(data).toMatchObject({ ...created.data, credentials: {} });
    expect(data).toMatchObject({
      traits: sent,
      metadata_admin: { crm: 7 },
      verifiable_addresses: [{ verified: true }],
    });
    expect((await refusal(api().getIdentity({ id: newId() }))).status).toBe(404);
  });

  test('lists by keyset, by page and by filter', async () => {
    const made = [];
    for (let count = 0; count < 5; count++) made.push(await create());
    const ids = made.map(({ id }) => id);
    const first = await api().listIdentities({ ids, pageSize: 2 });
    const pages = [first.data];
    for (let link: string = first.headers.link; ; ) {
      const pageToken = /page_token=([^&>]+)[^>]*>; rel="next"/.exec(link)?.[1];
      if (pageToken === undefined) break;
      const page = await api().listIdentities({ ids, pageSize: 2, pageToken });
      pages.push(page.data);
      link = page.headers.link;
    }
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    const byPage = await api().listIdentities({ ids, perPage: 2, page: 1 });
    expect([byPage.data.map(({ id }) => id), byPage.headers['x-total-count']]).toEqual([ids.slice(2, 4), '5']);
    const [one] = made;
    const email = String(one?.traits.email);
    expect((await api().listIdentities({ credentialsIdentifier: email.toUpperCase() })).data).toMatchObject([
      { id: one?.id },
    ]);
    const similar = await api().listIdentities({ previewCredentialsIdentifierSimilar: email.slice(0, 30) });
    expect(similar.data).toMatchObject([{ id: one?.id }]);
  });

  test('updates, patches and deletes an identity', async () => {
    const { id, traits: before } = await create({ metadata_public: { a: 1 } });
    const updated = await api().updateIdentity({
      id,
      updateIdentityBody: { schema_id: 'default', state: 'inactive', traits: before, metadata_admin: { b: 2 } },
    });
    expect(updated.data).toMatchObject({ state: 'inactive', metadata_public: null, metadata_admin: { b: 2 } });
    const patched = await api().patchIdentity({
      id,
      jsonPatch: [
        { op: 'replace', path: '/state', value: 'active' },
        { op: 'add', path: '/external_id', value: `crm-${id}` },
        { op: 'replace', path: '/verifiable_addresses/0/verified', value: true },
      ],
    });
    expect(patched.data).toMatchObject({
      state: 'active',
      external_id: `crm-${id}`,
      verifiable_addresses: [{ verified: true }],
    });
    expect((await api().getIdentityByExternalID({ externalID: `crm-${id}` })).data.id).toBe(id);
    expect((await api().deleteIdentity({ id })).status).toBe(204);
    expect((await refusal(api().deleteIdentity({ id }))).status).toBe(404);
    expect((await refusal(api().getIdentityByExternalID({ externalID: `crm-${id}` }))).status).toBe(404);
  });

  test('creates identities in a batch', async () => {
    const { traits: taken } = await create();
    const patchId = crypto.randomUUID();
    const { data } = await api().batchPatchIdentities({
      patchIdentitiesBody: {
        identities: [
          { create: { schema_id: 'default', traits: traits() }, patch_id: patchId },
          { create: { schema_id: 'default', traits: taken as object } },
        ],
      },
    });
    expect(data.identities).toMatchObject([
      { action: 'create', patch_id: patchId },
      { action: 'error', error: { code: 409, status: 'Conflict' } },
    ]);
    expect((await api().getIdentity({ id: data.identities?.[0]?.identity ?? '' })).data.state).toBe('active');
  });

  test('receives errors in Kratos’ shape', async () => {
    const missing = await refusal(create({ schema_id: 'nope' }));
    expect([missing.status, missing.data.error.reason]).toEqual([400, 'Unable to find JSON Schema ID: nope']);
    const { traits: taken } = await create();
    expect((await refusal(create({ traits: taken }))).status).toBe(409);
    const body = [{ op: 'replace' as const, path: '/credentials', value: {} }];
    expect((await refusal(api().patchIdentity({ id: newId(), jsonPatch: body }))).status).toBe(400);
  });

  test('lists and revokes sessions, and reads a passkey', async () => {
    const { id } = await create();
    const proof = await signIn(server.project, await getIdentity(server.project.id, id));
    await addPasskey(proof);
    const { data } = await api().listIdentitySessions({ id });
    expect(data).toMatchObject([{ active: true }]);
    expect((await api().getSession({ id: data[0]?.id ?? '' })).data.active).toBe(true);
    const withPasskey = (await api().getIdentity({ id, includeCredential: ['passkey'] })).data;
    expect(Object.keys(withPasskey.credentials ?? {})).toEqual(['passkey']);
    expect((await api().disableSession({ id: data[0]?.id ?? '' })).status).toBe(204);
    expect((await api().deleteIdentitySessions({ id })).status).toBe(204);
  });

  test('creates a recovery code and a recovery link', async () => {
    const { id } = await create();
    const code = await api().createRecoveryCodeForIdentity({
      createRecoveryCodeForIdentityBody: { identity_id: id, expires_in: '1h' },
    });
    expect([code.status, code.data.recovery_code]).toEqual([
      201,
      expect.stringMatching(/^(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}$/),
    ]);
    const link = await api().createRecoveryLinkForIdentity({ createRecoveryLinkForIdentityBody: { identity_id: id } });
    expect([link.status, link.data.recovery_link]).toEqual([200, expect.stringContaining(server.origin)]);
  });

  test('reads schemas', async () => {
    const { data } = await api().listIdentitySchemas();
    expect(data.map(({ id }) => id)).toContain('default');
    expect((await api().getIdentitySchema({ id: 'default' })).data).toMatchObject({ type: 'object' });
  });
});
