import { beforeAll, describe, expect, test } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { type Actor, cliActor, systemActor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { createSchema } from '@/lib/schema/service';
import { mailsTo, makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import type { Guard } from '../model';
import { changeIdentity, createIdentity, findIdentity, getIdentity } from '../service';
import { deleteAccount } from './delete-account';
import { editIdentity, editOwnTraits } from './edit-fields';

let project: Project;
let actor: Actor;
const forbid: Guard = () => {
  throw new AppError('forbidden');
};

beforeAll(async () => {
  project = await makeProject();
  actor = { ...cliActor(project.id), kind: 'operator', id: newId() };
});

describe('editIdentity', () => {
  test('changes every trait, identifiers included, and the other fields', async () => {
    const identity = await makePerson(project, { first: 'Ada', last: 'Byron' });
    const email = `${newId()}@example.com`;
    const after = await editIdentity(actor, identity.id, [
      { pointer: '/traits/email', base: identity.traits.email ?? null, mine: email },
      { pointer: '/traits/name/last', base: 'Byron', mine: null },
      { pointer: '/external_id', base: null, mine: `x-${identity.id}` },
      { pointer: '/metadata_public', base: null, mine: { plan: ['pro'] } },
      { pointer: '/metadata_admin', base: null, mine: false },
      { pointer: '/state', base: 'active', mine: 'inactive' },
    ]);
    expect(after).toMatchObject({ state: 'active', identifiers: [email], externalId: `x-${identity.id}` });
    expect(after.traits).toEqual({ email, name: { first: 'Ada' } });
    expect([after.metadataPublic, after.metadataAdmin]).toEqual([{ plan: ['pro'] }, false]);
    const [event] = await listIdentityEvents(project.id, identity.id, 1);
    expect(event?.details).toMatchObject({ changes: { '/traits/name/last': { before: 'Byron', after: null } } });
  });

  test('compares JSON by value: key order is no change, another value is a conflict', async () => {
    const identity = await makePerson(project);
    await changeIdentity(actor, identity.id, () => ({ metadataPublic: { a: 1, b: [2] } }));
    const edit = (base: object, mine: object) =>
      editIdentity(actor, identity.id, [{ pointer: '/metadata_public', base: { ...base }, mine: { ...mine } }]);
    const same = await edit({ b: [2], a: 1 }, { a: 1, b: [2] });
    expect(same.version).toBe((await getIdentity(project.id, identity.id)).version);
    expect((await edit({ b: [2], a: 1 }, { a: 2 })).metadataPublic).toEqual({ a: 2 });
    const conflicts = [{ pointer: '/metadata_public', base: { a: 1 }, mine: { a: 3 }, theirs: { a: 2 } }];
    await expect(edit({ a: 1 }, { a: 3 })).rejects.toMatchObject({ code: 'version_conflict', details: { conflicts } });
  });

  test('writes nothing when one field is refused', async () => {
    const [identity, other] = [await makePerson(project), await makePerson(project)];
    const externalId = newId();
    await createIdentity(actor, { traits: { email: `${newId()}@example.com` }, externalId });
    const { email = null } = identity.traits;
    const first = { pointer: '/traits/name/first', base: null, mine: 'Ada' };
    const taken = { pointer: '/traits/email', base: email, mine: other.traits.email ?? null };
    const missing = { pointer: '/traits/email', base: email, mine: null };
    const external = { pointer: '/external_id', base: null, mine: externalId };
    await expect(editIdentity(actor, identity.id, [first, taken])).rejects.toMatchObject({ code: 'identifier_taken' });
    await expect(editIdentity(actor, identity.id, [first, missing])).rejects.toMatchObject({ code: 'invalid_traits' });
    await expect(editIdentity(actor, identity.id, [first, external])).rejects.toMatchObject({
      code: 'external_id_taken',
    });
    await expect(editIdentity(actor, identity.id, [first], { guard: forbid })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await getIdentity(project.id, identity.id)).toEqual(identity);
  });
});

describe('deleteAccount', () => {
  test('notifies the deleted address; a throwing guard keeps everything', async () => {
    const identity = await makePerson(project);
    await expect(deleteAccount(actor, identity.id, { guard: forbid })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await mailsTo(identity)).toEqual([]);
    expect(await findIdentity(project.id, identity.id)).toEqual(identity);
    await deleteAccount(actor, identity.id, { locale: 'de' });
    expect(await mailsTo(identity)).toMatchObject([{ kind: 'account_deleted', locale: 'de' }]);
    expect(await findIdentity(project.id, identity.id)).toBeNull();
    await expect(deleteAccount(actor, identity.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a trait that is written once', () => {
  const pointer = '/traits/number';

  async function makeMember(number?: string) {
    const member = await makeProject();
    const own = systemActor(member.id);
    const text = { type: 'string', format: 'email', 'x-signet': { identifier: true } };
    const once = { type: 'string', 'x-signet': { selfService: 'writeOnce' } };
    const traits = { type: 'object', properties: { email: text, number: once }, required: ['email'] };
    await createSchema(own, 'member', { properties: { traits } });
    const values = { email: `${newId()}@example.com`, ...(number && { number }) };
    const identity = await createIdentity(own, { schemaId: 'member', traits: values });
    return (base: string | null, mine: string) => editOwnTraits(own, identity.id, [{ pointer, base, mine }]);
  }

  test('can be filled in by the person, and not changed afterwards', async () => {
    const edit = await makeMember();
    expect((await edit(null, 'A1')).traits.number).toBe('A1');
    await expect(edit('A1', 'A2')).rejects.toMatchObject({
      code: 'invalid_traits',
      details: { violations: [{ pointer, keyword: 'writeOnce' }] },
    });
  });

  test('is a conflict for a form that was rendered while it was empty', async () => {
    const edit = await makeMember('A1');
    const conflicts = [{ pointer, base: null, mine: 'A2', theirs: 'A1' }];
    await expect(edit(null, 'A2')).rejects.toMatchObject({ code: 'version_conflict', details: { conflicts } });
  });
});
