import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { deliverDueWebhooks } from '@/lib/webhook/service';
import { accessToken, type Call, callHandler, type Handlers } from '@/testing/admin-api';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { type Receiver, startReceiver } from '@/testing/receiver';
import * as deliveryRoute from './[id]/deliveries/[event]/route';
import * as againRoute from './[id]/deliveries/[event]/send-again/route';
import * as deliveriesRoute from './[id]/deliveries/route';
import * as rotateRoute from './[id]/rotate/route';
import * as one from './[id]/route';
import * as testRoute from './[id]/test/route';
import * as all from './route';

let project: Project;
let token: string;
let receiver: Receiver;

beforeAll(async () => {
  project = await makeProject();
  token = await accessToken(project, ['openid']);
  receiver = await startReceiver();
});
afterAll(() => receiver.close());
beforeEach(async () => {
  const { webhookDelivery, webhookEndpoint } = await db();
  await webhookDelivery.deleteMany();
  await webhookEndpoint.deleteMany();
});

const caller =
  (path: string, handlers: Handlers) =>
  (method: string, params: Record<string, string> = {}, call: Call = {}) =>
    callHandler(project, path, handlers, method, { token, params, ...call });
const webhooks = caller('/admin/webhooks', all);
const webhook = caller('/admin/webhooks/{id}', one);
const rotate = caller('/admin/webhooks/{id}/rotate', rotateRoute);
const sendTest = caller('/admin/webhooks/{id}/test', testRoute);
const deliveries = caller('/admin/webhooks/{id}/deliveries', deliveriesRoute);
const delivery = caller('/admin/webhooks/{id}/deliveries/{event}', deliveryRoute);
const sendAgain = caller('/admin/webhooks/{id}/deliveries/{event}/send-again', againRoute);
const create = async (more: object = {}, headers: Record<string, string> = {}) =>
  webhooks('POST', {}, { body: { url: receiver.url, event_types: ['identity.created'], ...more }, headers });
const made = async () => (await create()).json();

test('a created webhook shows its secret once', async () => {
  const response = await create({ description: 'Mailing list' });
  expect(response.status).toBe(201);
  const { secret, ...rest } = await response.json();
  expect(secret).toMatch(/^whsec_/);
  expect(rest).toMatchObject({ url: receiver.url, description: 'Mailing list', active: true, off_reason: null });
  expect(response.headers.get('location')).toBe(`${project.origin}/admin/webhooks/${rest.id}`);
  expect(response.headers.get('etag')).toBe('"1"');
  const read = await webhook('GET', { id: rest.id });
  expect(read.headers.get('etag')).toBe('"1"');
  expect([await read.json(), await (await webhooks('GET')).json()]).toEqual([rest, [rest]]);
});

test('a repeated creation neither creates another one nor shows the secret again', async () => {
  const headers = { 'idempotency-key': newId() };
  const { id } = await (await create({}, headers)).json();
  const again = await create({}, headers);
  expect(again.status).toBe(409);
  const text = await again.text();
  expect(text).toContain(id);
  expect(text).not.toContain('whsec_');
  expect(await (await webhooks('GET')).json()).toHaveLength(1);
});

test('PUT replaces, and refuses a stale If-Match', async () => {
  const { id } = await made();
  const put = (body: object, ifMatch?: string) =>
    webhook('PUT', { id }, { body, ...(ifMatch && { headers: { 'if-match': ifMatch } }) });
  const changed = await put({ url: `${receiver.url}/new`, active: false }, '"1"');
  expect(changed.headers.get('etag')).toBe('"2"');
  expect(await changed.json()).toMatchObject({ event_types: null, active: false, off_reason: 'operator' });
  expect((await put({ url: receiver.url }, '"1"')).status).toBe(412);
  expect((await put({ url: receiver.url })).status).toBe(200);
  expect((await webhook('DELETE', { id }, { headers: { 'if-match': '"1"' } })).status).toBe(412);
  expect((await webhook('DELETE', { id })).status).toBe(204);
  expect((await webhook('GET', { id })).status).toBe(404);
  expect((await webhook('DELETE', { id })).status).toBe(404);
});

test.each([
  [{ url: 'http://example.com' }, '/url'],
  [{ url: 'https://user:password@example.com' }, '/url'],
  [{ event_types: [] }, '/event_types'],
  [{ event_types: ['identity.exploded'] }, '/event_types/0'],
  [{ secret: 'whsec_mine' }, '/secret'],
])('400 for %j', async (body, pointer) => {
  const response = await create(body);
  expect(response.status).toBe(400);
  expect((await response.json()).error.details.violations[0]).toMatchObject({ pointer });
});

test('a rotation returns the new secret, and until when the old one signs', async () => {
  const { id, secret } = await made();
  const rotated = await (await rotate('POST', { id }, { body: { overlap_hours: 2 } })).json();
  expect(rotated.secret).not.toBe(secret);
  const end = Date.parse(rotated.previous_secret_expires_at) - Date.now();
  expect(Math.round(end / 3_600_000)).toBe(2);
  expect((await rotate('POST', { id }, { body: { overlap_hours: 169 } })).status).toBe(400);
});

test('deliveries can be listed, read and sent again', async () => {
  const { id } = await made();
  for (let count = 0; count < 3; count++) await makePerson(project);
  receiver.answer = (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('thanks');
  await deliverDueWebhooks();
  const page = await deliveries('GET', { id }, { query: '?page_size=2' });
  expect(await page.json()).toHaveLength(2);
  const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? '';
  const rest = await (await deliveries('GET', { id }, { query: new URL(next).search })).json();
  expect(rest).toHaveLength(1);
  const [{ id: event, ...listed }] = rest;
  expect(listed).toMatchObject({ type: 'identity.created', state: 'delivered', status: 200, attempts: 1 });
  const detail = await (await delivery('GET', { id, event })).json();
  expect(JSON.parse(detail.request.body)).toMatchObject({ type: 'identity.created' });
  expect(detail.answer).toEqual({ content_type: 'text/plain', body: 'thanks', is_truncated: false });
  const again = await sendAgain('POST', { id, event });
  expect(again.status).toBe(202);
  expect(await again.json()).toMatchObject({ id: event, state: 'waiting' });
  const waiting = await (await deliveries('GET', { id }, { query: '?state=waiting' })).json();
  expect(waiting.map((item: { id: string }) => item.id)).toEqual([event]);
  expect((await deliveries('GET', { id }, { query: '?state=lost' })).status).toBe(400);
});

test('a test event is queued, unless the webhook is off', async () => {
  const { id } = await made();
  const response = await sendTest('POST', { id });
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({ type: 'webhook.test', state: 'waiting' });
  await webhook('PUT', { id }, { body: { url: receiver.url, active: false } });
  expect((await sendTest('POST', { id })).status).toBe(409);
});

test('reading needs webhooks:read, everything else webhooks:write', async () => {
  const { id } = await made();
  const read = await accessToken(project, ['webhooks:read']);
  const write = await accessToken(project, ['webhooks:write']);
  expect((await webhook('GET', { id }, { token: read })).status).toBe(200);
  expect((await webhook('GET', { id }, { token: write })).status).toBe(403);
  expect((await webhook('DELETE', { id }, { token: read })).status).toBe(403);
  expect((await sendTest('POST', { id }, { token: read })).status).toBe(403);
  expect((await sendTest('POST', { id }, { token: write })).status).toBe(202);
});
