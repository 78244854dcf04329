import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createIdentity } from '@/lib/identity/service';
import { type Db, db } from '@/lib/platform/db/client';
import { driverOf } from '@/lib/platform/db/runner';
import { newId } from '@/lib/platform/ids';
import { adminApi, type Call } from '@/testing/admin-api';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
let client: Db;
beforeAll(async () => {
  api = await adminApi('/admin/identities', handlers);
  client = await db();
});
beforeEach(async () => {
  await client.identity.deleteMany();
});

const email = () => `${newId()}@example.com`;
const item = (address = email(), more: object = {}) => ({ create: { traits: { email: address }, ...more } });
async function patch(identities: unknown, call: Call = {}) {
  const response = await api.call('PATCH', { body: { identities }, ...call });
  return { response, status: response.status, body: await response.json() };
}
const actionsOf = (body: { identities: Array<{ action: string; error?: { code: number } } | null> }) =>
  body.identities.map((outcome) => outcome && (outcome.error?.code ?? outcome.action));

describe('PATCH 200', () => {
  test('creates each identity, in order, and echoes patch IDs', async () => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const { status, body } = await patch([
      { ...item('a@example.com', { external_id: 'x-1', metadata_admin: { n: 1 } }), patch_id: first },
      { ...item('b@example.com', { state: 'inactive' }), patch_id: second },
      item('c@example.com'),
    ]);
    expect(status).toBe(200);
    expect(body.identities).toEqual([
      { action: 'create', identity: expect.any(String), patch_id: first },
      { action: 'create', identity: expect.any(String), patch_id: second },
      { action: 'create', identity: expect.any(String) },
    ]);
    const rows = await client.identity.findMany({ orderBy: { id: 'asc' }, include: { identifiers: true } });
    expect(rows.map(({ id }) => id)).toEqual(body.identities.map(({ identity }: { identity: string }) => identity));
    expect(rows.map(({ identifiers }) => identifiers.map(({ value }) => value))).toEqual([
      ['a@example.com'],
      ['b@example.com'],
      ['c@example.com'],
    ]);
    expect(rows.map(({ state, externalId, metadataAdmin }) => [state, externalId, metadataAdmin])).toEqual([
      ['active', 'x-1', '{"n":1}'],
      ['inactive', null, null],
      ['active', null, null],
    ]);
  });

  test('reports the error of a refused item, and creates the others', async () => {
    await createIdentity(api.actor, { traits: { email: 'taken@example.com' }, externalId: 'taken' });
    const patchId = crypto.randomUUID();
    const { body } = await patch([
      item(),
      { ...item('TAKEN@example.com'), patch_id: patchId },
      item(email(), { external_id: 'taken' }),
      { create: { traits: { email: 'no address' } } },
      { create: { traits: { email: email() }, schema_id: 'nope' } },
      { create: { traits: { email: email() }, id: newId() } },
      { create: { traits: { email: email(), age: 3 } } },
      { create: null },
      {},
      item(),
    ]);
    expect(actionsOf(body)).toEqual(['create', 409, 409, 400, 400, 400, 400, null, null, 'create']);
    const [, taken, , malformed, unknown, id] = body.identities;
    expect(taken).toEqual({
      action: 'error',
      patch_id: patchId,
      error: {
        code: 409,
        status: 'Conflict',
        request: 'test-request',
        message: expect.stringContaining('conflicts with another identity'),
      },
    });
    expect(malformed.error.details.violations[0].pointer).toBe('/traits/email');
    expect(unknown.error.reason).toBe('Unable to find JSON Schema ID: nope');
    expect(id.error.reason).toContain('"id"');
    expect(await client.identity.count()).toBe(3);
  });

  test('gives an address or external ID to the first of several items, at any distance', async () => {
    const others = Array.from({ length: 120 }, () => item());
    const { body } = await patch([
      item('twice@example.com', { external_id: 'one' }),
      item('Twice@Example.com'),
      item(email(), { external_id: 'one' }),
      ...others,
      item('twice@example.com'),
    ]);
    expect(actionsOf(body)).toEqual(['create', 409, 409, ...others.map(() => 'create'), 409]);
  });

  test('leaves the values of a refused item free for the next one', async () => {
    await createIdentity(api.actor, { traits: { email: email() }, externalId: 'taken' });
    const { body } = await patch([item('free@example.com', { external_id: 'taken' }), item('free@example.com')]);
    expect(actionsOf(body)).toEqual([409, 'create']);
  });

  test('records an audit event per creation, and none for a refused item', async () => {
    const marked = email();
    const { body } = await patch([item(marked), item(marked), item()]);
    const created = body.identities.flatMap(({ identity }: { identity?: string }) => identity ?? []);
    const events = await client.auditEvent.findMany({ where: { identityId: { in: created } } });
    expect(events.map(({ type, actorKind, requestId }) => [type, actorKind, requestId])).toEqual(
      created.map(() => ['identity.created', 'api_credential', 'test-request']),
    );
    const about = { type: 'identity.created', details: { contains: marked } };
    expect(await client.auditEvent.count({ where: about })).toBe(1);
  });

  test('creates 1000 identities', { timeout: 60_000 }, async () => {
    const { body } = await patch(Array.from({ length: 1000 }, () => item()));
    expect(new Set(actionsOf(body))).toEqual(new Set(['create']));
    expect(await client.identity.count()).toBe(1000);
  });

  test('lets other writers proceed in between', async () => {
    const batch = patch(Array.from({ length: 300 }, () => item()));
    let isDone = false;
    const others = (async () => {
      let written = 0;
      for (; !isDone && written < 20; written++) await createIdentity(api.actor, { traits: { email: email() } });
      return written;
    })();
    const { body } = await batch;
    isDone = true;
    expect(body.identities.every(({ action }: { action: string }) => action === 'create')).toBe(true);
    const written = await others; // the last of them may still be running
    expect(await client.identity.count()).toBe(300 + written);
    expect(written).toBeGreaterThan(1);
  });

  test('creates each address once in concurrent batches', async () => {
    const items = Array.from({ length: 80 }, () => item());
    const answers = await Promise.all([items, items.toReversed(), items, items.toReversed()].map((all) => patch(all)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.flatMap(({ body }) => actionsOf(body)).filter((action) => action === 'create')).toHaveLength(80);
    expect(await client.identity.count()).toBe(80);
  });

  test('accepts an empty batch', async () => {
    expect((await patch([])).body).toEqual({ identities: [] });
  });

  test('accepts a body of 16 MiB, although each identity is limited to 1 MiB', async () => {
    const large = (bytes: number) => item(email(), { metadata_admin: 'x'.repeat(bytes) });
    const { status, body } = await patch([
      ...Array.from({ length: 15 }, () => large(1_000_000)),
      large(1_048_576),
      item(),
    ]);
    expect([status, actionsOf(body)]).toEqual([200, [...Array.from({ length: 15 }, () => 'create'), 413, 'create']]);
  });
});

describe('an interrupted batch', () => {
  test('reports the created items and those to resend', async () => {
    const items = Array.from({ length: 120 }, () => item());
    const driver = driverOf(client);
    const whole = driver.transaction.bind(driver);
    const transaction = vi.spyOn(driver, 'transaction').mockImplementation(async (work) => {
      if ((await client.identity.count()) > 0) throw Object.assign(new Error('no turn'), { code: 'P2028' });
      return whole(work);
    });
    const { status, body } = await patch(items);
    transaction.mockRestore();
    expect([status, await client.identity.count()]).toEqual([200, 50]);
    expect(actionsOf(body)).toEqual(items.map((_, at) => (at < 50 ? 'create' : 503)));
  });
});

describe('PATCH 400, 413, 415', () => {
  test.each<[string, unknown]>([
    ['no list', { identities: {} }],
    ['no identities', {}],
    ['another field', { identities: [], more: 1 }],
    ['an item with another field', { identities: [{ delete: newId() }] }],
    ['an item that is no object', { identities: [7] }],
    ['an identity that is no object', { identities: [{ create: [] }] }],
    ['a patch id that is no UUID', { identities: [{ ...item(), patch_id: 'x' }] }],
  ])('%s', async (_, body) => {
    expect((await api.call('PATCH', { body })).status).toBe(400);
  });

  test('refuses 1001 items', async () => {
    const { status, body } = await patch(Array.from({ length: 1001 }, () => item()));
    expect([status, body.error.reason]).toEqual([400, expect.stringContaining('1000')]);
    expect(await client.identity.count()).toBe(0);
  });

  test('refuses more than 16 MiB', async () => {
    const rawBody = `{"identities":[],"x":"${'x'.repeat(16 * 1024 * 1024)}"}`;
    expect((await api.call('PATCH', { rawBody })).status).toBe(413);
  });

  test('names the accepted content type', async () => {
    const { response, status } = await patch([], { headers: { 'content-type': 'text/plain' } });
    expect([status, response.headers.get('accept-patch')]).toEqual([415, 'application/json']);
  });
});
