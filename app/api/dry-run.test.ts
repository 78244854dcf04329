import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROUTE_LIST } from '@/lib/api/routes';
import { listSecrets, rotateApplicationSecret } from '@/lib/application/service';
import { toChangesResponse } from '@/lib/audit/contract';
import type { AuditEventType } from '@/lib/audit/model';
import { listIdentityEvents } from '@/lib/audit/service';
import { changeIdentity, createIdentity, getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { metrics } from '@/lib/platform/metrics';
import { accessToken, type Call, callHandler, type Handlers } from '@/testing/admin-api';
import { allRows } from '@/testing/all-rows';
import { makeTenant, type Tenant } from '@/testing/tenant';
import { RESOURCES } from './routes';

/**
 * `dry_run=true` on every call that writes: the same checks and refusals as the real call, a preview of what it does, and
 * not one row changed.
 */
const SCHEMA = { type: 'object', properties: { traits: { type: 'object' } } };
const newEmail = () => `${newId()}@example.com`;

/** A call of each route that succeeds. */
const CALLS: Record<string, (of: Tenant) => Call | Promise<Call>> = {
  'POST /admin/identities': () => ({ body: { traits: { email: newEmail() } } }),
  'PATCH /admin/identities': ({ email }) => ({
    body: { identities: [newEmail(), email].map((one) => ({ create: { traits: { email: one } } })) },
  }),
  'POST /admin/imports': () => ({ body: { traits: { email: newEmail() } } }),
  'PUT /admin/identities/{id}': ({ identity }) => ({
    params: { id: identity.id },
    body: { traits: { email: newEmail() } },
  }),
  'PATCH /admin/identities/{id}': ({ identity }) => ({
    params: { id: identity.id },
    body: [{ op: 'replace', path: '/state', value: 'inactive' }],
  }),
  'POST /admin/identities/{id}/history/{event}/undo': async ({ project, identity: { id } }) => {
    await changeIdentity(cliActor(project.id), id, () => ({ metadataPublic: newId() }));
    const [event] = await listIdentityEvents(project.id, id, 1);
    return { params: { id, event: event?.id ?? '' } };
  },
  'DELETE /admin/identities/{id}': ({ identity }) => ({ params: { id: identity.id } }),
  'POST /admin/identities/{id}/restore': ({ deletedId }) => ({ params: { id: deletedId }, body: {} }),
  'DELETE /admin/identities/{id}/sessions': ({ identity }) => ({ params: { id: identity.id } }),
  'DELETE /admin/identities/{id}/grants': ({ identity }) => ({ params: { id: identity.id } }),
  'DELETE /admin/identities/{id}/grants/{clientId}': ({ identity, application }) => ({
    params: { id: identity.id, clientId: application.clientId },
  }),
  'DELETE /admin/sessions/{id}': ({ proof }) => ({ params: { id: proof.session.id } }),
  'PATCH /admin/identities/{id}/credentials/passkey/{credentialId}': ({ identity, passkey }) => ({
    params: { id: identity.id, credentialId: passkey.id },
    body: { name: 'Renamed' },
  }),
  'DELETE /admin/identities/{id}/credentials/passkey/{credentialId}': ({ identity, passkey }) => ({
    params: { id: identity.id, credentialId: passkey.id },
  }),
  'DELETE /admin/identities/{id}/credentials/{type}': ({ identity, passkey }) => ({
    params: { id: identity.id, type: 'passkey' },
    query: `identifier=${passkey.credentialId}`,
  }),
  'POST /admin/recovery/link': ({ identity }) => ({ body: { identity_id: identity.id } }),
  'POST /admin/recovery/code': ({ identity }) => ({ body: { identity_id: identity.id } }),
  'POST /admin/schemas': () => ({ body: { id: newId(), schema: SCHEMA } }),
  'DELETE /admin/schemas/{id}': ({ spareSchemaId }) => ({ params: { id: spareSchemaId } }),
  'PUT /admin/schemas/{id}': ({ schemaId }) => ({ params: { id: schemaId }, body: { schema: SCHEMA } }),
  'POST /admin/applications': () => ({
    body: { client_name: 'Wiki', redirect_uris: ['https://wiki.example.com/callback'] },
  }),
  'PUT /admin/applications/{id}': ({ application: { clientId } }) => ({
    params: { id: clientId },
    body: { client_name: 'Wiki', redirect_uris: ['https://wiki.example.com/callback'], disabled: true },
  }),
  'DELETE /admin/applications/{id}': ({ application: { clientId } }) => ({ params: { id: clientId } }),
  'POST /admin/applications/{id}/secrets': ({ application: { clientId } }) => ({
    params: { id: clientId },
    body: { name: 'Server 2' },
  }),
  'DELETE /admin/applications/{id}/secrets/{secretId}': async ({ project, application }) => {
    const [previous] = await listSecrets(application, new Date());
    await rotateApplicationSecret(cliActor(project.id), application.clientId, { overlapHours: 1 });
    return { params: { id: application.clientId, secretId: previous?.id ?? '' } };
  },
  'POST /admin/groups': () => ({ body: { name: newId() } }),
  'PUT /admin/groups/{id}': ({ group: { id } }) => ({ params: { id }, body: { name: newId() } }),
  'DELETE /admin/groups/{id}': ({ group: { id } }) => ({ params: { id } }),
  'PUT /admin/groups/{id}/members/{identityId}': async ({ project, group }) => {
    const other = await createIdentity(cliActor(project.id), { traits: { email: newEmail() } });
    return { params: { id: group.id, identityId: other.id } };
  },
  'DELETE /admin/groups/{id}/members/{identityId}': ({ group, identity }) => ({
    params: { id: group.id, identityId: identity.id },
  }),
  'POST /admin/webhooks': () => ({ body: { url: 'https://hooks.example.com' } }),
  'PUT /admin/webhooks/{id}': ({ webhookId }) => ({
    params: { id: webhookId },
    body: { url: 'https://hooks.example.com/new' },
  }),
  'DELETE /admin/webhooks/{id}': ({ webhookId }) => ({ params: { id: webhookId } }),
  'POST /admin/webhooks/{id}/rotate': ({ webhookId }) => ({ params: { id: webhookId }, body: {} }),
  'POST /admin/jobs': ({ identity }) => ({
    body: { action: 'set_field', pointer: '/metadata_admin/plan', value: 'pro', ids: [identity.id] },
  }),
};

const WRITING = ROUTE_LIST.filter(({ row, method }) => row.scope !== undefined && method !== 'GET');
const PREVIEWED = WRITING.filter(({ row: { dryRun } }) => dryRun && 'members' in dryRun).map(({ name }) => name);
const ANSWERED = WRITING.filter(({ row: { dryRun } }) => dryRun && 'body' in dryRun).map(({ name }) => name);

beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});

function send(name: string, of: Tenant, call: Call, dryRun?: string): Promise<Response> {
  const [method = '', template = ''] = name.split(' ');
  const handlers = (RESOURCES as Record<string, Handlers>)[template] ?? {};
  const query = [call.query, dryRun].filter(Boolean).join('&');
  return callHandler(of.project, template, handlers, method, {
    token: of.token,
    ...call,
    ...(query !== '' && { query: `?${query}` }),
  });
}

const DRY = 'dry_run=true';
const eventsOf = async ({ project: { id: projectId } }: Tenant) =>
  (await db()).auditEvent.findMany({ where: { projectId }, orderBy: { id: 'asc' } });

test('every call that writes has a dry run, or says why not', () => {
  expect([...PREVIEWED, ...ANSWERED].filter((name) => !(name in CALLS))).toEqual([]);
});

describe('a dry run', () => {
  let of: Tenant;
  beforeAll(async () => {
    of = await makeTenant();
  });

  test.each([...PREVIEWED, ...ANSWERED])('%s: changes no row, counts nothing and queues nothing', async (name) => {
    const call = { ...(await CALLS[name]?.(of)), headers: { 'idempotency-key': newId() } };
    const before = await allRows();
    const counted = await metrics().mails.get();
    const response = await send(name, of, call, DRY);
    const body = await response.json();
    expect([response.status, body.dry_run], JSON.stringify(body)).toEqual([200, true]);
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('location')).toBeNull();
    expect(await allRows()).toEqual(before);
    expect(await metrics().mails.get()).toEqual(counted);
  });

  test.each(PREVIEWED)('%s: foretells the events of the call', async (name) => {
    const fresh = await makeTenant();
    const call = (await CALLS[name]?.(fresh)) ?? {};
    const { changes } = await (await send(name, fresh, call, DRY)).json();
    const known = new Set((await eventsOf(fresh)).map(({ id }) => id));
    const real = await send(name, fresh, call);
    expect(real.status, await real.clone().text()).toBeLessThan(300);
    const events = (await eventsOf(fresh)).filter(({ id }) => !known.has(id));
    const happened = events.map(({ type, identityId, details }) => ({
      type,
      identity_id: type === 'identity.created' ? null : identityId,
      changes: toChangesResponse(type as AuditEventType, JSON.parse(details)),
    }));
    expect(changes).toEqual(happened);
    expect(changes.length).toBeGreaterThan(0);
  });
});

describe('what ends', () => {
  const endsOf = async (name: string, of: Tenant) =>
    (await (await send(name, of, (await CALLS[name]?.(of)) ?? {}, DRY)).json()).ends;
  const NOTHING = { sessions: 0, passkeys: 0, recovery_codes: 0, codes: 0, links: 0, ceremonies: 0, addresses: 0 };
  const EVERYTHING = { sessions: 1, passkeys: 1, recovery_codes: 10, codes: 2, links: 0, ceremonies: 1, addresses: 1 };
  let of: Tenant;
  beforeAll(async () => {
    of = await makeTenant();
  });

  test('everything with an identity', async () => {
    expect(await endsOf('DELETE /admin/identities/{id}', of)).toEqual(EVERYTHING);
  });
  test('all access by a deactivation, which keeps passkeys and addresses', async () => {
    const expected = { ...EVERYTHING, passkeys: 0, addresses: 0 };
    expect(await endsOf('PATCH /admin/identities/{id}', of)).toEqual(expected);
  });
  test('the sessions', async () => {
    expect(await endsOf('DELETE /admin/identities/{id}/sessions', of)).toMatchObject({ sessions: 1, passkeys: 0 });
    expect(await endsOf('DELETE /admin/sessions/{id}', of)).toMatchObject({ sessions: 1, passkeys: 0 });
  });
  test('a passkey', async () => {
    const name = 'DELETE /admin/identities/{id}/credentials/passkey/{credentialId}';
    expect(await endsOf(name, of)).toEqual({ ...NOTHING, passkeys: 1 });
  });
  test('an earlier recovery by a new one', async () => {
    expect(await endsOf('POST /admin/recovery/code', of)).toEqual({ ...NOTHING, codes: 1 });
  });
  test('the address that another replaces', async () => {
    expect(await endsOf('PUT /admin/identities/{id}', of)).toEqual({ ...NOTHING, addresses: 1 });
  });
  test('nothing by a creation', async () => {
    expect(await endsOf('POST /admin/identities', of)).toEqual(NOTHING);
  });
});

describe('refusals are those of the call', () => {
  let of: Tenant;
  let operator: string;
  beforeAll(async () => {
    of = await makeTenant();
    operator = (await createIdentity(cliActor(of.project.id), { traits: { email: newEmail() } })).id;
    const data = { id: newId(), organizationId: of.project.organizationId, identityId: operator, role: 'viewer' };
    await (await db()).operator.create({ data: { ...data, createdAt: new Date(), updatedAt: new Date() } });
  });

  const ID = 'PATCH /admin/identities/{id}';
  const inactive = [{ op: 'replace', path: '/state', value: 'inactive' }];
  const REFUSALS: Record<string, [string, number, () => Call]> = {
    'without a token': ['POST /admin/identities', 401, () => ({ token: null, body: {} })],
    'a broken body': ['POST /admin/identities', 400, () => ({ rawBody: '{' })],
    'a missing body': ['POST /admin/identities', 400, () => ({})],
    'an unknown schema': ['POST /admin/identities', 400, () => ({ body: { schema_id: 'none', traits: {} } })],
    'invalid traits': ['POST /admin/identities', 400, () => ({ body: { traits: { email: 1 } } })],
    'an address in use': ['POST /admin/identities', 409, () => ({ body: { traits: { email: of.email } } })],
    'an external ID in use': [
      'POST /admin/identities',
      409,
      () => ({ body: { traits: { email: newEmail() }, external_id: of.identity.externalId } }),
    ],
    'an unknown identity': [ID, 404, () => ({ params: { id: newId() }, body: inactive })],
    'another media type': [
      ID,
      415,
      () => ({ params: { id: of.identity.id }, body: inactive, headers: { 'content-type': 'text/plain' } }),
    ],
    'a failed precondition': [
      ID,
      412,
      () => ({ params: { id: of.identity.id }, body: inactive, headers: { 'if-match': '"0"' } }),
    ],
    'a failed test': [
      ID,
      409,
      () => ({
        params: { id: of.identity.id },
        body: [{ op: 'test', path: '/state', value: 'inactive' }, ...inactive],
      }),
    ],
    'an operator': [ID, 403, () => ({ params: { id: operator }, body: inactive })],
    'deleting an operator': ['DELETE /admin/identities/{id}', 403, () => ({ params: { id: operator } })],
    'deleting what is not there': ['DELETE /admin/identities/{id}', 404, () => ({ params: { id: newId() } })],
    'an unknown session': ['DELETE /admin/sessions/{id}', 404, () => ({ params: { id: newId() } })],
    'an unknown passkey': [
      'DELETE /admin/identities/{id}/credentials/passkey/{credentialId}',
      404,
      () => ({ params: { id: of.identity.id, credentialId: newId() } }),
    ],
    'a missing parameter': [
      'DELETE /admin/identities/{id}/credentials/{type}',
      400,
      () => ({ params: { id: of.identity.id, type: 'passkey' } }),
    ],
    'a recovery of an operator': ['POST /admin/recovery/code', 403, () => ({ body: { identity_id: operator } })],
    'a schema in use': ['POST /admin/schemas', 409, () => ({ body: { id: 'default', schema: SCHEMA } })],
    'a faulty schema': ['POST /admin/schemas', 400, () => ({ body: { id: 'x', schema: { type: 1 } } })],
    'an unknown schema ID': [
      'PUT /admin/schemas/{id}',
      404,
      () => ({ params: { id: 'none' }, body: { schema: SCHEMA } }),
    ],
  };

  test.each(Object.entries(REFUSALS))('%s', async (_, [name, status, call]) => {
    const [dry, real] = [await send(name, of, call(), DRY), await send(name, of, call())];
    const text = await dry.text();
    expect([dry.status, text]).toEqual([status, await real.text()]);
    expect(real.status).toBe(status);
    expect(dry.headers.get('www-authenticate')).toBe(real.headers.get('www-authenticate'));
    expect(dry.headers.get('accept-patch')).toBe(real.headers.get('accept-patch'));
  });

  test('a scope that the token lacks', async () => {
    const token = await accessToken(of.project, ['identities:read']);
    const call = { params: { id: of.identity.id }, token };
    const [dry, real] = [
      await send('DELETE /admin/identities/{id}', of, call, DRY),
      await send('DELETE /admin/identities/{id}', of, call),
    ];
    expect([dry.status, await dry.text()]).toEqual([403, await real.text()]);
  });
});

describe('the parameter', () => {
  let of: Tenant;
  beforeAll(async () => {
    of = await makeTenant();
  });
  const create = (query: string) =>
    send('POST /admin/identities', of, { body: { traits: { email: newEmail() } }, query });

  test.each(['dry_run=', 'dry_run=1', 'dry_run=TRUE', 'dry_run', 'dry_run=true&dry_run=true', '%64ry_run=yes'])(
    'is refused as %s, before anything is done',
    async (query) => {
      const before = await allRows();
      const response = await create(query);
      expect([response.status, (await response.json()).error.reason]).toEqual([400, expect.stringMatching(/dry_run/)]);
      expect(await allRows()).toEqual(before);
    },
  );

  test('as false is the call itself', async () => {
    expect((await create('dry_run=false')).status).toBe(201);
  });

  test('written with escapes is a dry run', async () => {
    expect((await create('%64ry_run=true')).status).toBe(200);
  });

  test('is refused by a call that only reads', async () => {
    for (const name of ['GET /admin/identities', 'GET /admin/sessions', 'GET /admin/identities/{id}']) {
      const response = await send(name, of, { params: { id: of.identity.id } }, DRY);
      expect([name, response.status]).toEqual([name, 400]);
    }
  });
});

describe('a batch', () => {
  test('reports each item without IDs, and duplicates far apart in it', async () => {
    const of = await makeTenant();
    const email = newEmail();
    const others = Array.from({ length: 60 }, newEmail);
    const body = { identities: [email, ...others, email].map((one) => ({ create: { traits: { email: one } } })) };
    const before = await allRows();
    const { identities, changes } = await (await send('PATCH /admin/identities', of, { body }, DRY)).json();
    expect(identities).toHaveLength(62);
    expect(identities[0]).toEqual({ action: 'create' });
    expect(identities.at(-1)).toMatchObject({ action: 'error', error: { code: 409 } });
    expect(changes).toHaveLength(61);
    expect(await allRows()).toEqual(before);
  });
});

test('shows a token that may not read identities nothing of them', async () => {
  const of = await makeTenant();
  const token = await accessToken(of.project, ['identities:write']);
  const call = { ...(await CALLS['PUT /admin/identities/{id}']?.(of)), token };
  const response = await send('PUT /admin/identities/{id}', of, call, DRY);
  const text = await response.text();
  expect(JSON.parse(text).changes).toEqual([{ type: 'identity.updated', identity_id: of.identity.id, changes: [] }]);
  expect(text).not.toContain(of.email);
});

test('a dry run with If-Match of the current version succeeds, and the version stays', async () => {
  const of = await makeTenant();
  const { version } = await getIdentity(of.project.id, of.identity.id);
  const call = { ...(await CALLS['PATCH /admin/identities/{id}']?.(of)), headers: { 'if-match': `"${version}"` } };
  expect((await send('PATCH /admin/identities/{id}', of, call, DRY)).status).toBe(200);
  expect((await send('PATCH /admin/identities/{id}', of, call)).status).toBe(200);
});

test('dry runs among writes leave those writes as they are', async () => {
  const of = await makeTenant();
  const emails = Array.from({ length: 40 }, newEmail);
  const answers = await Promise.all(
    emails.map((email, at) =>
      send('POST /admin/identities', of, { body: { traits: { email } } }, at % 2 === 0 ? DRY : undefined),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(emails.map((_, at) => (at % 2 === 0 ? 200 : 201)));
  const stored = await (await db()).identifier.findMany({ where: { projectId: of.project.id, value: { in: emails } } });
  expect(stored.map(({ value }) => value).sort()).toEqual(emails.filter((_, at) => at % 2 === 1).sort());
});
