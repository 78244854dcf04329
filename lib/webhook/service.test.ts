import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuditEventType } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, deleteIdentity } from '@/lib/identity/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject, getProject } from '@/lib/project/service';
import { readEvents } from '@/testing/events';
import { makeOperator } from '@/testing/operators';
import { lastMailTo } from '@/testing/outbox';
import { makePerson } from '@/testing/people';
import { deleteWhole, makeProject } from '@/testing/project';
import { type Received, type Receiver, startReceiver } from '@/testing/receiver';
import type { WebhookInput } from './contract';
import type { Webhook } from './model';
import { signMessage } from './secret';
import * as webhooks from './service';

let receiver: Receiver;
let project: Project;
let actor: Actor;
let ada: Identity;

beforeAll(async () => {
  receiver = await startReceiver();
  project = await makeProject();
  actor = cliActor(project.id);
});
afterAll(() => receiver.close());
beforeEach(async () => {
  const { webhookDelivery, webhookEndpoint } = await db();
  await webhookDelivery.deleteMany();
  await webhookEndpoint.deleteMany();
  ada = await makePerson(project);
  receiver.received.length = 0;
  receiver.answer = accept;
});

const accept: Receiver['answer'] = (_, response) => response.writeHead(204).end();
const refuse: Receiver['answer'] = (_, response) => response.writeHead(500).end('no');
const create = (more: Partial<WebhookInput> = {}) =>
  webhooks.createWebhook(actor, { url: receiver.url, description: '', eventTypes: CHANGES, isActive: true, ...more });
const CHANGES: AuditEventType[] = ['identity.created', 'identity.updated', 'identity.deleted', 'identity.purged'];
const rename = (identity: Identity, first: string) =>
  changeIdentity(actor, identity.id, (now) => ({ traits: { ...now.traits, name: { first } } }));
const deliver = (later = 0) => webhooks.deliverDueWebhooks({ now: () => new Date(Date.now() + later * 1000) });
const list = async ({ id }: Webhook) => (await webhooks.listDeliveries(project.id, id, { limit: 100 })).reverse();
const names = () => receiver.received.map(({ body }) => JSON.parse(body).data.changes?.[0]?.after);
const DAY = 24 * 60 * 60;

describe('an event', () => {
  test('is written for each endpoint that wants its type, in its own transaction', async () => {
    const { webhook: all } = await create({ eventTypes: null });
    const { webhook: some } = await create({ eventTypes: ['identity.updated'] });
    const { webhook: others } = await create({ eventTypes: ['identity.purged'] });
    const { webhook: off } = await create({ isActive: false });
    await makePerson(await makeProject());
    await rename(ada, 'Ada');
    const failed = transaction(async (tx) => {
      await recordEvent(tx, actor, { type: 'identity.updated', identityId: ada.id });
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    const types = async (webhook: Webhook) => (await list(webhook)).map(({ type }) => type);
    expect(await types(all)).toEqual([...Array(4).fill('webhook.created'), 'identity.updated']);
    expect(await types(some)).toEqual(['identity.updated']);
    expect([await types(others), await types(off)]).toEqual([[], []]);
  });

  test('arrives signed, with what changed', async () => {
    const { webhook, secret } = await create();
    await rename(ada, 'Ada');
    const [waiting] = await list(webhook);
    expect(await deliver()).toBe(1);
    const [request] = receiver.received as [Received];
    const { 'webhook-id': id = '', 'webhook-timestamp': time = '', 'webhook-signature': signature } = request.headers;
    expect(id).toBe(waiting?.eventId);
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
    expect(signature).toBe(signMessage(secret, { id, time: Number(time), body: request.body }));
    expect(JSON.parse(request.body)).toEqual({
      type: 'identity.updated',
      timestamp: waiting?.createdAt.toISOString(),
      data: {
        identity_id: ada.id,
        actor: { type: 'cli', id: null },
        organization_id: null,
        job_id: null,
        changes: [{ pointer: '/traits/name/first', before: null, after: 'Ada' }],
        details: {},
      },
    });
    const [delivery] = await list(webhook);
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, status: 204, fault: null, nextAttemptAt: null });
    expect(await deliver(DAY)).toBe(0);
  });

  test('about a deletion names the identity only', async () => {
    await create();
    await deleteIdentity(actor, ada.id);
    await deliver();
    const bodies = receiver.received.map(({ body }) => JSON.parse(body));
    expect(bodies).toMatchObject([{ type: 'identity.deleted', data: { identity_id: ada.id } }]);
    expect(Object.keys(bodies[0].data)).toEqual(['identity_id']);
  });
});

describe('a refused delivery', () => {
  test('is repeated with the same ID and body, and what was answered is kept', async () => {
    const { webhook } = await create();
    await rename(ada, 'Ada');
    receiver.answer = (_, response) => response.writeHead(500, { 'content-type': 'text/plain' }).end('x'.repeat(5000));
    await deliver();
    const [delivery] = await list(webhook);
    expect(delivery).toMatchObject({ state: 'waiting', attempts: 1, status: 500 });
    expect(delivery && (await webhooks.readContent(delivery))).toEqual({
      body: receiver.received[0]?.body,
      answer: { contentType: 'text/plain', body: 'x'.repeat(2048), isTruncated: true },
      isErased: false,
    });
    expect(await deliver()).toBe(0); // not due yet
    receiver.answer = accept;
    expect(await deliver(30)).toBe(1);
    const [first, second] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect((await list(webhook))[0]).toMatchObject({ state: 'delivered', attempts: 2, status: 204 });
  });

  test('holds back later events of the same identity only, and the log says so', async () => {
    const { webhook } = await create();
    const grace = await makePerson(project);
    await deliver(); // grace's creation
    receiver.received.length = 0;
    for (const name of ['one', 'two', 'three']) await rename(ada, name);
    await rename(grace, 'Grace');
    receiver.answer = ({ body }, response) => response.writeHead(body.includes('"one"') ? 400 : 204).end();
    await deliver();
    expect(names().sort()).toEqual(['Grace', 'one']);
    const [, one, two, three] = await list(webhook);
    expect([one?.waitsFor, two?.waitsFor, three?.waitsFor]).toEqual([null, one?.eventId, two?.eventId]);
    await rename(ada, 'four');
    receiver.received.length = 0;
    await deliver(1);
    expect(receiver.received).toEqual([]);
    receiver.answer = accept;
    await deliver(30);
    expect(names()).toEqual(['one', 'two', 'three', 'four']);
  });

  test.each([
    ['a redirect', 302, null],
    ['no answer in time', null, 'timeout'],
  ])('%s counts as a failure', async (_, status, fault) => {
    const { webhook } = await create();
    await rename(ada, 'Ada');
    receiver.answer = (_request, response) => {
      if (status) response.writeHead(status, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    };
    await webhooks.deliverDueWebhooks({ timeoutMillis: 50 });
    expect(receiver.received).toHaveLength(1);
    expect((await list(webhook))[0]).toMatchObject({ state: 'waiting', status, fault });
  });

  test('an address inside the network is not connected to', async () => {
    const { webhook } = await create({ url: `https://hooks.example.com:${receiver.port}` });
    await rename(ada, 'Ada');
    vi.stubEnv('SIGNET_PRIVATE_TARGETS', 'none');
    resetEnv();
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    await webhooks.deliverDueWebhooks({ resolve }).finally(() => {
      vi.unstubAllEnvs();
      resetEnv();
    });
    expect((await list(webhook))[0]).toMatchObject({ state: 'waiting', status: null, fault: 'address_refused' });
  });

  test('an endpoint that keeps failing is asked once in a while, and gets everything once it recovers', async () => {
    const { webhook } = await create();
    const people = await Promise.all(Array.from({ length: 8 }, () => makePerson(project)));
    receiver.answer = refuse;
    const tries = await deliver();
    expect(tries).toBeLessThan(8); // several at a time until the third failure
    expect(await deliver(1)).toBe(0);
    expect(await deliver(300)).toBe(1);
    receiver.answer = accept;
    receiver.received.length = 0;
    await deliver(3600);
    expect(receiver.received).toHaveLength(people.length);
    expect((await list(webhook)).every(({ state }) => state === 'delivered')).toBe(true);
    expect(await webhooks.getWebhook(project.id, webhook.id)).toMatchObject({ failures: 0, failingSince: null });
  });
});

describe('an endpoint is switched off', () => {
  test('after three days without success, with an event and a mail to owners and admins', async () => {
    const home = await ensureFirstProject('http://localhost:3000');
    const owner = await makeOperator(home, 'owner');
    const viewer = await makeOperator(home, 'viewer');
    const by = cliActor(home.id);
    const { webhook } = await webhooks.createWebhook(by, {
      url: `${receiver.url}/secret-path`,
      description: '',
      eventTypes: ['identity.created'],
      isActive: true,
    });
    await makePerson(home);
    receiver.answer = refuse;
    for (let hours = 0; hours < 80; hours += 8) await deliver(hours * 3600);
    const off = await webhooks.getWebhook(home.id, webhook.id);
    expect(off).toMatchObject({ isActive: false, offReason: 'failing' });
    const details = { webhook_id: webhook.id, url: `${new URL(receiver.url).origin}/…`, reason: 'failing' };
    expect((await readEvents(home.id, 'webhook.disabled'))[0]).toMatchObject({ actorKind: 'system', details });
    const to = owner.identifiers[0] ?? '';
    expect(await lastMailTo(to)).toMatchObject({ kind: 'webhook_disabled', params: { reason: 'failing' } });
    await expect(lastMailTo(viewer.identifiers[0] ?? '')).rejects.toThrow('no mail');
    await makePerson(home); // not recorded for it
    expect(await deliver(90 * 3600)).toBe(0);
    await webhooks.updateWebhook(by, webhook.id, { isActive: true });
    const late = await makePerson(home);
    receiver.answer = accept;
    receiver.received.length = 0;
    await deliver(100 * 3600);
    expect(receiver.received.map(({ body }) => JSON.parse(body).data.identity_id)).toEqual([late.id]);
  });

  test('at once where the receiver answers 410', async () => {
    const { webhook } = await create();
    await rename(ada, 'Ada');
    receiver.answer = (_, response) => response.writeHead(410).end();
    await deliver();
    expect(await webhooks.getWebhook(project.id, webhook.id)).toMatchObject({ isActive: false, offReason: 'gone' });
    await expect(webhooks.sendTestEvent(project.id, webhook.id)).rejects.toMatchObject({ code: 'webhook_off' });
  });
});

describe('several processes', () => {
  test('send each event once, those of one identity one after the other', async () => {
    await create();
    const people = await Promise.all(Array.from({ length: 4 }, () => makePerson(project)));
    for (const name of ['one', 'two', 'three']) for (const person of people) await rename(person, name);
    const open = new Map<string, number>();
    let most = 0;
    receiver.answer = ({ body }, response) => {
      const { identity_id: id } = JSON.parse(body).data;
      open.set(id, (open.get(id) ?? 0) + 1);
      most = Math.max(most, ...open.values());
      setImmediate(() => {
        open.set(id, (open.get(id) ?? 0) - 1);
        response.writeHead(204).end();
      });
    };
    await Promise.all([deliver(), deliver(), deliver()]);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size, most]).toEqual([16, 16, 1]);
    for (const { id } of people) {
      const own = receiver.received.map(({ body }) => JSON.parse(body)).filter(({ data }) => data.identity_id === id);
      expect(own.map(({ data }) => data.changes[0].after).slice(1)).toEqual(['one', 'two', 'three']);
    }
  });

  test('send again, under the same ID, what a killed one had sent without recording it', async () => {
    const { webhook } = await create();
    await rename(ada, 'Ada');
    receiver.answer = (_, response) => {
      vi.stubEnv('SIGNET_SECRET', ''); // what the process does next fails, as if it had been killed
      resetEnv();
      response.writeHead(204).end();
    };
    await deliver().catch(() => undefined);
    vi.unstubAllEnvs();
    resetEnv();
    receiver.answer = accept;
    expect((await list(webhook))[0]).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await deliver(1)).toBe(0); // its lease has not expired
    expect(await deliver(30)).toBe(1);
    const [first, second] = receiver.received;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    expect((await list(webhook))[0]).toMatchObject({ state: 'delivered' });
  });
});

describe('a secret', () => {
  test('signs beside its successor until the overlap ends', async () => {
    const { webhook, secret: old } = await create();
    const { secret, webhook: rotated } = await webhooks.rotateWebhookSecret(actor, webhook.id, { overlapHours: 1 });
    expect(rotated.previousUntil?.getTime()).toBeGreaterThan(Date.now());
    const signatures = async (later: number) => {
      receiver.received.length = 0;
      await rename(ada, newId());
      await deliver(later);
      const [{ headers, body }] = receiver.received as [Received];
      const message = { id: headers['webhook-id'] ?? '', time: Number(headers['webhook-timestamp']), body };
      const known = [secret, old].map((one) => signMessage(one, message));
      return (headers['webhook-signature'] ?? '').split(' ').map((signature) => known.indexOf(signature));
    };
    expect(await signatures(0)).toEqual([0, 1]);
    expect(await signatures(3601)).toEqual([0]);
  });

  test('ends at once without an overlap, and is never part of what is read', async () => {
    const { webhook, secret } = await create();
    const { webhook: rotated, secret: next } = await webhooks.rotateWebhookSecret(actor, webhook.id, {
      overlapHours: 0,
    });
    expect(rotated.previousUntil).toBeNull();
    const seen = JSON.stringify([
      await webhooks.listWebhooks(project.id),
      await webhooks.getWebhook(project.id, webhook.id),
      await readEvents(project.id, 'webhook.created'),
      await readEvents(project.id, 'webhook.rotated'),
      await (await db()).webhookEndpoint.findMany(),
    ]);
    for (const value of [secret, next]) expect(seen).not.toContain(value.slice('whsec_'.length));
  });
});

describe('what was sent', () => {
  test('goes with the identity it is about, also from a delivery in progress', async () => {
    const { webhook } = await create();
    await rename(ada, 'Secret name');
    receiver.answer = refuse;
    await deliver();
    await rename(ada, 'Second name');
    receiver.answer = (_, response) => {
      deleteIdentity(actor, ada.id).then(() => response.writeHead(500).end());
    };
    await deliver(30);
    const contents = await Promise.all((await list(webhook)).map((one) => webhooks.readContent(one)));
    expect(JSON.stringify(contents)).not.toMatch(/Secret name|Second name/);
    receiver.received.length = 0;
    receiver.answer = accept;
    await deliver(3600);
    expect(receiver.received).toHaveLength(3);
    expect(JSON.stringify(receiver.received)).not.toMatch(/Secret name|Second name/);
  });

  test('is encrypted where it is stored', async () => {
    await create();
    await rename(ada, 'Very special name');
    receiver.answer = (_, response) => response.writeHead(200).end('Very special answer');
    await deliver();
    const rows = JSON.stringify(await (await db()).webhookDelivery.findMany());
    expect(rows).not.toContain('Very special');
  });

  test('is kept for 30 days', async () => {
    const { webhook } = await create();
    await rename(ada, 'Ada');
    await deliver();
    await webhooks.purgeDeliveries(new Date(Date.now() + 29 * DAY * 1000));
    expect(await list(webhook)).toHaveLength(1);
    await webhooks.purgeDeliveries(new Date(Date.now() + 31 * DAY * 1000));
    expect(await list(webhook)).toEqual([]);
  });

  test('goes with its webhook, and with its project', async () => {
    const { webhook } = await create();
    await rename(ada, 'Ada');
    await webhooks.deleteWebhook(actor, webhook.id);
    await expect(webhooks.getWebhook(project.id, webhook.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await deliver()).toBe(0);
    await webhooks.purgeDeliveries();
    const { webhookDelivery, webhookEndpoint } = await db();
    expect([await webhookDelivery.count(), await webhookEndpoint.count()]).toEqual([0, 0]);
    const other = await makeProject();
    await webhooks.createWebhook(cliActor(other.id), {
      url: receiver.url,
      description: '',
      eventTypes: null,
      isActive: true,
    });
    await makePerson(other);
    await deleteWhole(other.id);
    expect([await webhookDelivery.count(), await webhookEndpoint.count()]).toEqual([0, 0]);
    await expect(getProject(other.id)).rejects.toThrow();
  });
});

describe('on request', () => {
  test('a test event is sent once, whatever is answered', async () => {
    const { webhook } = await create();
    receiver.answer = refuse;
    const { eventId } = await webhooks.sendTestEvent(project.id, webhook.id);
    await deliver();
    const body = JSON.parse(receiver.received[0]?.body ?? '');
    expect(body).toMatchObject({ type: 'webhook.test', data: { identity_id: null } });
    expect(await webhooks.getDelivery(project.id, webhook.id, eventId)).toMatchObject({ state: 'failed', status: 500 });
    expect(await webhooks.getWebhook(project.id, webhook.id)).toMatchObject({ failures: 0, isActive: true });
    expect(await deliver(DAY)).toBe(0);
  });

  test('a delivery is sent again under its ID', async () => {
    const { webhook } = await create();
    await rename(ada, 'Ada');
    await deliver();
    const [delivery] = await list(webhook);
    const again = await webhooks.sendAgain(project.id, webhook.id, delivery?.eventId ?? '');
    expect(again).toMatchObject({ state: 'waiting', attempts: 0 });
    await deliver(1);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([delivery?.eventId, delivery?.eventId]);
  });
});

describe('refuses', () => {
  test("another project's webhooks and deliveries", async () => {
    const { webhook } = await create();
    await rename(ada, 'Ada');
    const [delivery] = await list(webhook);
    const other = await makeProject();
    const stranger = cliActor(other.id);
    const calls = [
      () => webhooks.getWebhook(other.id, webhook.id),
      () => webhooks.updateWebhook(stranger, webhook.id, { isActive: false }),
      () => webhooks.deleteWebhook(stranger, webhook.id),
      () => webhooks.rotateWebhookSecret(stranger, webhook.id, { overlapHours: 0 }),
      () => webhooks.sendTestEvent(other.id, webhook.id),
      () => webhooks.getDelivery(other.id, webhook.id, delivery?.eventId ?? ''),
      () => webhooks.sendAgain(other.id, webhook.id, delivery?.eventId ?? ''),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'not_found' });
    expect(await webhooks.listDeliveries(other.id, webhook.id, { limit: 10 })).toEqual([]);
  });

  test.each([
    { url: 'http://hooks.example.com' },
    { url: 'https://user:password@hooks.example.com' },
    { url: 'javascript:alert(1)' },
    { eventTypes: [] },
    { eventTypes: ['nothing.happened' as AuditEventType] },
    { description: 'a'.repeat(201) },
    { description: 'a\u202eb' },
  ])('%j', async (input) => {
    await expect(create(input)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a 21st webhook, also of concurrent creations', async () => {
    await Promise.all(Array.from({ length: 19 }, () => create({ isActive: false })));
    const results = await Promise.allSettled([create(), create(), create()]);
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({ reason: { code: 'too_many_webhooks' } });
    expect(await webhooks.listWebhooks(project.id)).toHaveLength(20);
  });

  test('a stale change, and merges one of other fields', async () => {
    const { webhook } = await create();
    const changed = await webhooks.updateWebhook(actor, webhook.id, { description: 'New' }, { ifMatch: '"1"' });
    expect(changed).toMatchObject({ version: 2, description: 'New' });
    const stale = webhooks.updateWebhook(actor, webhook.id, { description: 'Other' }, { ifMatch: '"1"' });
    await expect(stale).rejects.toMatchObject({ code: 'precondition_failed' });
    const base = { description: '', isActive: true };
    const conflict = webhooks.updateWebhook(actor, webhook.id, { description: 'Mine' }, { base });
    await expect(conflict).rejects.toMatchObject({ code: 'version_conflict' });
    expect(await webhooks.updateWebhook(actor, webhook.id, { isActive: false }, { base })).toMatchObject({
      description: 'New',
      isActive: false,
      offReason: 'operator',
    });
  });
});
