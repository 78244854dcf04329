import { beforeAll, expect, test } from 'vitest';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { makeProject } from '@/testing/project';
import type { AuditEvent, AuditFilter } from './model';
import { countByMethod, listEvents } from './repository';
import { insertEvents } from './repository/insert';

const EVENTS = 11_000; // more than two steps of a walk
const RARE = [3, 4, 5200, 10_400];
let projectId: string;
let events: AuditEvent[];

beforeAll(async () => {
  ({ id: projectId } = await makeProject());
  events = Array.from({ length: EVENTS }, (_, at) => ({
    id: newId(),
    projectId,
    type: at % 2 === 0 ? ('identity.created' as const) : ('identity.updated' as const),
    actorKind: RARE.includes(at) ? ('operator' as const) : ('system' as const),
    actorId: null,
    identityId: null,
    organizationId: null,
    requestId: null,
    address: null,
    jobId: null,
    details: at % 4 === 0 ? { method: 'passkey' } : {},
    createdAt: new Date(),
  }));
  for (let at = 0; at < EVENTS; at += 1000)
    await transaction(async (tx) => insertEvents(tx, events.slice(at, at + 1000)));
}, 60_000);

test.each<[AuditFilter, string[]]>([
  [{ actorKind: 'operator' }, ['operator']],
  [{ actorKind: 'operator', type: 'identity.created' }, ['operator', 'identity.created']],
  [{ actorKind: 'system' }, ['system']],
  [{ actorKind: 'cli' }, ['cli']],
])('filter %o: lists events by kind of actor in both directions', async (filter, [kind, type]) => {
  const newestFirst = events.filter((one) => one.actorKind === kind && one.type === (type ?? one.type)).reverse();
  const ids = newestFirst.map(({ id }) => id);
  const list = async (window: Parameters<typeof listEvents>[2]) =>
    (await listEvents(projectId, filter, window)).map(({ id }) => id).filter((id) => id >= (events[0]?.id ?? ''));
  const middle = events[5200]?.id ?? '';
  expect(await list({ limit: 3 })).toEqual(ids.slice(0, 3));
  expect(await list({ limit: 100, before: middle })).toEqual(ids.filter((id) => id < middle).slice(0, 100));
  expect(await list({ limit: 2, after: middle })).toEqual(ids.filter((id) => id > middle).slice(-2));
});

test('events of a period are counted by method in steps', async () => {
  const { id } = await makeProject();
  const until = new Date(Date.now() + 1000);
  const count = (of: string, before = until) => countByMethod(of, 'identity.created', new Date(0), before);
  expect(await count(projectId)).toEqual({ passkey: EVENTS / 4, code: 0, link: 0, other: EVENTS / 4 });
  const none = { passkey: 0, code: 0, link: 0, other: 0 };
  expect([await count(id), await count(projectId, new Date(1))]).toEqual([none, none]);
});
