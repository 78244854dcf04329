import { isDeepStrictEqual } from 'node:util';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { startSession } from '@/lib/web/sign-in';
import { granted, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import * as profile from '../actions';
import * as settings from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

/** Crafted posts to the actions of the profile. */
let project: Project;
/** Every column of identities, addresses, passkeys and roles, by its stored name and its JSON name. */
let columns: string[];

beforeAll(async () => {
  project = await makeProject();
  const proof = await signIn(project, await makePerson(project));
  await addPasskey(proof);
  const rows = Object.values(await snapshot(proof.identity.id)).flat();
  const names = rows.flatMap((row) => Object.keys(row ?? {}));
  const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const wire = ['verifiable_addresses', 'recovery_addresses', 'credentials', 'role', 'operatorRoles', 'verified'];
  columns = [...new Set([...names, ...names.map(snake), ...wire])];
});
beforeEach(async () => {
  forgetCookies();
  await (await db()).rateLimit.deleteMany();
});

async function enter() {
  const proof = await signIn(project, await makePerson(project));
  beginRequest(project);
  await startSession(proof.session);
  return proof;
}

/** All rows of an identity except sessions and events. */
async function snapshot(identityId: string) {
  const client = await db();
  const all = { where: { identityId }, orderBy: { id: 'asc' } } as const;
  return {
    identity: [await client.identity.findUnique({ where: { id: identityId } })],
    identifiers: await client.identifier.findMany(all),
    addresses: await client.verifiableAddress.findMany(all),
    recoveryAddresses: await client.recoveryAddress.findMany(all),
    passkeys: await client.passkey.findMany(all),
    roles: await client.operator.findMany(all),
  };
}

/** The same value in each column's name. */
const inEveryColumn = (value: unknown) => Object.fromEntries(columns.map((name) => [name, value]));

// ASVS 8.2.3
describe('CVE-2026-27946: fields a person may not change', () => {
  const PREFIXES = ['', 'value:', 'value:/', 'base:/', 'theirs:/', 'value:/traits/', 'value:/metadata_public/'];
  const sent = (value: string) => ({
    ...Object.fromEntries(PREFIXES.flatMap((prefix) => columns.map((name) => [`${prefix}${name}`, value]))),
    'value:/traits/email': `${value}@example.com`,
    'value:/verifiable_addresses/0/verified': value,
    'value:/traits': '{"email":"x@example.com"}',
  });

  test('are unchanged by any extra field', async () => {
    expect(columns).toEqual(expect.arrayContaining(['state', 'metadataAdmin', 'schema_id', 'projectId', 'rp_id']));
    const { identity } = await enter();
    const before = await snapshot(identity.id);
    for (const value of ['true', 'inactive', newId()]) await settings.saveTraits(sent(value));
    expect(await snapshot(identity.id)).toEqual(before);
  });

  test('are unchanged when an own trait is saved', async () => {
    const { identity } = await enter();
    const before = await snapshot(identity.id);
    const own = { 'base:/traits/name/first': '', 'value:/traits/name/first': 'Ada' };
    expect(granted(await settings.saveTraits({ ...sent('true'), ...own })).outcome).toBe('saved');
    const after = await snapshot(identity.id);
    const [was, is] = [before.identity[0], after.identity[0]];
    const changed = Object.keys(is ?? {}).filter(
      (name) => !isDeepStrictEqual(was?.[name as keyof typeof was], is?.[name as keyof typeof is]),
    );
    expect(changed).toEqual(expect.arrayContaining(['traits', 'version']));
    for (const name of [
      'id',
      'projectId',
      'state',
      'schemaId',
      'schemaVersion',
      'externalId',
      'metadataAdmin',
      'userHandle',
    ])
      expect(changed).not.toContain(name);
    expect({ ...after, identity: before.identity }).toEqual(before);
  });

  test('are unchanged by an email change, which applies only to the own identity, after verification', async () => {
    const { identity } = await enter();
    const [address, other] = [`${newId()}@example.com`, await makePerson(project)];
    const before = [await snapshot(identity.id), await snapshot(other.id)];
    const begun = {
      ...inEveryColumn(true),
      identityId: other.id,
      identity_id: other.id,
      verified: true,
      email: address,
    };
    granted(await settings.sendEmailChangeCode(begun));
    expect([await snapshot(identity.id), await snapshot(other.id)]).toEqual(before);
    const { code } = codeAndLink(await lastMailTo(address));
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect(refusalOf(await settings.confirmEmailChange({ ...begun, code: wrong }))).toBe('code_wrong');
    expect([await snapshot(identity.id), await snapshot(other.id)]).toEqual(before);
    granted(await settings.confirmEmailChange({ ...begun, code }));
    expect((await snapshot(identity.id)).addresses).toMatchObject([{ value: address, verified: true }]);
    expect(await snapshot(other.id)).toEqual(before[1]);
  });
});

describe('CVE-2026-49443: the owner of a row', () => {
  test('is not changed by a rename', async () => {
    const proof = await enter();
    const other = await makePerson(project);
    const { passkey } = await addPasskey(proof);
    const before = await snapshot(proof.identity.id);
    granted(await profile.renamePasskeyAction({ ...inEveryColumn(other.id), id: passkey.id, name: 'Mine' }));
    const after = await snapshot(proof.identity.id);
    expect({ ...after, identity: before.identity }).toEqual({
      ...before,
      passkeys: [{ ...before.passkeys[0], name: 'Mine' }],
    });
    expect((await snapshot(other.id)).passkeys).toEqual([]);
  });

  test('comes from the session: IDs of another person reach nothing of theirs', async () => {
    const theirs = await signIn(project, await makePerson(project));
    const { passkey } = await addPasskey(theirs);
    const { identity } = await enter();
    const before = await snapshot(theirs.identity.id);
    const named = { ...inEveryColumn(theirs.identity.id), id: passkey.id, name: 'Mine' };
    expect(refusalOf(await profile.renamePasskeyAction(named))).toBe('not_found');
    expect(refusalOf(await profile.deletePasskey(named))).toBe('not_found');
    await profile.signOutSession({ ...inEveryColumn(theirs.identity.id), id: theirs.session.id });
    await profile.signOutOtherSessions(inEveryColumn(theirs.identity.id) as never);
    expect(
      refusalOf(
        await settings.deleteAccountAction({
          ...inEveryColumn(theirs.identity.id),
          ...{ confirmation: 'no', graceDays: 7 },
        }),
      ),
    ).toBe('invalid_input');
    expect(await snapshot(theirs.identity.id)).toEqual(before);
    expect(await (await db()).session.count({ where: { id: theirs.session.id } })).toBe(1);
    expect((await snapshot(identity.id)).identity[0]?.state).toBe('active');
  });
});
