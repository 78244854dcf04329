import { beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
import { changeIdentity, createIdentity, findIdentity, getIdentity } from '@/lib/identity/service';
import { handledCount } from '@/lib/job/model';
import { operatorPrincipal } from '@/lib/job/service';
import type { Project } from '@/lib/project/model';
import { runNow } from '@/lib/queue/service';
import { assignRole } from '@/lib/role/service';
import { listSessions } from '@/lib/session/service';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { makeOperator } from '@/testing/operators';
import { addPasskey, mailsTo, makePerson, signIn, signInByMail } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { type Actor, systemActor } from '../platform/actor';
import { db } from '../platform/db/client';
import { transaction } from '../platform/db/transaction';
import { newId } from '../platform/ids';
import type { BulkAction, BulkKind, BulkRequest, FIELD_KINDS, Selection } from './model';
import { getBulkAction, startBulkAction, stopBulkAction, surveyBulkAction } from './service';
import { runBulkAction } from './service/run';

type PlainKind = Exclude<BulkKind, (typeof FIELD_KINDS)[number]>;
const toRequest = (wanted: BulkRequest | PlainKind): BulkRequest =>
  typeof wanted === 'string' ? { kind: wanted } : wanted;

let project: Project;
let operator: Identity;
let actor: Actor;
const ALL: Selection = { matching: { words: '', state: null, schemaId: null, passkeys: null } };
const never = new AbortController().signal;

beforeEach(async () => {
  project = await makeProject();
  operator = await makeOperator(project, 'admin', project.organizationId);
  actor = { projectId: project.id, kind: 'operator', id: operator.id, requestId: newId(), address: '203.0.113.9' };
});

const survey = (request: BulkRequest | PlainKind, selection: Selection) =>
  surveyBulkAction(project, operator, toRequest(request), selection);

async function start(wanted: BulkRequest | PlainKind, selection: Selection): Promise<BulkAction> {
  const { affected } = await survey(wanted, selection);
  return startBulkAction(inputOf(toRequest(wanted), selection, affected));
}

const inputOf = (request: BulkRequest, selection: Selection, affected: number) => {
  const principal = operatorPrincipal(actor, operator, project.organizationId);
  return { project, operator, principal, request, selection, affected, locale: 'en' as const };
};

const finish = (action: BulkAction, signal = never) =>
  runNow({ name: 'bulk.run', run: runBulkAction }, action.id, signal);

async function run(request: BulkRequest | PlainKind, selection: Selection): Promise<BulkAction> {
  const action = await start(request, selection);
  await finish(action);
  return getBulkAction(project.id, action.id);
}

const stateOf = async ({ id }: Identity) => (await getIdentity(project.id, id)).state;
const eventsOf = async ({ id }: Identity) =>
  (await listEvents(project.id, { identityId: id }, { limit: 100 })).map(({ type, actorId, address }) => ({
    type,
    actorId,
    address,
  }));
const ids = (...identities: Identity[]) => ({ ids: identities.map(({ id }) => id) });

describe('a survey', () => {
  test('counts exactly what a deactivation changes, ends and leaves out', async () => {
    const [ada, grace, jean] = [await makePerson(project), await makePerson(project), await makePerson(project)];
    for (const person of [ada, ada, grace]) await signIn(project, person);
    await changeIdentity(systemActor(project.id), jean.id, () => ({ state: 'inactive' }));
    await makeOperator(project, 'owner', project.organizationId);
    const found = await survey('deactivate', ALL);
    expect(found).toEqual({
      ...{ samples: [], faults: [], invalid: [] },
      matched: 5,
      affected: 2,
      unchanged: 1,
      sessions: 3,
      passkeys: 0,
      leftOut: { self: 1, operator: 1 },
    });
  });

  test('leaves out only operators above the own role', async () => {
    const viewer = await makeOperator(project, 'viewer', project.organizationId);
    const owner = await makeOperator(project, 'owner', project.organizationId);
    expect(await survey('deactivate', ids(viewer, owner))).toMatchObject({ affected: 1, leftOut: { operator: 1 } });
  });

  test('counts sessions and passkeys that a deletion removes, and ignores unknown identities', async () => {
    const person = await makePerson(project);
    await addPasskey(await signInByMail(project, person));
    const selection = { ids: [person.id, newId(), 'nonsense', (await makePerson(await makeProject())).id] };
    expect(await survey('delete', selection)).toMatchObject({ matched: 1, affected: 1, sessions: 1, passkeys: 1 });
  });

  test('follows the filter', async () => {
    await makePerson(project, { first: 'Zebedee' });
    await makePerson(project, { first: 'Ada' });
    const matching = { words: 'zebed', state: 'active', schemaId: 'default', passkeys: 'none' } as const;
    expect(await survey('deactivate', { matching })).toMatchObject({ matched: 1, affected: 1 });
  });

  test('continues beyond one step', async () => {
    const made: Promise<Identity>[] = [];
    for (let at = 0; at < 520; at++) made.push(makePerson(project));
    await Promise.all(made);
    expect(await survey('deactivate', ALL)).toMatchObject({ matched: 521, affected: 520, leftOut: { self: 1 } });
  }, 60_000);
});

describe('a bulk action', () => {
  test('deactivates each identity with its own event, in the name of the operator', async () => {
    const [ada, grace] = [await makePerson(project), await makePerson(project)];
    await signIn(project, ada);
    const owner = await makeOperator(project, 'owner', project.organizationId);
    const action = await run('deactivate', ids(ada, grace, owner, operator));
    expect(action).toMatchObject({ done: 2, unchanged: 0, endedSessions: 1, endedBy: null, selection: null });
    expect(action.finishedAt).not.toBeNull();
    expect(action.leftOut.counts).toEqual({ operator: 1, self: 1 });
    expect(action.leftOut.people).toEqual(
      expect.arrayContaining([
        { id: owner.id, reason: 'operator' },
        { id: operator.id, reason: 'self' },
      ]),
    );
    expect([await stateOf(ada), await stateOf(owner), await stateOf(operator)]).toEqual([
      'inactive',
      'active',
      'active',
    ]);
    const event = { type: 'identity.updated', actorId: operator.id, address: '203.0.113.9' };
    for (const person of [ada, grace]) expect(await eventsOf(person)).toContainEqual(event);
    const ofJob = await listEvents(project.id, { jobId: action.id }, { limit: 100 });
    expect(ofJob.map(({ identityId }) => identityId).sort()).toEqual([ada.id, grace.id].sort());
  });

  test('activates and leaves active ones unchanged', async () => {
    const [ada, grace] = [await makePerson(project), await makePerson(project)];
    await changeIdentity(systemActor(project.id), ada.id, () => ({ state: 'inactive' }));
    expect(await run('activate', ids(ada, grace))).toMatchObject({ done: 1, unchanged: 1 });
    expect(await stateOf(ada)).toBe('active');
  });

  test('signs out everywhere without changing the state', async () => {
    const person = await makePerson(project);
    const proof = await signIn(project, person);
    expect(await run('sign_out', ids(person, await makePerson(project)))).toMatchObject({
      done: 1,
      unchanged: 1,
      endedSessions: 1,
    });
    expect(await listSessions(proof)).toEqual([]);
    expect(await stateOf(person)).toBe('active');
  });

  test('deletes with a last mail each', async () => {
    const person = await makePerson(project);
    expect(await run('delete', ids(person))).toMatchObject({ done: 1 });
    expect(await findIdentity(project.id, person.id)).toBeNull();
    expect(addressMail(person)).not.toBeNull();
    expect((await mailsTo(person)).map(({ kind }) => kind)).toEqual(['account_deleted']);
  });

  test('leaves out people created after the confirmation', async () => {
    await makePerson(project);
    const action = await start('deactivate', ALL);
    await new Promise((resolve) => setImmediate(resolve));
    const later = await createIdentity(systemActor(project.id), { traits: { email: 'later@example.com' } });
    await (await db()).identity.update({ where: { id: later.id }, data: { createdAt: new Date(Date.now() + 1000) } });
    await finish(action);
    expect(await getBulkAction(project.id, action.id)).toMatchObject({ done: 1, total: 2 });
    expect(await stateOf(later)).toBe('active');
  });

  test('is refused when the selection changed since it was counted', async () => {
    await makePerson(project);
    await expect(startBulkAction(inputOf({ kind: 'deactivate' }, ALL, 2))).rejects.toMatchObject({
      code: 'selection_changed',
    });
  });

  test('stores neither names nor IDs in clear text while it waits', async () => {
    const person = await makePerson(project);
    const action = await start('deactivate', {
      matching: { words: 'person', state: null, schemaId: null, passkeys: null },
    });
    const { bulkAction, job } = await db();
    const row = await bulkAction.findUniqueOrThrow({ where: { id: action.id } });
    expect(JSON.stringify(row)).not.toMatch(/person|203\.0\.113/);
    const queued = await job.findFirstOrThrow({ where: { kind: 'bulk.run', projectId: project.id } });
    expect(queued.payload).toBeNull();
    await finish(action);
    expect(await stateOf(person)).toBe('inactive');
  });
});

describe('an interrupted bulk action', () => {
  const three = async () => [await makePerson(project), await makePerson(project), await makePerson(project)];

  test('continues behind the last committed identity, and does nothing twice', async () => {
    const people = await three();
    const action = await start('deactivate', ids(...people));
    const { bulkAction } = await db();
    // Killed after the first: its transaction and the position are one commit.
    const [first] = people.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    await changeIdentity(actor, first?.id ?? '', () => ({ state: 'inactive' }));
    await bulkAction.update({ where: { id: action.id }, data: { position: first?.id ?? '', done: 1 } });
    await finish(action);
    const done = await getBulkAction(project.id, action.id);
    expect(done).toMatchObject({ done: 3, unchanged: 0 });
    for (const person of people) {
      expect(await stateOf(person)).toBe('inactive');
      expect((await eventsOf(person)).filter(({ type }) => type === 'identity.updated')).toHaveLength(1);
    }
  });

  test('stops at the next identity when it is stopped, and keeps what was done', async () => {
    const people = await three();
    const action = await start('deactivate', ids(...people));
    await stopBulkAction(project.id, action.id);
    await finish(action);
    const ended = await getBulkAction(project.id, action.id);
    expect(ended).toMatchObject({ done: 0, endedBy: 'stopped', selection: null });
    expect(handledCount(ended)).toBe(0);
    expect(await Promise.all(people.map(stateOf))).toEqual(['active', 'active', 'active']);
  });

  test.each([
    [
      'lost the role',
      (of: Identity) =>
        transaction((tx) => assignRole(tx, { organizationId: project.organizationId, identityId: of.id }, 'viewer')),
    ],
    [
      'was deactivated',
      (of: Identity) => changeIdentity(systemActor(project.id), of.id, () => ({ state: 'inactive' })),
    ],
  ])('ends when the operator %s', async (_, change) => {
    const people = await three();
    const action = await start('deactivate', ids(...people));
    await change(operator);
    await finish(action);
    expect(await getBulkAction(project.id, action.id)).toMatchObject({ done: 0, endedBy: 'not_permitted' });
    expect(await Promise.all(people.map(stateOf))).toEqual(['active', 'active', 'active']);
  });

  test('of another project is not found', async () => {
    const action = await start('deactivate', ids(await makePerson(project)));
    const other = await makeProject();
    await expect(getBulkAction(other.id, action.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(stopBulkAction(other.id, action.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('invitations to add a passkey', () => {
  const verified = async () => (await signInByMail(project, await makePerson(project))).identity;
  const device = (isBackedUp: boolean) =>
    new SoftwareAuthenticator({ origin: project.origin, isBackupEligible: isBackedUp, isBackedUp });

  test('go to verified people with no passkey or a single one on one device, once a month', async () => {
    const none = await verified();
    const single = await verified();
    await addPasskey(await signIn(project, single), device(false));
    const synced = await verified();
    await addPasskey(await signIn(project, synced), device(true));
    const unverified = await makePerson(project);
    const selection = ids(none, single, synced, unverified);
    expect(await survey('invite', selection)).toMatchObject({ affected: 2, leftOut: { not_needed: 1, no_address: 1 } });
    expect(await run('invite', selection)).toMatchObject({ done: 2 });
    const invitations = async (person: Identity) =>
      (await mailsTo(person)).flatMap((mail) => (mail.kind === 'passkey_invitation' ? [mail.params] : []));
    expect(await invitations(none)).toEqual([{ hasPasskey: false }]);
    expect(await invitations(single)).toEqual([{ hasPasskey: true }]);
    expect(await survey('invite', selection)).toMatchObject({ affected: 0, leftOut: { invited: 2 } });
    expect(await run('invite', selection)).toMatchObject({ done: 0 });
    expect(await invitations(none)).toHaveLength(1);
    expect((await eventsOf(none)).map(({ type }) => type)).toContain('passkey.invited');
  });
});
