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

/** What somebody sends by hand with the forms of their own profile. */
let project: Project;
/** Every column that an identity, an address, a passkey or a role has, as it is stored and as it is written in JSON. */
let columns: string[];

beforeAll(async () => {
  project = await makeProject();
  const proof = await signIn(project, await makePerson(project));
  await addPasskey(proof);
  const rows = Object.values(await standing(proof.identity.id)).flat();
  const names = rows.flatMap((row) => Object.keys(row ?? {}));
  const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const wire = ['verifiable_addresses', 'recovery_addresses', 'credentials', 'role', 'operatorRoles', 'verified'];
  columns = [...new Set([...names, ...names.map(snake), ...wire])];
});
beforeEach(async () => {
  forgetCookies();
  await (await db()).rateLimit.deleteMany();
});

async function entered() {
  const proof = await signIn(project, await makePerson(project));
  beginRequest(project);
  await startSession(proof.session);
  return proof;
}

/** All that is stored of somebody, but for their sessions and history. */
async function standing(identityId: string) {
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
const everywhere = (value: unknown) => Object.fromEntries(columns.map((name) => [name, value]));

// ASVS 8.2.3
describe('CVE-2026-27946: what a person may not change', () => {
  const PREFIXES = ['', 'value:', 'value:/', 'base:/', 'theirs:/', 'value:/traits/', 'value:/metadata_public/'];
  const sent = (value: string) => ({
    ...Object.fromEntries(PREFIXES.flatMap((prefix) => columns.map((name) => [`${prefix}${name}`, value]))),
    'value:/traits/email': `${value}@example.com`,
    'value:/verifiable_addresses/0/verified': value,
    'value:/traits': '{"email":"x@example.com"}',
  });

  test('stays as it is, whatever comes along with the traits', async () => {
    expect(columns).toEqual(expect.arrayContaining(['state', 'metadataAdmin', 'schema_id', 'projectId', 'rp_id']));
    const { identity } = await entered();
    const before = await standing(identity.id);
    for (const value of ['true', 'inactive', newId()]) await settings.saveTraits(sent(value));
    expect(await standing(identity.id)).toEqual(before);
  });

  test('stays as it is also where a trait of their own is saved', async () => {
    const { identity } = await entered();
    const before = await standing(identity.id);
    const own = { 'base:/traits/name/first': '', 'value:/traits/name/first': 'Ada' };
    expect(granted(await settings.saveTraits({ ...sent('true'), ...own })).outcome).toBe('saved');
    const after = await standing(identity.id);
    const [was, is] = [before.identity[0], after.identity[0]];
    const changed = Object.keys(is ?? {}).filter(
      (name) => JSON.stringify(was?.[name as keyof typeof was]) !== JSON.stringify(is?.[name as keyof typeof is]),
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

  test('is not reached by a new address: it is proven first, and their own', async () => {
    const { identity } = await entered();
    const [address, other] = [`${newId()}@example.com`, await makePerson(project)];
    const before = [await standing(identity.id), await standing(other.id)];
    const begun = { ...everywhere(true), identityId: other.id, identity_id: other.id, verified: true, email: address };
    granted(await settings.sendEmailChangeCode(begun));
    expect([await standing(identity.id), await standing(other.id)]).toEqual(before);
    const { code } = codeAndLink(await lastMailTo(address));
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect(refusalOf(await settings.confirmEmailChange({ ...begun, code: wrong }))).toBe('code_wrong');
    expect([await standing(identity.id), await standing(other.id)]).toEqual(before);
    granted(await settings.confirmEmailChange({ ...begun, code }));
    expect((await standing(identity.id)).addresses).toMatchObject([{ value: address, verified: true }]);
    expect(await standing(other.id)).toEqual(before[1]);
  });
});

describe('CVE-2026-49443: whose a thing is', () => {
  test('is not changed with its name', async () => {
    const proof = await entered();
    const other = await makePerson(project);
    const { passkey } = await addPasskey(proof);
    const before = await standing(proof.identity.id);
    granted(await profile.renamePasskeyAction({ ...everywhere(other.id), id: passkey.id, name: 'Mine' }));
    const after = await standing(proof.identity.id);
    expect({ ...after, identity: before.identity }).toEqual({
      ...before,
      passkeys: [{ ...before.passkeys[0], name: 'Mine' }],
    });
    expect((await standing(other.id)).passkeys).toEqual([]);
  });

  test('is asked of the session: by the ids of somebody else nothing of theirs is reached', async () => {
    const theirs = await signIn(project, await makePerson(project));
    const { passkey } = await addPasskey(theirs);
    const { identity } = await entered();
    const before = await standing(theirs.identity.id);
    const named = { ...everywhere(theirs.identity.id), id: passkey.id, name: 'Mine' };
    expect(refusalOf(await profile.renamePasskeyAction(named))).toBe('not_found');
    expect(refusalOf(await profile.deletePasskey(named))).toBe('not_found');
    await profile.signOutSession({ ...everywhere(theirs.identity.id), id: theirs.session.id });
    await profile.signOutOtherSessions(everywhere(theirs.identity.id) as never);
    expect(
      refusalOf(await settings.deleteAccountAction({ ...everywhere(theirs.identity.id), confirmation: 'no' })),
    ).toBe('invalid_input');
    expect(await standing(theirs.identity.id)).toEqual(before);
    expect(await (await db()).session.count({ where: { id: theirs.session.id } })).toBe(1);
    expect((await standing(identity.id)).identity[0]?.state).toBe('active');
  });
});
