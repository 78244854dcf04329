import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { deliverDueWebhooks } from '@/lib/webhook/service';
import { json, signet } from '@/testing/command-line';
import { type Receiver, startReceiver } from '@/testing/receiver';

let receiver: Receiver;
let id: string;
let secret: string;

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());
beforeEach(async () => {
  const { webhookDelivery, webhookEndpoint } = await db();
  await webhookDelivery.deleteMany();
  await webhookEndpoint.deleteMany();
  const created = await json('webhook', 'create', '--url', receiver.url, '--event', 'identity.created');
  [id, secret] = [created.id, created.secret];
  receiver.received.length = 0;
});

const newPerson = () => json('identity', 'create', '--email', `${newId()}@example.com`);

test('create, list, update and rotate', async () => {
  expect(secret).toMatch(/^whsec_/);
  expect(await json('webhook', 'list')).toMatchObject([{ id, event_types: ['identity.created'], active: true }]);
  const changed = await json('webhook', 'update', id, '--event', 'all', '--off', '--description', 'Mails');
  expect(changed).toMatchObject({ event_types: null, active: false, description: 'Mails' });
  expect((await signet('webhook', 'list')).out).toMatch(/all +off/);
  expect((await json('webhook', 'rotate', id, '--overlap-hours', '0')).secret).not.toBe(secret);
  expect((await signet('webhook', 'create', '--url', 'http://example.com')).code).toBe(1);
  expect((await signet('webhook', 'create', '--url', receiver.url, '--event', 'nothing')).code).toBe(2);
  await json('webhook', 'delete', id);
  expect(await json('webhook', 'list')).toEqual([]);
});

test('deliveries, show-delivery, send-again and test', async () => {
  const { id: identity } = await newPerson();
  await deliverDueWebhooks();
  const [{ id: event }] = await json('webhook', 'deliveries', id, '--state', 'delivered');
  const shown = await json('webhook', 'show-delivery', id, event);
  expect(JSON.parse(shown.request.body).data).toMatchObject({ identity_id: identity });
  expect((await signet('webhook', 'show-delivery', id, event)).out).toMatch(/State +delivered/);
  expect(await json('webhook', 'send-again', id, event)).toMatchObject({ state: 'waiting' });
  expect(await json('webhook', 'test', id)).toMatchObject({ type: 'webhook.test' });
  expect((await signet('webhook', 'show-delivery', id, newId())).code).toBe(1);
});

test('listen prints events as a webhook receives them, and forwards them signed', async () => {
  const listening = signet(
    'webhook',
    'listen',
    '--event',
    'identity.created',
    '--count',
    '1',
    '--json',
    '--forward-to',
    receiver.url,
  );
  let isOver = false;
  const ended = listening.finally(() => {
    isOver = true;
  });
  // It prints what happens after it has begun to listen.
  const people: string[] = [];
  while (!isOver) people.push((await newPerson()).id);
  const { out, err } = await ended;
  const printed = JSON.parse(out.trim());
  expect(printed).toMatchObject({ answer: '204', body: { type: 'identity.created' } });
  expect(people).toContain(printed.body.data.identity_id);
  expect(err).toMatch(/signed with whsec_/);
  expect(receiver.received[0]?.headers).toMatchObject({
    'webhook-id': printed.id,
    'webhook-signature': printed.headers['webhook-signature'],
  });
  expect(await json('webhook', 'list')).toHaveLength(1);
});
