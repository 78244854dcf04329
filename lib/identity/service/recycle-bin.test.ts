import { beforeEach, describe, expect, test } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { beginPasskeySignIn, finishPasskeySignIn, listPasskeys } from '@/lib/credential/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { insertSchema } from '@/lib/schema/repository';
import { findSession } from '@/lib/session/service';
import { makeOperator, roleIn } from '@/testing/operators';
import { addPasskey, BROWSER, CHROME, contextOf, mailsTo, makePerson, signInByMail } from '@/testing/people';
import { keepDeleted, makeProject } from '@/testing/project';
import { passkeyPointer } from '../model/deleted';
import { toEtag } from '../model/precondition';
import * as identities from '../service';
import { deleteAccount, restoreAccount } from './delete-account';

let project: Project;
let actor: Actor;
const program = (): Actor => ({ ...actor, kind: 'api_credential', id: 'sc_test' });
const someone = (email = `${newId()}@example.com`, more: Partial<identities.CreateIdentityInput> = {}) =>
  identities.createIdentity(actor, { traits: { email, name: { first: 'Ada' } }, ...more });
const remove = (id: string, options = {}) => identities.deleteIdentity(actor, id, options);
const restore = (id: string, options = {}) => identities.restoreIdentity(actor, id, options);
const find = (id: string) => identities.findIdentity(project.id, id);
const inBin = (id: string) => identities.findDeletedIdentity(project.id, id);
const eventsOf = async (id: string) =>
  (await listIdentityEvents(project.id, id, 50)).map(({ type, details }) => [type, details]);
const obstaclesOf = async (restoring: Promise<unknown>) => {
  const error = await restoring.then(
    () => null,
    (refusal) => refusal,
  );
  expect(error).toMatchObject({ code: 'restore_conflict' });
  return error.details.violations.map(({ pointer, keyword }: Record<string, string>) => [pointer, keyword]);
};

beforeEach(async () => {
  project = await makeProject();
  await keepDeleted(project);
  actor = cliActor(project.id);
});

describe('a deletion', () => {
  test('moves the identity into the recycle bin and keeps the values of its events', async () => {
    const made = await someone();
    const { purgeAt } = await remove(made.id);
    expect(await find(made.id)).toBeNull();
    const deleted = await identities.getDeletedIdentity(project.id, made.id.toUpperCase());
    expect(deleted).toMatchObject({
      identityId: made.id,
      name: 'Ada',
      identifiers: made.identifiers,
      passkeyCount: 0,
      deletedBy: { kind: 'cli', id: null },
      purgeAt,
      identity: made,
    });
    expect(deleted.purgeAt.getTime() - deleted.deletedAt.getTime()).toBe(30 * 24 * 60 * 60 * 1000);
    expect(await eventsOf(made.id)).toEqual([
      ['identity.deleted', { purge_at: deleted.purgeAt.toISOString() }],
      ['identity.created', { changes: expect.objectContaining({ '/traits/email': expect.anything() }) }],
    ]);
  });

  test('a second one does not find it, unless it purges', async () => {
    const { id } = await someone();
    await remove(id);
    await expect(remove(id)).rejects.toMatchObject({ code: 'not_found' });
    await remove(id, { purge: true });
    expect(await inBin(id)).toBeNull();
    await expect(remove(id, { purge: true })).rejects.toMatchObject({ code: 'not_found' });
    expect(await eventsOf(id)).toEqual([
      ['identity.purged', {}],
      ['identity.deleted', {}],
      ['identity.created', {}],
    ]);
  });

  test('is permanent with purge, by the person, and in a project without a recycle bin', async () => {
    const [purged, own, other] = [await someone(), await someone(), await someone()];
    await remove(purged.id, { purge: true });
    await identities.deleteIdentity({ ...actor, kind: 'identity', id: own.id }, own.id);
    await keepDeleted(project, 0);
    expect(await remove(other.id)).toEqual({ purgeAt: null });
    for (const { id } of [purged, own, other]) {
      expect(await inBin(id)).toBeNull();
      expect(await eventsOf(id)).toEqual([
        ['identity.deleted', {}],
        ['identity.created', {}],
      ]);
    }
  });

  test('frees identifier and external ID, and keeps the count of identities exact', async () => {
    const email = `${newId()}@example.com`;
    const first = await someone(email, { externalId: 'crm-1' });
    await remove(first.id);
    expect(await identities.countIdentities(project.id, {})).toBe(0);
    const second = await someone(email, { externalId: 'crm-1' });
    await remove(second.id);
    expect(await identities.countDeletedIdentities(project.id)).toBe(2);
    await restore(second.id);
    expect(await identities.countIdentities(project.id, {})).toBe(1);
  });

  test('replaces an entry with the same ID, as after an import', async () => {
    const made = await someone();
    await remove(made.id);
    await someone(`${newId()}@example.com`, { id: made.id });
    await remove(made.id);
    expect(await identities.countDeletedIdentities(project.id)).toBe(1);
    expect((await inBin(made.id))?.identifiers).not.toEqual(made.identifiers);
  });

  test('refuses the last owner, and a role above the guard', async () => {
    const owner = await makeOperator(project, 'owner');
    await expect(remove(owner.id)).rejects.toMatchObject({ code: 'last_owner' });
    await makeOperator(project, 'owner');
    await remove(owner.id);
    expect(await roleIn(project.organizationId, owner.id)).toBeNull();
  });
});

describe('a restoration', () => {
  test('brings back everything but sessions, codes and roles, under a new epoch', async () => {
    const proof = await signInByMail(project, await someone());
    const { passkey, authenticator } = await addPasskey(proof);
    const before = await identities.getIdentity(project.id, proof.identity.id);
    const [kept] = await listPasskeys(project.id, before.id);
    await remove(before.id);
    const restored = await restore(before.id);
    expect(restored).toEqual({
      ...before,
      revocationEpoch: before.revocationEpoch + 1,
      version: before.version + 1,
      updatedAt: restored.updatedAt,
    });
    expect(await find(before.id)).toEqual(restored);
    expect(await listPasskeys(project.id, before.id)).toEqual([kept]);
    expect(await findSession(project.id, proof.session.id)).toBeNull();
    expect(await inBin(before.id)).toBeNull();
    const response = authenticator.get(await beginPasskeySignIn(contextOf(project), BROWSER));
    const { session } = await finishPasskeySignIn(contextOf(project), BROWSER, response, { userAgent: CHROME });
    expect(session).toMatchObject({ identityId: before.id, passkeyId: passkey.id });
    expect((await eventsOf(before.id)).map(([type]) => type)).toContain('identity.restored');
  });

  test('keeps state, metadata, language and the order of traits', async () => {
    const traits = { name: { last: 'Ω', first: 'Ada' }, email: `${newId()}@example.com` };
    const made = await identities.createIdentity(actor, {
      ...{ traits, state: 'inactive', metadataPublic: { b: 1, a: [null, true] }, metadataAdmin: 'x', locale: 'de' },
      ...{ externalId: newId(), verifiedAddresses: [traits.email] },
    });
    await remove(made.id);
    const restored = await restore(made.id);
    expect(restored).toMatchObject({
      state: 'inactive',
      metadataAdmin: 'x',
      locale: 'de',
      externalId: made.externalId,
    });
    expect(JSON.stringify(restored.traits)).toBe(JSON.stringify(traits));
    expect(restored.verifiableAddresses).toEqual(made.verifiableAddresses);
  });

  test('names everything that prevents it, and accepts a change for each', async () => {
    const email = `${newId()}@example.com`;
    const { identity } = await signInByMail(project, await someone(email, { externalId: 'crm-2' }));
    const { passkey } = await addPasskey(await signInByMail(project, identity));
    await remove(identity.id);
    const other = await someone(email, { externalId: 'crm-2' });
    await (await db()).passkey.create({ data: { ...(await keptRow(identity.id)), id: newId(), identityId: other.id } });
    expect(await obstaclesOf(restore(identity.id))).toEqual([
      ['/traits/email', 'identifier_taken'],
      ['/external_id', 'external_id_taken'],
      [passkeyPointer(passkey.credentialId), 'passkey_already_registered'],
    ]);
    const changes = {
      '/traits/email': `${newId()}@example.com`,
      '/external_id': null,
      [passkeyPointer(passkey.credentialId)]: null,
    };
    const restored = await restore(identity.id, { changes });
    expect(restored).toMatchObject({ externalId: null, passkeyCount: 0, identifiers: [changes['/traits/email']] });
    expect(restored.verifiableAddresses[0]?.verified).toBe(false);
    const [update, event] = await eventsOf(identity.id);
    expect(event).toEqual(['identity.restored', { omitted_passkeys: 1 }]);
    expect(update).toMatchObject([
      'identity.updated',
      { changes: { '/external_id': { before: 'crm-2', after: null } } },
    ]);
  });

  /** The passkey of a deleted identity, as a row. */
  async function keptRow(identityId: string) {
    const row = await (await db()).deletedIdentity.findFirstOrThrow({ where: { identityId } });
    const [{ publicKey, createdAt, lastUsedAt: _, ...passkey }] = JSON.parse(row.passkeys);
    return { ...passkey, publicKey: Buffer.from(publicKey, 'base64'), createdAt: new Date(createdAt) };
  }

  test('names a removed schema, and accepts another one', async () => {
    const document = { properties: { traits: { type: 'object', properties: { email: { type: 'string' } } } } };
    const schema = {
      id: newId(),
      projectId: project.id,
      schemaId: 'guest',
      version: 1,
      document,
      createdAt: new Date(),
    };
    await transaction((tx) => insertSchema(tx, schema));
    const made = await identities.createIdentity(actor, { schemaId: 'guest', traits: { email: 'guest@example.com' } });
    await remove(made.id);
    await (await db()).identitySchema.deleteMany({ where: { projectId: project.id, schemaId: 'guest' } });
    expect(await obstaclesOf(restore(made.id))).toEqual([['/schema_id', 'unknown_schema']]);
    const restored = await restore(made.id, { changes: { '/schema_id': 'default' } });
    expect(restored).toMatchObject({ schemaId: 'default', identifiers: ['guest@example.com'] });
  });

  test('names an ID and a user handle that an import took', async () => {
    const made = await someone();
    await remove(made.id);
    await someone(`${newId()}@example.com`, { id: made.id, userHandle: made.userHandle });
    expect(await obstaclesOf(restore(made.id))).toEqual([
      ['/id', 'id_taken'],
      ['/credentials/passkey', 'user_handle_taken'],
    ]);
    await remove(made.id, { purge: true });
    expect(await inBin(made.id)).toBeNull();
  });

  test('refuses invalid changes and a stale version, and leaves the identity in the recycle bin', async () => {
    const made = await someone();
    await remove(made.id);
    for (const changes of [{ '/id': newId() }, { email: 'x' }, { '/external_id': '' }])
      await expect(restore(made.id, { changes })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(restore(made.id, { changes: { '/traits/age': 3 } })).rejects.toMatchObject({ code: 'invalid_traits' });
    await expect(restore(made.id, { ifMatch: '"99"' })).rejects.toMatchObject({ code: 'precondition_failed' });
    expect(await inBin(made.id)).not.toBeNull();
    await restore(made.id, { ifMatch: toEtag(made) });
  });

  test('is refused to a program, like a purge, for someone who held a role', async () => {
    await makeOperator(project, 'owner');
    const owner = await makeOperator(project, 'owner');
    await remove(owner.id);
    const refused = { code: 'operator_protected' };
    await expect(identities.restoreIdentity(program(), owner.id)).rejects.toMatchObject(refused);
    await expect(identities.deleteIdentity(program(), owner.id, { purge: true })).rejects.toMatchObject(refused);
    expect((await restore(owner.id)).operatorRoles).toEqual([]);
    expect(await roleIn(project.organizationId, owner.id)).toBeNull();
  });

  test('refuses an identity of another project', async () => {
    const made = await someone();
    await remove(made.id);
    const elsewhere = cliActor((await makeProject()).id);
    for (const attempt of [
      () => identities.restoreIdentity(elsewhere, made.id),
      () => identities.deleteIdentity(elsewhere, made.id, { purge: true }),
      () => identities.purgeIdentity(elsewhere, made.id),
      () => identities.getDeletedIdentity(elsewhere.projectId, made.id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    expect(await identities.listDeleted(elsewhere.projectId, { ids: [made.id] }, { limit: 10 })).toEqual([]);
  });
});

describe('concurrently,', () => {
  const outcomesOf = async (calls: Array<Promise<unknown>>) =>
    (await Promise.allSettled(calls)).map((result) =>
      result.status === 'fulfilled' ? 'done' : (result.reason.code ?? result.reason),
    );

  test('one of several restorations succeeds', async () => {
    const { id } = await someone();
    await remove(id);
    const outcomes = await outcomesOf(Array.from({ length: 8 }, () => restore(id)));
    expect(outcomes.sort()).toEqual(['done', ...Array(7).fill('not_found')]);
    expect(await identities.countIdentities(project.id, {})).toBe(1);
  });

  test('a restoration and a creation of the same address leave one of the two', async () => {
    for (let round = 0; round < 5; round++) {
      const email = `${newId()}@example.com`;
      const { id } = await someone(email);
      await remove(id);
      const outcomes = await outcomesOf([restore(id), someone(email)]);
      expect([
        ['done', 'identifier_taken'],
        ['restore_conflict', 'done'],
      ]).toContainEqual(outcomes);
      const isRestored = outcomes[0] === 'done';
      expect([(await find(id)) !== null, (await inBin(id)) !== null]).toEqual([isRestored, !isRestored]);
    }
  });

  test('a purge and a restoration: one finds it', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await someone();
      await remove(id);
      const outcomes = await outcomesOf([remove(id, { purge: true }), restore(id)]);
      // A purge that comes second finds the restored identity and deletes it.
      expect(outcomes[0]).toBe('done');
      expect(['done', 'not_found']).toContain(outcomes[1]);
      expect([await find(id), await inBin(id)]).toEqual([null, null]);
    }
  });
});

describe('purgeDueIdentities', () => {
  test('deletes what is due permanently, and blanks its events', async () => {
    const [due, waiting] = [await someone(), await someone()];
    for (const { id } of [due, waiting]) await remove(id);
    const past = new Date(Date.now() - 1000);
    await (await db()).deletedIdentity.updateMany({ where: { identityId: due.id }, data: { purgeAt: past } });
    await identities.purgeDueIdentities(new Date());
    expect([await inBin(due.id), (await inBin(waiting.id))?.identityId]).toEqual([null, waiting.id]);
    expect(await eventsOf(due.id)).toEqual([
      ['identity.purged', {}],
      ['identity.deleted', {}],
      ['identity.created', {}],
    ]);
  });

  test('continues where an interrupted run ended', async () => {
    for (let count = 0; count < 3; count++) await remove((await someone()).id);
    const past = new Date(Date.now() - 1000);
    await (await db()).deletedIdentity.updateMany({ where: { projectId: project.id }, data: { purgeAt: past } });
    await expect(identities.purgeDueIdentities(new Date(), AbortSignal.abort())).rejects.toThrow();
    await identities.purgeDueIdentities(new Date());
    expect(await identities.countDeletedIdentities(project.id)).toBe(0);
  });
});

describe('the list', () => {
  test('is in order of deletion, pages both ways and searches names and addresses', async () => {
    const made = [];
    for (const first of ['One', 'Two', 'Three'])
      made.push(await identities.createIdentity(actor, { traits: { email: `${first}@bin.example`, name: { first } } }));
    for (const { id } of [...made].reverse()) await remove(id);
    const [three, two, one] = await identities.listDeleted(project.id, {}, { limit: 10 });
    const names = (list: Array<{ name: string }>) => list.map(({ name }) => name);
    expect(names([three, two, one] as never)).toEqual(['Three', 'Two', 'One']);
    const list = async (filter: object, window: object) =>
      names(await identities.listDeletedSummaries(project.id, filter, { limit: 10, ...window }));
    expect(await list({}, { after: three?.id })).toEqual(['Two', 'One']);
    expect(await list({}, { before: one?.id, isDescending: true })).toEqual(['Two', 'Three']);
    expect(await list({}, { offset: 1, limit: 1 })).toEqual(['Two']);
    expect(await list({ words: ['bin.example', 't'] }, { isDescending: true })).toEqual(['Two', 'Three']);
    expect(await list({ words: ['bin.example'] }, { offset: 2 })).toEqual(['One']);
    expect(await list({ ids: [made[0]?.id ?? ''] }, {})).toEqual(['One']);
    expect(await identities.countDeletedIdentities(project.id, { words: ['two'] })).toBe(1);
  });
});

describe('accounts', () => {
  test('are told until when they can be restored, and when they are', async () => {
    const made = await makePerson(project);
    await deleteAccount(actor, made.id);
    await restoreAccount(actor, made.id);
    await deleteAccount(actor, made.id);
    await deleteAccount(actor, made.id, { purge: true });
    const until = { restorableUntil: expect.any(Number) };
    expect((await mailsTo(made)).map(({ kind, params }) => [kind, params]).slice(-3)).toEqual([
      ['account_deleted', until],
      ['account_restored', {}],
      ['account_deleted', until],
    ]);
  });
});
