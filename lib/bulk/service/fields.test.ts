import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Identity, IdentityChange } from '@/lib/identity/model';
import { changeIdentity, createIdentity, findIdentity, getIdentity } from '@/lib/identity/service';
import type { UndoJob } from '@/lib/job/model';
import { operatorPrincipal, startUndoJob } from '@/lib/job/service';
import { runUndoJob } from '@/lib/job/service/run-undo';
import { getJob, undoJob } from '@/lib/jobs/registry';
import type { JsonObject } from '@/lib/platform/json';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { runNow } from '@/lib/queue/service';
import { createSchema } from '@/lib/schema/service';
import { grantRole, makeOperator } from '@/testing/operators';
import { makePerson } from '@/testing/people';
import { keepDeleted, makeProject } from '@/testing/project';
import { type Actor, cliActor } from '../../platform/actor';
import { db } from '../../platform/db/client';
import { newId } from '../../platform/ids';
import type { BulkRequest, Selection } from '../model';
import { getBulkAction, startBulkAction, surveyBulkAction } from '../service';
import { runBulkAction } from './run';

let project: Project;
let operator: Identity;
let actor: Actor;
const never = new AbortController().signal;

beforeEach(async () => {
  project = await makeProject();
  operator = await makeOperator(project, 'admin', project.organizationId);
  actor = { projectId: project.id, kind: 'operator', id: operator.id, requestId: newId(), address: null };
});

const principal = () => operatorPrincipal(actor, operator, project.organizationId);
const ids = (...identities: Identity[]): Selection => ({ ids: identities.map(({ id }) => id) });
const survey = (request: BulkRequest, selection: Selection) => surveyBulkAction(project, operator, request, selection);

async function run(request: BulkRequest, selection: Selection): Promise<string> {
  const order = {
    project,
    operator,
    principal: principal(),
    request,
    selection,
    affected: null,
    locale: 'en' as const,
  };
  const { id } = await startBulkAction(order);
  await runNow({ name: 'bulk.run', run: runBulkAction }, id, never);
  return id;
}

async function undo(id: string): Promise<string> {
  const job = await undoJob(principal(), project.id, id);
  await runNow({ name: 'job.undo', run: runUndoJob }, job.id, never);
  return job.id;
}

/** The bytes that a change could touch. */
async function bytesOf({ id }: Identity) {
  const { identity, identifier } = await db();
  const row = await identity.findUniqueOrThrow({ where: { id } });
  const identifiers = await identifier.findMany({ where: { identityId: id }, orderBy: { value: 'asc' } });
  const { schemaId, schemaVersion, state, traits, metadataPublic, metadataAdmin, externalId } = row;
  const names = identifiers.map(({ value }) => value);
  return { schemaId, schemaVersion, state, traits, metadataPublic, metadataAdmin, externalId, names };
}

const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        email: { type: 'string', format: 'email', 'x-signet': { identifier: true } },
        plan: { type: 'string', enum: ['free', 'pro'] },
        name: { type: 'object', properties: { first: { type: 'string' }, last: { type: 'string' } } },
        seats: { type: 'integer' },
      },
      required: ['email'],
    },
  },
};

async function withSchema(traits: JsonObject, change: IdentityChange = {}): Promise<Identity> {
  const made = await createIdentity(cliActor(project.id), {
    schemaId: 'customer',
    traits: { email: `${newId()}@example.com`, ...traits },
  });
  return Object.keys(change).length === 0 ? made : changeIdentity(cliActor(project.id), made.id, () => change);
}

describe('fields', () => {
  beforeEach(async () => {
    await createSchema(cliActor(project.id), 'customer', SCHEMA);
  });

  test('a survey tells before and after of the first, and why others would be invalid', async () => {
    const [free, pro] = [await withSchema({ plan: 'free' }), await withSchema({ plan: 'pro' })];
    const other = await makePerson(project);
    const found = await survey({ kind: 'set_field', pointer: '/traits/plan', value: 'pro' }, ids(free, pro, operator));
    expect(found).toMatchObject({ matched: 3, affected: 1, unchanged: 1, leftOut: { self: 1 }, faults: [] });
    expect(found.samples).toMatchObject([
      { id: free.id, changes: { '/traits/plan': { before: 'free', after: 'pro' } } },
    ]);
    const wrong = await survey({ kind: 'set_field', pointer: '/traits/seats', value: 'many' }, ids(free, pro, other));
    expect(wrong).toMatchObject({ affected: 0, leftOut: { invalid: 3 } });
    expect(wrong.faults.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(wrong.invalid).toHaveLength(3);
  });

  test('does to each identity what the survey said, and leaves out the rest with reasons', async () => {
    const [free, pro] = [await withSchema({ plan: 'free' }), await withSchema({ plan: 'pro' })];
    const above = await makeOperator(project, 'owner', project.organizationId);
    const request: BulkRequest = { kind: 'set_field', pointer: '/traits/plan', value: 'pro' };
    const selection = ids(free, pro, above);
    const found = await survey(request, selection);
    const action = await getBulkAction(project.id, await run(request, selection));
    expect(action).toMatchObject({
      total: 3,
      done: found.affected,
      unchanged: found.unchanged,
      target: '/traits/plan',
    });
    expect(action.leftOut.counts).toEqual({ operator: 1 });
    expect((await getIdentity(project.id, free.id)).traits.plan).toBe('pro');
  });

  test('never takes away what a person signs in with', async () => {
    const person = await withSchema({});
    const request: BulkRequest = { kind: 'set_field', pointer: '/traits/email', value: 'all@example.com' };
    expect(await survey(request, ids(person))).toMatchObject({ affected: 0, leftOut: { identifier: 1 } });
    const action = await getBulkAction(project.id, await run(request, ids(person)));
    expect(action).toMatchObject({ done: 0, leftOut: { counts: { identifier: 1 } } });
    expect((await getIdentity(project.id, person.id)).traits.email).toBe(person.traits.email);
  });

  test('moves to a schema only those whose traits match it', async () => {
    const fits = await makePerson(project);
    const wrong = await createIdentity(cliActor(project.id), {
      traits: { email: `${newId()}@example.com` },
      metadataAdmin: { note: 1 },
    });
    const request: BulkRequest = { kind: 'move_schema', schemaId: 'customer' };
    const found = await survey(request, ids(fits, wrong));
    const action = await getBulkAction(project.id, await run(request, ids(fits, wrong)));
    expect([action.done, action.unchanged]).toEqual([found.affected, found.unchanged]);
    await expect(survey({ kind: 'move_schema', schemaId: 'none' }, ids(fits))).rejects.toMatchObject({
      code: 'unknown_schema',
    });
  });

  test('a member of metadata that is not an object is left out', async () => {
    const person = await withSchema({}, { metadataAdmin: 'text' });
    const request: BulkRequest = { kind: 'set_field', pointer: '/metadata_admin/plan', value: 1 };
    expect(await survey(request, ids(person))).toMatchObject({ affected: 0, leftOut: { invalid: 1 } });
    await run(request, ids(person));
    expect((await getIdentity(project.id, person.id)).metadataAdmin).toBe('text');
  });
});

const text = fc.constantFrom('Ada', 'B c', 'é', '<x>', '\u202eabc'.slice(1));
const metadata = fc.option(
  fc.dictionary(fc.constantFrom('a', 'b', 'plan', ''), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
);
const person = fc.record({
  traits: fc.record(
    {
      plan: fc.constantFrom('free', 'pro'),
      name: fc.record({ first: text, last: text }, { requiredKeys: [] }),
      seats: fc.nat(),
    },
    { requiredKeys: [] },
  ),
  metadataPublic: metadata,
  metadataAdmin: metadata,
  state: fc.constantFrom('active' as const, 'inactive' as const),
});
const request: fc.Arbitrary<BulkRequest> = fc.oneof(
  fc.record({
    kind: fc.constant('set_field' as const),
    pointer: fc.constantFrom('/traits/plan', '/traits/name/first', '/metadata_public/plan', '/metadata_admin/a/b'),
    value: fc.constantFrom('pro', 'x', '', null, 3, [1], { b: null }),
  }),
  fc.record({
    kind: fc.constant('remove_field' as const),
    pointer: fc.constantFrom(
      '/traits/name',
      '/traits/name/last',
      '/traits/seats',
      '/metadata_public/a',
      '/metadata_admin/plan',
    ),
  }),
  fc.record({ kind: fc.constantFrom('activate' as const, 'deactivate' as const) }),
);

test('an action and its undo restore every byte, and the undo of the undo repeats the action', async () => {
  await createSchema(cliActor(project.id), 'customer', SCHEMA);
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 3 }), request, async (some, wanted) => {
      const people: Identity[] = [];
      for (const { traits, ...rest } of some)
        people.push(await withSchema(traits as JsonObject, rest as IdentityChange));
      const before = await Promise.all(people.map(bytesOf));
      const action = await run(wanted, ids(...people));
      const after = await Promise.all(people.map(bytesOf));
      const { done, leftOut } = await getBulkAction(project.id, action);
      if (done === 0) {
        expect(after).toEqual(before);
        await expect(undo(action)).rejects.toMatchObject({ code: 'job_undo_impossible' });
        return;
      }
      const first = await undo(action);
      expect(await Promise.all(people.map(bytesOf)), JSON.stringify(leftOut)).toEqual(before);
      expect(await getJob(project.id, first)).toMatchObject({ done, unchanged: 0, leftOut: { counts: {} } });
      await undo(first);
      expect(await Promise.all(people.map(bytesOf))).toEqual(after);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('the undo of a deletion restores from the recycle bin, and its undo deletes again', async () => {
  await keepDeleted(project);
  const kept = await getProject(project.id);
  const [ada, grace] = [await makePerson(project), await makePerson(project)];
  const before = [await bytesOf(ada), await bytesOf(grace)];
  const order = { operator, principal: principal(), affected: null, locale: 'en' as const };
  const request = { kind: 'delete' } as const;
  const { id } = await startBulkAction({ ...order, project: kept, request, selection: ids(ada, grace) });
  await runNow({ name: 'bulk.run', run: runBulkAction }, id, never);
  expect(await findIdentity(project.id, ada.id)).toBeNull();
  const first = await undo(id);
  expect(await getJob(project.id, first)).toMatchObject({ done: 2, leftOut: { counts: {} } });
  expect([await bytesOf(ada), await bytesOf(grace)]).toEqual(before);
  await undo(first);
  expect(await findIdentity(project.id, ada.id)).toBeNull();
});

test('the undo of creations deletes whom nothing has changed since', async () => {
  const jobId = newId();
  const create = () =>
    createIdentity({ ...cliActor(project.id), jobId }, { traits: { email: `${newId()}@example.com` } });
  const [kept, changed] = [await create(), await create()];
  await changeIdentity(cliActor(project.id), changed.id, () => ({ metadataAdmin: { own: true } }));
  const id = await startUndoJob(principal(), project.id, jobId);
  await runNow({ name: 'job.undo', run: runUndoJob }, id, never);
  expect(await getJob(project.id, id)).toMatchObject({
    done: 1,
    leftOut: { people: [{ id: changed.id, reason: 'changed_since' }] },
  });
  expect(await findIdentity(project.id, kept.id)).toBeNull();
  expect(await findIdentity(project.id, changed.id)).not.toBeNull();
});

test('a permanent deletion offers no undo', async () => {
  const action = await run({ kind: 'delete' }, ids(await makePerson(project)));
  expect((await getJob(project.id, action)).undo).toEqual({ possible: false, reason: 'not_undoable' });
});

describe('undo of a job', () => {
  test('leaves what was changed since, with the reason, and restores the rest', async () => {
    const [ada, grace] = [await makePerson(project), await makePerson(project)];
    const action = await run({ kind: 'set_field', pointer: '/metadata_admin/plan', value: 'pro' }, ids(ada, grace));
    await changeIdentity(cliActor(project.id), ada.id, () => ({ metadataAdmin: { plan: 'own' } }));
    const job = await getJob(project.id, await undo(action));
    expect(job).toMatchObject({
      state: 'finished',
      done: 1,
      leftOut: { people: [{ id: ada.id, reason: 'changed_since' }] },
    });
    expect((await getIdentity(project.id, ada.id)).metadataAdmin).toEqual({ plan: 'own' });
    expect((await getIdentity(project.id, grace.id)).metadataAdmin).toBeNull();
    expect((await getJob(project.id, action)).undo).toEqual({ possible: false, reason: 'undone', jobId: job.id });
  });

  test('started twice at once is one job', async () => {
    const action = await run({ kind: 'deactivate' }, ids(await makePerson(project)));
    const started = await Promise.all([1, 2, 3].map(() => undoJob(principal(), project.id, action)));
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    expect(await (await db()).undoJob.count({ where: { undoes: action } })).toBe(1);
  });

  test('that was stopped can be done by another', async () => {
    const people = [await makePerson(project), await makePerson(project)];
    const action = await run({ kind: 'deactivate' }, ids(...people));
    const first = await startUndoJob(principal(), project.id, action);
    await (await db()).undoJob.update({
      where: { id: first },
      data: { endedBy: 'stopped' } satisfies Partial<UndoJob>,
    });
    await runNow({ name: 'job.undo', run: runUndoJob }, first, never);
    expect(await getJob(project.id, first)).toMatchObject({ state: 'stopped', done: 0 });
    const second = await undo(action);
    expect(second).not.toBe(first);
    expect(await getJob(project.id, second)).toMatchObject({ state: 'finished', done: 2 });
  });

  test('ends when the operator is deactivated', async () => {
    const person = await makePerson(project);
    const action = await run({ kind: 'deactivate' }, ids(person));
    const { id } = await undoJob(principal(), project.id, action);
    await changeIdentity(cliActor(project.id), operator.id, () => ({ state: 'inactive' }));
    await runNow({ name: 'job.undo', run: runUndoJob }, id, never);
    expect(await getJob(project.id, id)).toMatchObject({ state: 'failed', done: 0 });
    expect((await getIdentity(project.id, person.id)).state).toBe('inactive');
  });

  test('leaves out who has become an operator above the own role', async () => {
    const person = await makePerson(project);
    const action = await run({ kind: 'set_field', pointer: '/metadata_admin/plan', value: 1 }, ids(person));
    await grantRole(person, 'owner', project.organizationId);
    const job = await getJob(project.id, await undo(action));
    expect(job).toMatchObject({ done: 0, leftOut: { counts: { operator: 1 } } });
  });

  test('is refused while the job works, and for what has no undo', async () => {
    const person = await makePerson(project);
    const order = {
      project,
      operator,
      principal: principal(),
      selection: ids(person),
      affected: null,
      locale: 'en' as const,
    };
    const waiting = await startBulkAction({ ...order, request: { kind: 'deactivate' } });
    await expect(undoJob(principal(), project.id, waiting.id)).rejects.toMatchObject({ code: 'job_undo_impossible' });
    const ended = await run({ kind: 'sign_out' }, ids(person));
    expect((await getJob(project.id, ended)).undo).toEqual({ possible: false, reason: 'not_undoable' });
    await expect(undoJob(principal(), project.id, ended)).rejects.toMatchObject({ code: 'job_undo_impossible' });
  });

  test('of another project is not found', async () => {
    const action = await run({ kind: 'deactivate' }, ids(await makePerson(project)));
    const job = await undo(action);
    const other = await makeProject();
    for (const id of [action, job]) {
      await expect(getJob(other.id, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(undoJob(principal(), other.id, id)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
