import { beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import {
  changeIdentity,
  createIdentity,
  deleteIdentity,
  findIdentityByIdentifier,
  getIdentity,
  searchIdentities,
} from '@/lib/identity/service';
import type { Principal } from '@/lib/job/model';
import { operatorPrincipal } from '@/lib/job/service';
import type { Project } from '@/lib/project/model';
import { assignRole } from '@/lib/role/service';
import { addSchemaVersion, createSchema, findSchema, getSchema } from '@/lib/schema/service';
import { makeOperator, operatorActor } from '@/testing/operators';
import { mailsTo } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { documentOf, finish, storedTraits } from '@/testing/schema-change';
import { type Actor, cliActor } from '../platform/actor';
import { db } from '../platform/db/client';
import { transaction } from '../platform/db/transaction';
import type { JsonObject } from '../platform/json';
import type { Repair } from './model/repair';
import { deleteSchema, previewPeople, publishSchema, startImpact, undoSchemaChange } from './service';

let project: Project;
let actor: Actor;
let people = 0;
const CLI: Principal = { kind: 'cli' };
const TEXT = { type: 'string' };

beforeEach(async () => {
  project = await makeProject();
  actor = cliActor(project.id);
  await createSchema(actor, 'person', documentOf({ age: TEXT, tags: { type: 'array', items: TEXT }, phone: TEXT }));
});

function make(traits: JsonObject = {}): Promise<Identity> {
  const email = `one-${++people}@example.com`;
  return createIdentity(actor, { schemaId: 'person', traits: { email, ...traits } });
}

const draft = (document: JsonObject, repairs: Repair[] = []) => ({ schemaId: 'person', document, repairs });
const impactOf = async (document: JsonObject, repairs: Repair[] = [], principal: Principal = CLI) =>
  finish(await startImpact(principal, project.id, draft(document, repairs)));
const publish = async (document: JsonObject, repairs: Repair[] = [], principal: Principal = CLI) =>
  finish(await publishSchema(principal, project.id, draft(document, repairs)));
const undo = async ({ id }: { id: string }, principal: Principal = CLI) =>
  finish(await undoSchemaChange(principal, project.id, id));
const read = ({ id }: Identity) => getIdentity(project.id, id);

const NUMERIC = documentOf({ age: { type: 'integer' }, tags: { type: 'array', items: TEXT }, phone: TEXT });
const TO_INTEGER: Repair = { op: 'convert', pointer: '/traits/age', to: 'integer' };

describe('an impact', () => {
  test('counts who stays valid and who would not, by place and rule, and changes nothing', async () => {
    const [one] = [await make({ age: '41' }), await make({ age: 'old' }), await make(), await make({ phone: '1' })];
    await createIdentity(actor, { traits: { email: `other-${project.id}@example.com` } });
    const before = await storedTraits(project.id);
    const { impact, total, endedBy } = await impactOf(documentOf({ age: { type: 'integer' } }));
    expect({ total, endedBy }).toEqual({ total: 4, endedBy: null });
    expect(impact).toMatchObject({ scanned: 4, valid: 1, invalid: 3, repaired: 0, left: 0, operators: 0 });
    expect(impact?.reasons.map(({ pointer, keyword, count, found }) => [pointer, keyword, count, found])).toEqual([
      ['/traits/age', 'type', 2, ['text']],
      ['/traits/phone', 'additionalProperties', 1, ['text']],
    ]);
    expect(impact?.reasons[0]?.people[0]).toBe(one.id);
    expect(await storedTraits(project.id)).toEqual(before);
    expect((await findSchema(project.id, 'person'))?.version).toBe(1);
    expect(JSON.stringify(impact)).not.toContain('old');
  });

  test('says what the repairs do, and what they cannot', async () => {
    const good = await make({ age: '41' });
    const bad = await make({ age: 'old' });
    const change = await impactOf(NUMERIC, [TO_INTEGER]);
    expect(change.impact).toMatchObject({ repaired: 1, invalid: 1, repairs: [{ changed: 1, failed: 1 }] });
    expect(change.impact?.reasons).toMatchObject([
      { pointer: '/traits/age', keyword: 'repair', message: 'cannot be converted to an integer', people: [bad.id] },
    ]);
    const previews = await previewPeople(change, [good.id, bad.id]);
    expect(previews.get(good.id)?.changes).toEqual({ '/traits/age': { before: '41', after: 41 } });
    expect(previews.get(bad.id)?.faults).toMatchObject([{ value: 'old' }]);
  });

  test('removes and replaces only what the draft refuses', async () => {
    const [fine, refused] = [await make({ age: '41', phone: '1' }), await make({ age: '', phone: '2' })];
    const strict = documentOf({ age: { ...TEXT, minLength: 1 }, tags: {}, phone: TEXT }, ['phone']);
    for (const repair of [
      { op: 'remove', pointer: '/traits/age' },
      { op: 'replace', pointer: '/traits/age', value: 'unknown', keyword: 'minLength' },
    ] satisfies Repair[]) {
      const change = await impactOf(strict, [repair]);
      expect(change.impact).toMatchObject({ valid: 1, repaired: 1, repairs: [{ changed: 1, failed: 0 }] });
      expect((await previewPeople(change, [fine.id])).get(fine.id)).toMatchObject({ outcome: 'valid', changes: {} });
    }
    await publish(strict, [{ op: 'remove', pointer: '/traits/age' }]);
    expect(await read(fine)).toMatchObject({ schemaVersion: 2, traits: { age: '41', phone: '1' } });
    const { email } = refused.traits;
    expect(await read(refused)).toMatchObject({ schemaVersion: 2 });
    expect((await read(refused)).traits).toEqual({ email, phone: '2' });
  });

  test('leaves those on their version that a repair names', async () => {
    await make({ age: 'old' });
    const leave: Repair = { op: 'leave', pointer: '/traits/age' };
    expect((await impactOf(NUMERIC, [TO_INTEGER, leave])).impact).toMatchObject({ left: 1, invalid: 0 });
  });

  test('finds identifiers that two would share, and who would have none', async () => {
    const [one, two] = [await make({ phone: '+49 1' }), await make({ phone: '+49 1' })];
    await make();
    const byPhone = documentOf({ age: TEXT, tags: {}, phone: { ...TEXT, 'x-signet': { identifier: true } } });
    const { impact } = await impactOf(byPhone);
    expect(impact).toMatchObject({ valid: 2, invalid: 1 });
    expect(impact?.reasons).toMatchObject([{ keyword: 'identifier_taken', people: [two.id] }]);
    const without = await impactOf({ properties: { traits: { type: 'object' } } }, [
      { op: 'remove', pointer: '/traits/email', where: 'everywhere' },
    ]);
    expect(without.impact).toMatchObject({ repaired: 3, locked: 3 });
    expect((await publish(byPhone)).leftOut).toMatchObject({ people: [{ id: two.id, reason: 'identifier_taken' }] });
    expect((await findIdentityByIdentifier(project.id, '+49 1'))?.id).toBe(one.id);
  });

  test('resumes behind the last page that was stored, and counts no one twice', async () => {
    for (let at = 0; at < 300; at++) await make();
    const { id } = await startImpact(CLI, project.id, draft(NUMERIC));
    const stopping = new AbortController();
    stopping.abort(new Error('stopping'));
    await expect(finish({ projectId: project.id, id }, stopping.signal)).rejects.toThrow('stopping');
    expect((await finish({ projectId: project.id, id })).impact).toMatchObject({ scanned: 300, valid: 300 });
  });

  test('refuses a document that is no schema, and an unknown schema', async () => {
    await expect(startImpact(CLI, project.id, draft({ type: 'object' }))).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const unknown = { ...draft(NUMERIC), schemaId: 'nothing' };
    await expect(startImpact(CLI, project.id, unknown)).rejects.toMatchObject({ code: 'not_found' });
    const other = await makeProject();
    await expect(startImpact(CLI, other.id, draft(NUMERIC))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a publication', () => {
  test('moves those the new version accepts, with their repairs, and lists the others', async () => {
    const [fine, repaired, refused] = [await make(), await make({ age: '41' }), await make({ age: 'old' })];
    const change = await publish(NUMERIC, [TO_INTEGER]);
    expect(change).toMatchObject({ version: 2, total: 3, done: 2, endedBy: null, claim: null });
    expect(change.leftOut).toEqual({ counts: { invalid: 1 }, people: [{ id: refused.id, reason: 'invalid' }] });
    expect(await read(fine)).toMatchObject({ schemaVersion: 2, version: 2 });
    expect(await read(repaired)).toMatchObject({ schemaVersion: 2, traits: { age: 41 } });
    expect(await read(refused)).toMatchObject({ schemaVersion: 1, version: 1, traits: { age: 'old' } });
    expect(await make({ age: 7 })).toMatchObject({ schemaVersion: 2 });
  });

  test('records one event for each identity that it moves, under its job', async () => {
    const person = await make({ age: '41' });
    const { id } = await publish(NUMERIC, [TO_INTEGER]);
    const [event] = await listEvents(project.id, { identityId: person.id }, { limit: 1 });
    expect(event).toMatchObject({ type: 'identity.updated', jobId: id, actorKind: 'cli' });
    expect(event?.details.changes).toEqual({
      '/schema_version': { before: 1, after: 2 },
      '/traits/age': { before: '41', after: 41 },
    });
  });

  test('derives identifiers, addresses and search text again, and announces a changed address', async () => {
    const person = await make({ phone: `new-${project.id}@example.com` });
    const [old] = person.identifiers;
    await publish(documentOf({ age: TEXT, tags: {} }), [
      { op: 'remove', pointer: '/traits/email', where: 'everywhere' },
      { op: 'move', from: '/traits/phone', pointer: '/traits/email' },
    ]);
    const moved = await read(person);
    expect(moved.identifiers).toEqual([`new-${project.id}@example.com`]);
    expect(moved.verifiableAddresses).toMatchObject([{ value: `new-${project.id}@example.com`, verified: false }]);
    expect(await findIdentityByIdentifier(project.id, old ?? '')).toBeNull();
    const order = {
      sort: 'created',
      direction: 'ascending',
      cursor: { edge: 'first', place: null },
      limit: 10,
    } as const;
    const found = await searchIdentities(project.id, { ...order, words: `new-${project.id}` });
    expect(found.identities.map(({ id }) => id)).toEqual([person.id]);
    expect((await mailsTo(person)).length).toBeGreaterThan(0);
  });

  test('moves identities of every earlier version, also when the document is already published', async () => {
    const person = await make();
    await addSchemaVersion(actor, 'person', NUMERIC);
    const younger = await make();
    const change = await publish(NUMERIC);
    expect(change).toMatchObject({ version: 2, baseVersion: 2, done: 1, unchanged: 1 });
    expect([(await read(person)).schemaVersion, (await read(younger)).schemaVersion]).toEqual([2, 2]);
  });

  test('decides by what an identity is now: a change since the impact is listed if it no longer fits', async () => {
    const [good, bad] = [await make({ age: '41' }), await make({ age: '42' })];
    const impact = await impactOf(NUMERIC, [TO_INTEGER]);
    const job = await publishSchema(CLI, project.id, { ...draft(NUMERIC, [TO_INTEGER]), impactJobId: impact.id });
    await changeIdentity(actor, good.id, ({ traits }) => ({ traits: { ...traits, age: '43' } }));
    await changeIdentity(actor, bad.id, ({ traits }) => ({ traits: { ...traits, age: 'older' } }));
    const { done, leftOut } = await finish(job);
    expect({ done, people: leftOut.people }).toEqual({ done: 1, people: [{ id: bad.id, reason: 'changed' }] });
    expect(await read(good)).toMatchObject({ schemaVersion: 2, traits: { age: 43 } });
  });

  test('loses no change that is made while it moves', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => make({ age: '1' })));
    const job = await publishSchema(CLI, project.id, draft(NUMERIC, [TO_INTEGER]));
    const edits = all.map(({ id }) =>
      changeIdentity(actor, id, ({ traits }) => ({ traits: { ...traits, phone: `edited ${id}` } })),
    );
    const [change] = await Promise.all([finish(job), ...edits]);
    expect(change.done).toBe(40);
    for (const person of all)
      expect(await read(person)).toMatchObject({ schemaVersion: 2, traits: { age: 1, phone: `edited ${person.id}` } });
  });

  test('leaves operators out for programs, and for operators those above their role', async () => {
    const admin = await makeOperator(project, 'admin');
    const [peer, owner, person] = [await make(), await make(), await make()];
    const { organizationId } = project;
    await transaction((tx) => assignRole(tx, { organizationId, identityId: peer.id }, 'viewer'));
    await transaction((tx) => assignRole(tx, { organizationId, identityId: owner.id }, 'owner'));
    const principal = operatorPrincipal(operatorActor(admin), admin, organizationId);
    expect((await impactOf(NUMERIC, [], principal)).impact).toMatchObject({ valid: 2, operators: 1 });
    const change = await publish(NUMERIC, [], principal);
    expect(change.leftOut.people).toEqual([{ id: owner.id, reason: 'operator' }]);
    expect([(await read(peer)).schemaVersion, (await read(person)).schemaVersion]).toEqual([2, 2]);
    expect(await undo(change, principal)).toMatchObject({ done: 2, endedBy: null });
  });

  test('ends when the operator loses the role', async () => {
    const admin = await makeOperator(project, 'admin');
    const person = await make();
    const principal = operatorPrincipal(operatorActor(admin), admin, project.organizationId);
    const job = await publishSchema(principal, project.id, draft(NUMERIC));
    const { organizationId } = project;
    await transaction((tx) => assignRole(tx, { organizationId, identityId: admin.id }, 'viewer'));
    expect(await finish(job)).toMatchObject({ done: 0, endedBy: 'not_permitted', claim: null });
    expect((await read(person)).schemaVersion).toBe(1);
  });

  test('runs alone for its schema', async () => {
    await make();
    const first = await publishSchema(CLI, project.id, draft(NUMERIC));
    await expect(publishSchema(CLI, project.id, draft(documentOf()))).rejects.toMatchObject({
      code: 'version_conflict',
    });
    await finish(first);
    expect((await findSchema(project.id, 'person'))?.version).toBe(2);
  });

  test('refuses an impact of another draft, of other repairs, or of an older version', async () => {
    const { id: impactJobId } = await impactOf(NUMERIC);
    const refused = { code: 'schema_changed' };
    const start = (document: JsonObject, repairs: Repair[] = []) =>
      publishSchema(CLI, project.id, { ...draft(document, repairs), impactJobId });
    await expect(start(documentOf())).rejects.toMatchObject(refused);
    await expect(start(NUMERIC, [TO_INTEGER])).rejects.toMatchObject(refused);
    await addSchemaVersion(actor, 'person', documentOf({ age: TEXT }));
    await expect(start(NUMERIC)).rejects.toMatchObject(refused);
  });
});

describe('an undo', () => {
  const REPAIRS: Repair[] = [
    TO_INTEGER,
    { op: 'move', from: '/traits/phone', pointer: '/traits/contact/phone' },
    { op: 'convert', pointer: '/traits/tags', to: 'joined' },
    { op: 'default', pointer: '/traits/role', value: 'user' },
  ];
  const AFTER = documentOf({
    age: { type: ['integer', 'null'] },
    tags: TEXT,
    role: TEXT,
    contact: { type: 'object', properties: { phone: TEXT } },
  });
  const everyone = () =>
    Promise.all([
      make({ phone: '1', age: '41', tags: ['a', 'b'] }),
      make({ age: '7' }),
      make({ tags: [], phone: 'ü “x”' }),
      make(),
    ]);

  test('restores every byte of the traits, and an undo of the undo the state after', async () => {
    await everyone();
    const before = await storedTraits(project.id);
    const change = await publish(AFTER, REPAIRS);
    const after = await storedTraits(project.id);
    expect(change.done).toBe(4);
    expect(after).not.toEqual(before);
    const undone = await undo(change);
    expect(undone).toMatchObject({ done: 4, leftOut: { counts: {} } });
    expect(await storedTraits(project.id)).toEqual(before);
    expect((await findSchema(project.id, 'person'))?.version).toBe(1);
    expect((await make()).schemaVersion).toBe(1);
    const again = await undo(undone);
    expect(again.done).toBe(4);
    expect(((await storedTraits(project.id)) as JsonObject[]).slice(0, 4)).toEqual(after);
    expect((await findSchema(project.id, 'person'))?.version).toBe(2);
  });

  test('keeps what was changed since in other fields, and lists who changed the same', async () => {
    const [other, same, gone] = await everyone();
    const change = await publish(AFTER, REPAIRS);
    await changeIdentity(actor, other.id, () => ({ metadataPublic: { vip: true } }));
    await changeIdentity(actor, same.id, ({ traits }) => ({ traits: { ...traits, age: 8 } }));
    await deleteIdentity(actor, gone.id);
    const { done, leftOut } = await undo(change);
    expect(done).toBe(2);
    expect(leftOut.people.map(({ id, reason }) => [id, reason]).sort()).toEqual(
      [
        [same.id, 'conflict'],
        [gone.id, 'gone'],
      ].sort(),
    );
    expect(await read(other)).toMatchObject({ metadataPublic: { vip: true }, schemaVersion: 1, traits: { age: '41' } });
    expect(await read(same)).toMatchObject({ schemaVersion: 2, traits: { age: 8 } });
  });

  test('is done once', async () => {
    await make();
    const change = await publish(NUMERIC);
    await undo(change);
    await expect(undoSchemaChange(CLI, project.id, change.id)).rejects.toMatchObject({ code: 'version_conflict' });
    await expect(undoSchemaChange(CLI, (await makeProject()).id, change.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a later publication never uses the version number again', async () => {
    await make();
    await undo(await publish(NUMERIC));
    expect(await publish(documentOf({ age: TEXT }))).toMatchObject({ version: 3, baseVersion: 1, done: 1 });
    expect((await getSchema(project.id, 'person', 2)).document).toEqual(NUMERIC);
  });
});

describe('a deletion', () => {
  test('removes a schema that no identity has, and its ID can be used again', async () => {
    await deleteSchema(actor, 'person');
    expect(await findSchema(project.id, 'person')).toBeNull();
    await expect(make()).rejects.toMatchObject({ code: 'unknown_schema' });
    await expect(deleteSchema(actor, 'person')).rejects.toMatchObject({ code: 'not_found' });
    expect((await createSchema(actor, 'person', documentOf())).version).toBe(2);
    expect(await make()).toMatchObject({ schemaVersion: 2 });
  });

  test('refuses a schema that an identity in the recycle bin has', async () => {
    await (await db()).project.update({ where: { id: project.id }, data: { recycleBinDays: 30 } });
    await deleteIdentity(actor, (await make()).id);
    await expect(deleteSchema(actor, 'person')).rejects.toMatchObject({ code: 'schema_in_use' });
    const other = cliActor((await makeProject()).id);
    await createSchema(other, 'person', documentOf());
    await deleteSchema(other, 'person');
  });

  test('refuses a schema in use, the default schema, and one of another project', async () => {
    await make();
    await expect(deleteSchema(actor, 'person')).rejects.toMatchObject({ code: 'schema_in_use' });
    await expect(deleteSchema(actor, 'default')).rejects.toMatchObject({ code: 'default_schema_protected' });
    const other = cliActor((await makeProject()).id);
    await expect(deleteSchema(other, 'person')).rejects.toMatchObject({ code: 'not_found' });
  });
});
