import { beforeAll, describe, expect, test } from 'vitest';
import { listIdentityEvents, recordEvent } from '@/lib/audit/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { ensureFirstProject } from '@/lib/project/service';
import { insertSchema } from '@/lib/schema/repository';
import { makeProject } from '@/testing/project';
import { emailOf, type Identity } from './model';
import { toEtag } from './model/precondition';
import { updateIdentity } from './repository';
import * as identities from './service';
import { editOwnTraits } from './service/edit-fields';

let actor: Actor;
let organizationId: string;
const program = (): Actor => ({ ...actor, kind: 'api_credential', id: 'sc_test' });
const someone = (email = `${newId()}@example.com`, name: Record<string, string> = {}) =>
  identities.createIdentity(actor, { traits: { email, name } });

beforeAll(async () => {
  const project = await ensureFirstProject('http://localhost:3000');
  actor = cliActor(project.id);
  organizationId = project.organizationId;
});

describe('createIdentity', () => {
  test('keeps the trait as typed and the address lower-case, unverified', async () => {
    const identity = await someone('Żółć.王@Example.COM'.replace('Żółć.王', 'Zolc'));
    expect(identity.traits.email).toBe('Zolc@Example.COM');
    expect(identity.identifiers).toEqual(['zolc@example.com']);
    expect(emailOf(identity)).toBe('zolc@example.com');
    expect(identity.verifiableAddresses[0]).toMatchObject({ verified: false, status: 'pending' });
    const read = await identities.getIdentity(actor.projectId, identity.id);
    expect(read).toEqual(identity);
  });

  test('refuses an identifier in another case', async () => {
    await someone('taken@example.com');
    await expect(someone('TAKEN@example.com')).rejects.toMatchObject({ code: 'identifier_taken' });
  });

  test('refuses a taken external ID with its own code', async () => {
    const externalId = newId();
    await identities.createIdentity(actor, { traits: { email: `${newId()}@example.com` }, externalId });
    const second = identities.createIdentity(actor, { traits: { email: `${newId()}@example.com` }, externalId });
    await expect(second).rejects.toMatchObject({ code: 'external_id_taken' });
  });

  test('lets one of 60 concurrent creates of one address succeed', async () => {
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => someone('race@example.com')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason.code);
    expect(new Set(refusals)).toEqual(new Set(['identifier_taken']));
  });

  test('points at each trait that violates the schema', async () => {
    const refused = identities.createIdentity(actor, { traits: { email: 'no address', name: { first: 7 }, age: 3 } });
    await expect(refused).rejects.toMatchObject({ code: 'invalid_traits' });
    const pointers = await refused.catch((error) =>
      error.details.violations.map((v: { pointer: string }) => v.pointer),
    );
    expect(new Set(pointers)).toEqual(new Set(['/traits/email', '/traits/name/first', '/traits/age']));
  });

  test('refuses an unknown schema by name', async () => {
    const refused = identities.createIdentity(actor, { schemaId: 'x', traits: {} });
    await expect(refused).rejects.toMatchObject({
      code: 'unknown_schema',
      details: { reason: expect.stringContaining('x') },
    });
  });

  test('writes its event in the same transaction', async () => {
    const identity = await someone();
    const [event] = await listIdentityEvents(actor.projectId, identity.id, 10);
    expect(event).toMatchObject({ type: 'identity.created', actorKind: 'cli' });
    const before = await (await db()).auditEvent.count();
    await expect(someone(emailOf(identity) ?? '')).rejects.toThrow();
    expect(await (await db()).auditEvent.count()).toBe(before);
  });
});

describe('changeIdentity', () => {
  test('lets one of 20 concurrent writers with one If-Match succeed', async () => {
    const identity = await someone();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        identities.changeIdentity(actor, identity.id, () => ({ metadataPublic: { index } }), {
          ifMatch: toEtag(identity),
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'precondition_failed' });
    }
  });

  test('keeps concurrent changes of different fields without If-Match', async () => {
    const identity = await someone();
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        identities.changeIdentity(actor, identity.id, (current) => ({
          metadataPublic: { ...(current.metadataPublic as object), [`key${index}`]: index },
        })),
      ),
    );
    const after = await identities.getIdentity(actor.projectId, identity.id);
    expect(Object.keys(after.metadataPublic as object)).toHaveLength(12);
    expect(after.version).toBe(13);
  });

  test('writes nothing when nothing changes', async () => {
    const identity = await someone();
    const same = await identities.changeIdentity(actor, identity.id, () => ({
      traits: identity.traits,
      state: 'active',
    }));
    expect(same.version).toBe(identity.version);
    expect(await listIdentityEvents(actor.projectId, identity.id, 10)).toHaveLength(1);
  });

  test('deactivation raises the revocation epoch once; reactivation does not lower it', async () => {
    const identity = await someone();
    const off = await identities.changeIdentity(actor, identity.id, () => ({ state: 'inactive' }));
    expect(off.revocationEpoch).toBe(1);
    expect(off.stateChangedAt.getTime()).toBeGreaterThanOrEqual(identity.stateChangedAt.getTime());
    const on = await identities.changeIdentity(actor, identity.id, () => ({ state: 'active' }));
    expect(on.revocationEpoch).toBe(1);
  });

  test('a new email is a new, unverified address and frees the old identifier', async () => {
    const identity = await someone('old@example.com');
    await identities.changeIdentity(actor, identity.id, () => ({ verified: { 'old@example.com': true } }));
    const moved = await identities.changeIdentity(actor, identity.id, () => ({ traits: { email: 'new@example.com' } }));
    expect(moved.verifiableAddresses).toMatchObject([{ value: 'new@example.com', verified: false }]);
    expect((await someone('old@example.com')).id).not.toBe(identity.id);
    expect(await identities.findIdentityByIdentifier(actor.projectId, 'NEW@example.com')).toMatchObject({
      id: identity.id,
    });
  });

  test('records each field before and after in the event', async () => {
    const identity = await someone(undefined, { first: 'Ada' });
    const traits = { ...identity.traits, name: { first: 'Ada', last: 'Lovelace' } };
    await identities.changeIdentity(actor, identity.id, () => ({ traits }));
    const [event] = await listIdentityEvents(actor.projectId, identity.id, 1);
    expect(event?.details).toEqual({ changes: { '/traits/name/last': { before: null, after: 'Lovelace' } } });
  });

  test("does not find another project's identity", async () => {
    const identity = await someone();
    const foreign = { ...actor, projectId: newId() };
    await expect(identities.changeIdentity(foreign, identity.id, () => ({}))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('operators', () => {
  const makeOwner = async () => {
    const identity = await someone();
    const now = new Date();
    const data = {
      id: newId(),
      organizationId,
      identityId: identity.id,
      role: 'owner',
      createdAt: now,
      updatedAt: now,
    };
    await (await db()).operator.create({ data });
    return identity;
  };

  test('refuses changes and deletion by a program', async () => {
    const owner = await makeOwner();
    const change = identities.changeIdentity(program(), owner.id, () => ({ state: 'inactive' }));
    await expect(change).rejects.toMatchObject({ code: 'operator_protected' });
    await expect(identities.deleteIdentity(program(), owner.id)).rejects.toMatchObject({ code: 'operator_protected' });
    await (await db()).operator.deleteMany();
  });

  test('refuses to deactivate or delete the last active owner', async () => {
    const owner = await makeOwner();
    await expect(identities.deleteIdentity(actor, owner.id)).rejects.toMatchObject({ code: 'last_owner' });
    const change = identities.changeIdentity(actor, owner.id, () => ({ state: 'inactive' }));
    await expect(change).rejects.toMatchObject({ code: 'last_owner' });
    const second = await makeOwner();
    await identities.deleteIdentity(actor, second.id);
    await (await db()).operator.deleteMany();
  });
});

describe('deleteIdentity', () => {
  test('with purge, deletes dependents and redacts the values in its events', async () => {
    const identity = await someone();
    await identities.deleteIdentity(actor, identity.id, { purge: true });
    expect(await identities.findIdentity(actor.projectId, identity.id)).toBeNull();
    expect(await (await db()).identifier.count({ where: { identityId: identity.id } })).toBe(0);
    const events = await listIdentityEvents(actor.projectId, identity.id, 10);
    expect(events.map(({ type, details }) => [type, details])).toEqual([
      ['identity.deleted', {}],
      ['identity.created', {}],
    ]);
  });

  const self = ({ id }: Identity): Actor => ({ ...actor, kind: 'identity', id, address: '203.0.113.7' });
  const rememberOf = (by: Actor, identityId: string | null) =>
    transaction((tx) => recordEvent(tx, by, { type: 'passkey.deleted', identityId, details: { name: 'Theirs' } }));

  test('removes the client address from all events of a self-deleted identity', async () => {
    const identity = await someone();
    await rememberOf(self(identity), identity.id);
    await identities.deleteIdentity(self(identity), identity.id);
    const events = await listIdentityEvents(actor.projectId, identity.id, 10);
    expect(events.map(({ type, actorId, address, details }) => [type, actorId, address, details])).toEqual([
      ['identity.deleted', identity.id, null, {}],
      ['passkey.deleted', identity.id, null, {}],
      ['identity.created', null, null, {}],
    ]);
  });

  test('redacts only its address in events it caused in other identities and projects', async () => {
    const [gone, other] = await Promise.all([someone(), someone()]);
    const elsewhere = await makeProject();
    await rememberOf(self(gone), other.id);
    await rememberOf(self(gone), null);
    await rememberOf({ ...self(gone), kind: 'operator', projectId: elsewhere.id }, null);
    await rememberOf(self(other), other.id);
    await identities.deleteIdentity({ ...actor, kind: 'operator', id: other.id, address: '192.0.2.9' }, gone.id, {
      purge: true,
    });
    const events = await (await db()).auditEvent.findMany({ where: { actorId: { in: [gone.id, other.id] } } });
    const found = events.map(({ actorId, address, details }) => [actorId === gone.id, address, details]);
    expect(found).toHaveLength(5);
    expect(found).toEqual(
      expect.arrayContaining([
        ...Array.from({ length: 3 }, () => [true, null, '{"name":"Theirs"}']),
        [false, '203.0.113.7', '{"name":"Theirs"}'],
        [false, '192.0.2.9', '{}'],
      ]),
    );
  });

  test('redacts as thoroughly when the ID is given in capitals', async () => {
    const identity = await someone();
    await identities.deleteIdentity(actor, identity.id.toUpperCase(), { purge: true });
    const events = await listIdentityEvents(actor.projectId, identity.id, 10);
    expect(events.map(({ type, details }) => [type, details])).toEqual([
      ['identity.deleted', {}],
      ['identity.created', {}],
    ]);
  });

  test('lets one of two concurrent deletions succeed', async () => {
    const { id } = await someone();
    const results = await Promise.allSettled([
      identities.deleteIdentity(actor, id),
      identities.deleteIdentity(actor, id),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('rememberLocale', () => {
  test('changes neither version, ETag nor audit log', async () => {
    const identity = await someone();
    await identities.rememberLocale(identity, 'de');
    const after = await identities.getIdentity(actor.projectId, identity.id);
    expect(after).toEqual({ ...identity, locale: 'de' });
    expect(await listIdentityEvents(actor.projectId, identity.id, 10)).toHaveLength(1);
    const ifMatch = { ifMatch: toEtag(identity) };
    await identities.changeIdentity(actor, identity.id, () => ({ metadataPublic: 1 }), ifMatch);
    expect((await identities.getIdentity(actor.projectId, identity.id)).locale).toBe('de');
  });

  test('survives a change that read the identity before', async () => {
    const identity = await someone();
    await transaction(async (tx) => {
      const read = await identities.getIdentity(actor.projectId, identity.id, tx);
      await tx.identity.update({ where: { id: identity.id }, data: { locale: 'de' } });
      await updateIdentity(tx, read, { ...read, version: read.version + 1, metadataPublic: 1 });
    });
    const after = await identities.getIdentity(actor.projectId, identity.id);
    expect(after).toMatchObject({ locale: 'de', metadataPublic: 1 });
  });

  test('keeps a locale set at creation and ignores identities of another project', async () => {
    const traits = { email: `${newId()}@example.com` };
    const identity = await identities.createIdentity(actor, { traits, locale: 'en' });
    await identities.rememberLocale({ ...identity, projectId: newId() }, 'de');
    expect((await identities.getIdentity(actor.projectId, identity.id)).locale).toBe('en');
  });
});

describe('editOwnTraits', () => {
  const first = '/traits/name/first';
  const last = '/traits/name/last';

  test('changes only the fields open to self-service', async () => {
    const identity = await someone('mine@example.com', { first: 'Ada' });
    const after = await editOwnTraits(actor, identity.id, [
      { pointer: first, base: 'Ada', mine: 'Żółć 王 👩‍🔬' },
      { pointer: '/traits/email', base: 'mine@example.com', mine: 'evil@example.com' },
      { pointer: '/state', base: 'active', mine: 'inactive' },
    ]);
    expect(after.traits).toEqual({ email: 'mine@example.com', name: { first: 'Żółć 王 👩‍🔬' } });
    expect(after.state).toBe('active');
  });

  test('refuses to change an identifier even where the schema opens it', async () => {
    const { projectId } = actor;
    const kratos = { 'ory.sh/kratos': { credentials: { code: { identifier: true, via: 'email' } } } };
    const write = { selfService: 'write' };
    const properties = {
      email: { type: 'string', format: 'email', 'x-signet': { ...write, identifier: true } },
      second: { type: 'string', format: 'email', 'x-signet': write, ...kratos },
      nickname: { type: 'string', 'x-signet': write },
    };
    const document = { type: 'object', properties: { traits: { type: 'object', properties } } };
    const schema = { id: newId(), projectId, schemaId: 'open', version: 1, document, createdAt: new Date() };
    await transaction((tx) => insertSchema(tx, schema));
    const traits = { email: `${newId()}@example.com`, second: `${newId()}@example.com`, nickname: 'Ada' };
    const identity = await identities.createIdentity(actor, { schemaId: 'open', traits });
    expect(identity.identifiers).toHaveLength(2);
    const after = await editOwnTraits(actor, identity.id, [
      { pointer: '/traits/email', base: traits.email, mine: 'evil@example.com' },
      { pointer: '/traits/second', base: traits.second, mine: null },
      { pointer: '/traits/nickname', base: 'Ada', mine: 'Augusta' },
    ]);
    expect(after.traits).toEqual({ ...traits, nickname: 'Augusta' });
    expect(after.identifiers).toEqual(identity.identifiers);
  });

  test('removes an emptied field', async () => {
    const identity = await someone(undefined, { first: 'Ada' });
    const after = await editOwnTraits(actor, identity.id, [{ pointer: first, base: 'Ada', mine: null }]);
    expect(after.traits).not.toHaveProperty('name');
  });

  test('keeps concurrent changes of different fields', async () => {
    const identity = await someone(undefined, { first: 'Ada', last: 'Byron' });
    await editOwnTraits(actor, identity.id, [{ pointer: last, base: 'Byron', mine: 'Lovelace' }]);
    const after = await editOwnTraits(actor, identity.id, [
      { pointer: first, base: 'Ada', mine: 'Augusta' },
      { pointer: last, base: 'Byron', mine: 'Byron' },
    ]);
    expect(after.traits.name).toEqual({ first: 'Augusta', last: 'Lovelace' });
  });

  test('reports a concurrent change of the same field without overwriting it', async () => {
    const identity = await someone(undefined, { first: 'Ada' });
    await editOwnTraits(actor, identity.id, [{ pointer: first, base: 'Ada', mine: 'Theirs' }]);
    const stale = editOwnTraits(actor, identity.id, [{ pointer: first, base: 'Ada', mine: 'Mine' }]);
    const conflicts = [{ pointer: first, base: 'Ada', mine: 'Mine', theirs: 'Theirs' }];
    await expect(stale).rejects.toMatchObject({ code: 'version_conflict', details: { conflicts } });
    expect((await identities.getIdentity(actor.projectId, identity.id)).traits.name).toEqual({ first: 'Theirs' });
  });
});
