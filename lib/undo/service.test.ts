import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { findChangeOfRequest, listIdentityEvents } from '@/lib/audit/service';
import { listPasskeys, renamePasskey } from '@/lib/credential/service';
import type { Identity, IdentityChange } from '@/lib/identity/model';
import {
  changeIdentity,
  createIdentity,
  deleteIdentity,
  getIdentity,
  markAddressVerified,
  patchIdentity,
} from '@/lib/identity/service';
import { type Actor, cliActor, systemActor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Json, JsonObject } from '@/lib/platform/json';
import type { Project } from '@/lib/project/model';
import { addSchemaVersion, createSchema } from '@/lib/schema/service';
import { findSession } from '@/lib/session/service';
import { grantRole } from '@/testing/operators';
import { addPasskey, makePerson, signIn, signInByMail } from '@/testing/people';
import { keepDeleted, makeProject } from '@/testing/project';
import { listUndoStates, undoEvent } from './service';

let project: Project;
let actor: Actor;

beforeAll(async () => {
  project = await makeProject();
  actor = { ...cliActor(project.id), kind: 'operator', id: newId() };
});

const newestEvents = (id: string, limit = 1) => listIdentityEvents(project.id, id, limit);
async function newestId(id: string): Promise<string> {
  const [event] = await newestEvents(id);
  return event?.id ?? '';
}
/** Sets these traits, and resolves to the event's ID. */
async function setTraits(identity: Identity, traits: JsonObject): Promise<string> {
  await changeIdentity(actor, identity.id, (current) => ({ traits: { ...current.traits, ...traits } }));
  return newestId(identity.id);
}
const undo = (identity: Identity, eventId: string) => undoEvent(actor, identity.id, eventId);
const traitsOf = async ({ id }: Identity) => JSON.stringify((await getIdentity(project.id, id)).traits);
const refusal = (obstacle: string) => ({ code: 'undo_impossible', details: { undoObstacle: obstacle } });

describe('undoing a change', () => {
  test('restores its fields only, to the same bytes, as a new change', async () => {
    const person = await makePerson(project, { first: 'Ada', last: 'Byron' });
    const before = await traitsOf(person);
    const event = await setTraits(person, { name: { last: 'Lovelace' } });
    await changeIdentity(actor, person.id, () => ({ metadataPublic: { plan: 'pro' } }));
    const after = await undo(person, event);
    expect(JSON.stringify(after.traits)).toBe(before);
    expect(after.metadataPublic).toEqual({ plan: 'pro' });
    const [undone] = await newestEvents(person.id);
    expect(undone).toMatchObject({
      type: 'identity.updated',
      actorId: actor.id,
      details: { undoes: event, changes: { '/traits/name/first': { before: null, after: 'Ada' } } },
    });
  });

  test('can be undone, again and again', async () => {
    const person = await makePerson(project, { first: 'Ada' });
    const event = await setTraits(person, { name: { first: 'Eve' } });
    await undo(person, event);
    const second = await newestId(person.id);
    expect((await undo(person, second)).traits.name).toEqual({ first: 'Eve' });
    await expect(undo(person, second)).rejects.toMatchObject(refusal('undone'));
    expect((await undo(person, event)).traits.name).toEqual({ first: 'Ada' });
    await expect(undo(person, event)).rejects.toMatchObject(refusal('undone'));
  });

  test('refuses to overwrite a later change, and names it', async () => {
    const person = await makePerson(project, { first: 'Ada' });
    const event = await setTraits(person, { name: { first: 'Eve' } });
    const later = await setTraits(person, { name: { first: 'Grace' } });
    const conflict = { pointer: '/traits/name/first', before: 'Ada', after: 'Eve', now: 'Grace', eventId: later };
    await expect(undo(person, event)).rejects.toMatchObject({
      code: 'undo_conflict',
      details: { undoConflicts: [conflict], reason: expect.stringContaining(later) },
    });
    // Also when it has the former value again.
    await setTraits(person, { name: { first: 'Eve' } });
    await expect(undo(person, event)).rejects.toMatchObject({ code: 'undo_conflict' });
  });

  test('of two at once, one wins', async () => {
    const person = await makePerson(project, { first: 'Ada' });
    const event = await setTraits(person, { name: { first: 'Eve' } });
    const outcomes = await Promise.allSettled([undo(person, event), undo(person, event)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusal('undone') });
  });

  test('restores metadata, external ID and the order of keys', async () => {
    const externalId = newId();
    const metadataAdmin = { z: 1, a: null, m: { deep: {} } };
    const person = await createIdentity(actor, {
      traits: { email: `${newId()}@example.com` },
      externalId,
      metadataAdmin,
    });
    const change = { metadataAdmin: { m: { deep: { x: 1 } }, z: 2 }, metadataPublic: [1], externalId: null };
    await changeIdentity(actor, person.id, () => change);
    const after = await undo(person, await newestId(person.id));
    expect(JSON.stringify(after.metadataAdmin)).toBe(JSON.stringify(metadataAdmin));
    expect([after.metadataPublic, after.externalId]).toEqual([null, externalId]);
  });

  test('refuses a stale precondition, another identity’s event, and what the guard refuses', async () => {
    const [person, other] = [await makePerson(project), await makePerson(project)];
    const event = await setTraits(person, { name: { first: 'Eve' } });
    await expect(undoEvent(actor, person.id, event, { ifMatch: '"1"' })).rejects.toMatchObject({
      code: 'precondition_failed',
    });
    await expect(undo(other, event)).rejects.toMatchObject({ code: 'not_found' });
    await expect(undo(person, newId())).rejects.toMatchObject({ code: 'not_found' });
    const guard = () => {
      throw new AppError('forbidden');
    };
    await expect(undoEvent(actor, person.id, event, { guard })).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = { ...actor, projectId: (await makeProject()).id };
    await expect(undoEvent(stranger, person.id, event)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('refuses what changed no field, and a permanent deletion', async () => {
    const person = await makePerson(project);
    await signIn(project, person);
    await expect(undo(person, await newestId(person.id))).rejects.toMatchObject(refusal('kind'));
    await deleteIdentity(actor, person.id, { purge: true });
    await expect(undo(person, await newestId(person.id))).rejects.toMatchObject(refusal('kind'));
  });

  test('deletes an identity that was created, unless it was changed since, and restores it', async () => {
    const kept = await makeProject();
    await keepDeleted(kept);
    const by = { ...actor, projectId: kept.id };
    const eventsOf = (id: string) => listIdentityEvents(kept.id, id, 10);
    const person = await makePerson(kept, { first: 'Ada' });
    const [created] = await eventsOf(person.id);
    await undoEvent(by, person.id, created?.id ?? '');
    const [deleted] = await eventsOf(person.id);
    expect((await undoEvent(by, person.id, deleted?.id ?? '')).traits).toEqual(person.traits);
    await expect(undoEvent(by, person.id, deleted?.id ?? '')).rejects.toMatchObject(refusal('undone'));
    await changeIdentity(by, person.id, () => ({ metadataPublic: 1 }));
    await expect(undoEvent(by, person.id, created?.id ?? '')).rejects.toMatchObject({ code: 'undo_conflict' });
  });

  test('refuses values that the schema no longer allows', async () => {
    const schemaId = `s-${newId()}`;
    const schemaOf = (properties: JsonObject) => ({
      type: 'object',
      properties: { traits: { type: 'object', properties } },
    });
    await createSchema(actor, schemaId, schemaOf({ size: { type: 'integer' } }));
    const person = await createIdentity(actor, { schemaId, traits: { size: 1 } });
    await setTraits(person, { size: 2 });
    const event = await newestId(person.id);
    const wider = await addSchemaVersion(actor, schemaId, schemaOf({ size: { type: 'integer', minimum: 2 } }));
    await changeIdentity(actor, person.id, () => ({ schemaId, schemaVersion: wider.version }));
    await expect(undo(person, event)).rejects.toMatchObject({ code: 'invalid_traits' });
    const moved = await newestId(person.id);
    expect((await undo(person, moved)).schemaVersion).toBe(1);
    expect((await undo(person, event)).traits).toEqual({ size: 1 });
  });

  test('returns to the version of the schema that was left', async () => {
    const schemaId = `s-${newId()}`;
    const document = { type: 'object', properties: { traits: { type: 'object', additionalProperties: true } } };
    await createSchema(actor, schemaId, document);
    const person = await createIdentity(actor, { schemaId, traits: { email: `${newId()}@example.com` } });
    await addSchemaVersion(actor, schemaId, { ...document, title: 'New' });
    await patchIdentity(actor, person.id, [{ op: 'replace', path: '/schema_id', value: 'default' }]);
    const after = await undo(person, await newestId(person.id));
    expect([after.schemaId, after.schemaVersion]).toEqual([schemaId, 1]);
  });
});

describe('undoing a change of the address', () => {
  const change = async (person: Identity) => {
    const email = `${newId()}@example.com`;
    return { email, event: await setTraits(person, { email }) };
  };

  test('restores it unverified', async () => {
    const person = await makePerson(project);
    const old = String(person.traits.email);
    await transaction((tx) => markAddressVerified(tx, systemActor(project.id), person.id, old));
    const { email, event } = await change(person);
    await transaction((tx) => markAddressVerified(tx, systemActor(project.id), person.id, email));
    const after = await undo(person, event);
    expect(after.identifiers).toEqual([old]);
    expect(after.verifiableAddresses).toMatchObject([{ value: old, verified: false }]);
    expect(after.recoveryAddresses).toMatchObject([{ value: old }]);
  });

  test('refuses an address that another identity has taken, naming it', async () => {
    const person = await makePerson(project);
    const old = String(person.traits.email);
    const { event } = await change(person);
    await createIdentity(actor, { traits: { email: old } });
    await expect(undo(person, event)).rejects.toMatchObject({
      code: 'identifier_taken',
      details: { reason: expect.stringContaining(old) },
    });
  });

  test('restores the flag that a program changed', async () => {
    const person = await makePerson(project);
    await patchIdentity(actor, person.id, [{ op: 'replace', path: '/verifiable_addresses/0/verified', value: true }]);
    const after = await undo(person, await newestId(person.id));
    expect(after.verifiableAddresses).toMatchObject([{ verified: false }]);
    expect((await undo(person, await newestId(person.id))).verifiableAddresses).toMatchObject([{ verified: true }]);
  });
});

describe('undoing a deactivation', () => {
  test('revives no session', async () => {
    const person = await makePerson(project);
    const { session } = await signInByMail(project, person);
    await changeIdentity(actor, person.id, () => ({ state: 'inactive' }));
    const event = await newestId(person.id);
    const after = await undo(person, event);
    expect(after.state).toBe('active');
    expect(await findSession(project.id, session.id)).toBeNull();
  });
});

describe('undoing the name of a passkey', () => {
  test('restores it, and refuses once the passkey was renamed again', async () => {
    const person = await makePerson(project);
    const { passkey } = await addPasskey(await signInByMail(project, person));
    await renamePasskey(actor, person.id, passkey.id, 'Blue key');
    const first = await newestId(person.id);
    await undo(person, first);
    const [{ name } = passkey] = await listPasskeys(project.id, person.id);
    expect(name).toBe(passkey.name);
    const undone = await newestId(person.id);
    await undo(person, undone);
    await renamePasskey(actor, person.id, passkey.id, 'Red key');
    await expect(undo(person, first)).rejects.toMatchObject({
      code: 'undo_conflict',
      details: { undoConflicts: [{ before: passkey.name, after: 'Blue key', now: 'Red key' }] },
    });
  });
});

test('refuses a program’s undo on an operator', async () => {
  const person = await makePerson(project);
  const event = await setTraits(person, { name: { first: 'Eve' } });
  await grantRole(person, 'viewer', project.organizationId);
  const program: Actor = { ...actor, kind: 'api_credential' };
  await expect(undoEvent(program, person.id, event)).rejects.toMatchObject({ code: 'operator_protected' });
  await expect(undo(person, event)).resolves.toMatchObject({ id: person.id });
});

test('lists which events of a history can be undone', async () => {
  const person = await makePerson(project, { first: 'Ada' });
  const first = await setTraits(person, { name: { first: 'Eve' } });
  const other = await setTraits(person, { name: { first: 'Eve', last: 'X' } });
  const later = await setTraits(person, { name: { first: 'Grace', last: 'X' } });
  await undo(person, other);
  const events = await newestEvents(person.id, 10);
  const states = await listUndoStates(project.id, events);
  expect(states.get(first)).toEqual({ obstacle: 'conflict', eventId: later });
  expect(states.get(later)).toEqual({ obstacle: null, eventId: null });
  expect(states.get(other)).toEqual({ obstacle: 'undone', eventId: events[0]?.id });
  expect(states.get(events.at(-1)?.id ?? '')).toEqual({ obstacle: 'conflict', eventId: later });
});

test('finds the change that a request made, in its own project', async () => {
  const person = await makePerson(project);
  const request = { ...actor, requestId: newId() };
  const find = (projectId: string, requestId = request.requestId) =>
    findChangeOfRequest(projectId, person.id, requestId, new Date(0));
  expect(await find(project.id)).toBeNull();
  await changeIdentity(request, person.id, () => ({ metadataPublic: 1 }));
  expect(await find(project.id)).toBe(await newestId(person.id));
  expect(await find((await makeProject()).id)).toBeNull();
  expect(await find(project.id, newId())).toBeNull();
});

describe('a random history', () => {
  const member = fc.constantFrom('a', 'b', 'c');
  const leaf = fc.constantFrom<Json>(null, 1, 'x', [1], [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], {});
  const object = fc.dictionary(member, fc.oneof(leaf, fc.dictionary(member, leaf, { maxKeys: 3 })), { maxKeys: 3 });
  const step = fc.record(
    {
      metadataPublic: object,
      metadataAdmin: fc.oneof(leaf, object),
      traits: object,
      state: fc.constantFrom('active', 'inactive'),
    },
    { requiredKeys: [] },
  );
  const fieldsOf = (identity: Identity) =>
    JSON.stringify([identity.traits, identity.metadataPublic, identity.metadataAdmin, identity.state]);
  let schemaId: string;

  beforeAll(async () => {
    schemaId = `s-${newId()}`;
    await createSchema(actor, schemaId, { properties: { traits: { type: 'object' } } });
  });

  /** The states after each event, oldest first. */
  async function live(steps: IdentityChange[]) {
    const person = await createIdentity(actor, { schemaId, traits: { a: { b: 1 }, c: null } });
    const states = [{ event: '', fields: fieldsOf(person) }];
    for (const change of steps) {
      const before = await getIdentity(project.id, person.id);
      const after = await changeIdentity(actor, person.id, () => change);
      if (after.version > before.version) states.push({ event: await newestId(person.id), fields: fieldsOf(after) });
    }
    return { person, states };
  }

  test('undone from the newest to the oldest, returns to the bytes of the first state', async () => {
    const isRestored = async (steps: IdentityChange[]) => {
      const { person, states } = await live(steps);
      for (const [index, { event }] of [...states.entries()].slice(1).reverse())
        expect(fieldsOf(await undo(person, event))).toBe(states[index - 1]?.fields);
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 6 }), isRestored), { numRuns: 25 });
  });

  test('undone at any place, restores exactly the fields of the event or refuses', async () => {
    const isExact = async (steps: IdentityChange[], place: number) => {
      const { person, states } = await live(steps);
      const { event = '' } = states[1 + (place % Math.max(1, states.length - 1))] ?? {};
      if (event === '') return;
      const before = await getIdentity(project.id, person.id);
      const outcome = await undo(person, event).catch((error: unknown) => error);
      if (!(outcome instanceof Error)) {
        const [undone, ...events] = await newestEvents(person.id, 20);
        const { changes } = events.find(({ id }) => id === event)?.details ?? {};
        const reverse = ([pointer, { before, after }]: [string, { before: Json; after: Json }]) =>
          [pointer, { before: after, after: before }] as const;
        const expected = Object.fromEntries(Object.entries(Object(changes)).map((entry) => reverse(entry as never)));
        expect(undone?.details.changes).toEqual(expected);
      } else {
        expect(outcome).toMatchObject({ code: expect.stringMatching(/^undo_/) });
        expect((await getIdentity(project.id, person.id)).version).toBe(before.version);
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 6 }), fc.nat(5), isExact), { numRuns: 25 });
  });
});
