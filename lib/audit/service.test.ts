import { beforeAll, expect, test } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, deleteIdentity } from '@/lib/identity/service';
import { changeRole } from '@/lib/operator/service';
import { cliActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { updateOrganization } from '@/lib/project/service';
import { makeOperator, makeOrganization, operatorActor } from '@/testing/operators';
import { actorOf, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { type AuditEvent, type AuditFilter, idAt } from './model';
import { findEvent, listEvents } from './service';

let project: Project;
let ada: Identity;
let grace: Identity;
let all: AuditEvent[];

beforeAll(async () => {
  project = await makeProject();
  const other = await makeProject();
  await signIn(other, await makePerson(other));
  [ada, grace] = [await makePerson(project), await makePerson(project)];
  await signIn(project, ada);
  for (let at = 0; at < 5; at++) await changeIdentity(actorOf(ada), ada.id, () => ({ metadataPublic: at }));
  await signIn(project, grace);
  all = await listEvents(project.id, {}, { limit: 100 });
});

const ids = (events: AuditEvent[]) => events.map(({ id }) => id);

test('lists the newest event first, and only those of the project', () => {
  expect(all).toHaveLength(9);
  expect(new Set(all.map(({ projectId }) => projectId))).toEqual(new Set([project.id]));
  expect(ids(all)).toEqual(ids(all).toSorted().reverse());
});

test.each<[string, () => AuditFilter, (event: AuditEvent) => boolean]>([
  ['type', () => ({ type: 'session.started' }), ({ type }) => type === 'session.started'],
  ['kind of actor', () => ({ actorKind: 'system' }), ({ actorKind }) => actorKind === 'system'],
  ['actor', () => ({ actorId: ada.id }), ({ actorId }) => actorId === ada.id],
  ['identity', () => ({ identityId: grace.id }), ({ identityId }) => identityId === grace.id],
  ['both', () => ({ type: 'identity.updated', identityId: ada.id }), ({ type }) => type === 'identity.updated'],
])('filters by %s', async (_, filter, matches) => {
  const found = await listEvents(project.id, filter(), { limit: 100 });
  expect(ids(found)).toEqual(ids(all.filter(matches)));
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(all.length);
});

test('a time range includes its start and excludes its end', async () => {
  const from = all.at(-3)?.createdAt ?? new Date();
  const since = await listEvents(project.id, { from }, { limit: 100 });
  expect(since.every(({ id }) => id >= idAt(from))).toBe(true);
  const before = await listEvents(project.id, { until: from }, { limit: 100 });
  expect([...ids(since), ...ids(before)]).toEqual(ids(all));
});

test('lists only the events of a job, in its own project', async () => {
  const home = await makeProject();
  const [ada, grace] = [await makePerson(home), await makePerson(home)];
  const jobId = newId();
  await changeIdentity({ ...cliActor(home.id), jobId }, ada.id, () => ({ state: 'inactive' }));
  await changeIdentity({ ...cliActor(home.id), jobId: newId() }, grace.id, () => ({ state: 'inactive' }));
  const found = await listEvents(home.id, { jobId }, { limit: 100 });
  expect(found).toMatchObject([{ type: 'identity.updated', identityId: ada.id, jobId }]);
  expect(await listEvents(home.id, { jobId, type: 'identity.created' }, { limit: 100 })).toEqual([]);
  expect(await listEvents((await makeProject()).id, { jobId }, { limit: 100 })).toEqual([]);
  const [outside] = await listEvents(home.id, { type: 'identity.created' }, { limit: 1 });
  expect(outside?.jobId).toBeNull();
});

test('lists only the events of the organization, also when other values contain its ID', async () => {
  const home = await makeProject();
  const ada = await makePerson(home);
  const [acme, other] = [await makeOrganization(home), await makeOrganization(home)];
  const owner = await makeOperator(home, 'owner', acme.id);
  const admin = await makeOperator(home, 'admin', acme.id);
  await makeOperator(home, 'owner', other.id);
  await updateOrganization(operatorActor(owner), acme.id, { base: { name: acme.name }, mine: { name: 'Acme Ltd' } });
  await changeRole(operatorActor(owner), acme.id, admin.id, 'viewer');
  await updateOrganization(operatorActor(owner), other.id, { base: { name: other.name }, mine: { name: acme.id } });
  const claim = { organization_id: acme.id };
  await changeIdentity(actorOf(ada), ada.id, () => ({ metadataPublic: claim }));
  const claimed = `x","organization_id":"${acme.id}`;
  await updateOrganization(operatorActor(owner), other.id, { base: { name: acme.id }, mine: { name: claimed } });
  const found = await listEvents(home.id, { organizationId: acme.id }, { limit: 100 });
  expect(found.map(({ type }) => type)).toEqual([
    'operator.role_changed',
    'organization.updated',
    'organization.created',
  ]);
  expect(found.every(({ details }) => details.organization_id === acme.id)).toBe(true);
  expect(await listEvents(home.id, { organizationId: newId() }, { limit: 100 })).toEqual([]);
});

test('an organization keeps the events of an erased identity', async () => {
  const home = await makeProject();
  const acme = await makeOrganization(home);
  const owner = await makeOperator(home, 'owner', acme.id);
  const admin = await makeOperator(home, 'admin', acme.id);
  await changeRole(operatorActor(owner), acme.id, admin.id, 'viewer');
  await deleteIdentity(cliActor(home.id), admin.id);
  const [event] = await listEvents(home.id, { organizationId: acme.id }, { limit: 1 });
  expect(event).toMatchObject({ type: 'operator.role_changed', identityId: admin.id, details: {}, address: null });
});

test('paging in either direction visits every event once', async () => {
  const older: AuditEvent[] = [];
  for (let page = await listEvents(project.id, {}, { limit: 2 }); page.length > 0; ) {
    older.push(...page);
    page = await listEvents(project.id, {}, { before: page.at(-1)?.id, limit: 2 });
  }
  expect(ids(older)).toEqual(ids(all));
  const newer: AuditEvent[] = [];
  for (let page = all.slice(-1); page.length > 0; ) {
    newer.unshift(...page);
    page = await listEvents(project.id, {}, { after: page[0]?.id, limit: 2 });
  }
  expect(ids(newer)).toEqual(ids(all));
});

test('finds an event only in its own project', async () => {
  const [event] = all;
  expect(await findEvent(project.id, event?.id ?? '')).toEqual(event);
  expect(await findEvent((await makeProject()).id, event?.id ?? '')).toBeNull();
  expect(await findEvent(project.id, newId())).toBeNull();
});
