import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { createIdentity, deleteIdentity, getIdentity } from '@/lib/identity/service';
import { type Actor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { insertSchema } from '@/lib/schema/repository';
import { findSession } from '@/lib/session/service';
import { addPasskey, BROWSER, contextOf, mailsTo, makePerson, moveProject, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { toSignals } from './model';
import * as passkeys from './service';

let project: Project;
const signedIn = async () => signIn(project, await makePerson(project, { first: 'Ada', last: 'Lovelace' }));
const program = (): Actor => ({ ...systemActor(project.id), kind: 'api_credential', id: 'sc_test' });
const namesOf = async (identityId: string) =>
  (await passkeys.listPasskeys(project.id, identityId)).map(({ name }) => name);

async function makeOperator(identityId: string): Promise<void> {
  const stamps = { createdAt: new Date(), updatedAt: new Date() };
  const { organizationId } = project;
  await (await db()).operator.create({ data: { id: newId(), organizationId, identityId, role: 'admin', ...stamps } });
}

beforeAll(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('listPasskeys', () => {
  test("returns the identity's passkeys, oldest first", async () => {
    const [proof, other] = [await signedIn(), await signedIn()];
    const first = await addPasskey(proof);
    await addPasskey(other);
    const second = await addPasskey(proof);
    const listed = await passkeys.listPasskeys(project.id, proof.identity.id);
    expect(listed).toEqual([first.passkey, second.passkey]);
    expect(await passkeys.listPasskeys(newId(), proof.identity.id)).toEqual([]);
  });
});

test('countHolders counts each identity once, per project', async () => {
  const here = await makeProject();
  const [one, two] = [await signIn(here, await makePerson(here)), await signIn(here, await makePerson(here))];
  await makePerson(here);
  expect(await passkeys.countHolders(here.id)).toBe(0);
  for (const proof of [one, one, two]) await addPasskey(proof);
  expect(await passkeys.countHolders(here.id)).toBe(2);
});

describe('renamePasskey', () => {
  test('updates name, version and audit log, by row ID or credential ID', async () => {
    const { actor, identity, ...proof } = await signedIn();
    const { passkey } = await addPasskey({ actor, identity, ...proof });
    const before = await getIdentity(project.id, identity.id);
    expect(await passkeys.renamePasskey(actor, identity.id, passkey.id, ' Phone ')).toEqual({
      ...passkey,
      name: 'Phone',
    });
    await passkeys.renamePasskey(program(), identity.id, passkey.credentialId, 'Work phone');
    expect(await namesOf(identity.id)).toEqual(['Work phone']);
    expect((await getIdentity(project.id, identity.id)).version).toBe(before.version + 2);
    const [event] = await listIdentityEvents(project.id, identity.id, 1);
    expect(event).toMatchObject({
      type: 'passkey.renamed',
      actorKind: 'api_credential',
      details: { passkey_id: passkey.id, before: 'Phone', name: 'Work phone' },
    });
  });

  test('writes nothing when the name is unchanged', async () => {
    const proof = await signedIn();
    const { passkey } = await addPasskey(proof);
    const before = await getIdentity(project.id, proof.identity.id);
    await passkeys.renamePasskey(proof.actor, proof.identity.id, passkey.id, passkey.name);
    expect(await getIdentity(project.id, proof.identity.id)).toEqual(before);
  });

  test("refuses another identity's and unknown passkeys", async () => {
    const [proof, other] = [await signedIn(), await signedIn()];
    const { passkey } = await addPasskey(proof);
    for (const [caller, id] of [
      [other, passkey.id],
      [other, passkey.credentialId],
      [proof, newId()],
      [proof, 'nothing'],
    ] as const) {
      const refusal = passkeys.renamePasskey(caller.actor, caller.identity.id, id, 'Mine');
      await expect(refusal).rejects.toMatchObject({ code: 'not_found' });
    }
    const foreigner = { ...proof.actor, projectId: (await makeProject()).id };
    const refusal = passkeys.renamePasskey(foreigner, proof.identity.id, passkey.id, 'Mine');
    await expect(refusal).rejects.toMatchObject({ code: 'not_found' });
    expect(await namesOf(proof.identity.id)).toEqual([passkey.name]);
  });

  test('refuses an empty name', async () => {
    const proof = await signedIn();
    const { passkey } = await addPasskey(proof);
    const refusal = passkeys.renamePasskey(proof.actor, proof.identity.id, passkey.id, '  ');
    await expect(refusal).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('deletePasskey', () => {
  test('writes a new version, an event and a mail, and keeps the current session', async () => {
    const proof = await signedIn();
    const { passkey } = await addPasskey(proof);
    const before = await getIdentity(project.id, proof.identity.id);
    await passkeys.deleteOwnPasskey(proof, passkey.id);
    expect(await passkeys.listPasskeys(project.id, proof.identity.id)).toEqual([]);
    const after = await getIdentity(project.id, proof.identity.id);
    expect([after.version, after.passkeyCount]).toEqual([before.version + 1, 0]);
    await passkeys.finishPasskeyDeletions(new Date(Date.now() + 60_000)); // once it cannot be undone
    const [event] = await listIdentityEvents(project.id, proof.identity.id, 1);
    expect(event).toMatchObject({ type: 'passkey.deleted', details: { passkey_id: passkey.id, name: passkey.name } });
    const mails = await mailsTo(proof.identity);
    expect(mails.map(({ kind }) => kind)).toEqual(['passkey_added', 'passkey_deleted']);
    expect(await findSession(project.id, proof.session.id)).not.toBeNull();
  });

  test('deleteOwnPasskey requires a fresh authentication', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const proof = await signedIn();
    const { passkey } = await addPasskey(proof);
    vi.advanceTimersByTime(15 * 60 * 1000);
    const refusal = passkeys.deleteOwnPasskey(proof, passkey.id);
    await expect(refusal).rejects.toMatchObject({ code: 'reauthentication_required' });
    expect(await namesOf(proof.identity.id)).toHaveLength(1);
  });

  test("refuses another identity's passkey", async () => {
    const [proof, other] = [await signedIn(), await signedIn()];
    const { passkey } = await addPasskey(proof);
    await expect(passkeys.deleteOwnPasskey(other, passkey.id)).rejects.toMatchObject({ code: 'not_found' });
    const refusal = passkeys.deletePasskey(program(), other.identity.id, passkey.credentialId);
    await expect(refusal).rejects.toMatchObject({ code: 'not_found' });
    expect(await namesOf(proof.identity.id)).toHaveLength(1);
  });

  test('succeeds once when called concurrently', async () => {
    const proof = await signedIn();
    const { passkey } = await addPasskey(proof);
    const all = await Promise.allSettled([1, 2, 3].map(() => passkeys.deleteOwnPasskey(proof, passkey.id)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await passkeys.finishPasskeyDeletions(new Date(Date.now() + 60_000));
    const events = await listIdentityEvents(project.id, proof.identity.id, 50);
    expect(events.filter(({ type }) => type === 'passkey.deleted')).toHaveLength(1);
  });
});

describe('the last sign-in method', () => {
  /** An identity without an e-mail address. */
  async function withoutEmail() {
    const actor = systemActor(project.id);
    const schemaId = `name-only-${newId()}`;
    const nickname = { type: 'string', 'x-signet': { identifier: true } };
    const traits = { type: 'object', properties: { nickname }, additionalProperties: false };
    const document = { type: 'object', properties: { traits } };
    const schema = { id: newId(), projectId: project.id, schemaId, version: 1, document, createdAt: new Date() };
    await transaction((tx) => insertSchema(tx, schema));
    const identity = await createIdentity(actor, { schemaId, traits: { nickname: `ada-${newId()}` } });
    return signIn(project, identity);
  }

  test('cannot be deleted by the holder or an API client when the identity has no address', async () => {
    const proof = await withoutEmail();
    const { passkey } = await addPasskey(proof);
    for (const remove of [
      () => passkeys.deleteOwnPasskey(proof, passkey.id),
      () => passkeys.deletePasskey(program(), proof.identity.id, passkey.id),
    ]) {
      await expect(remove()).rejects.toMatchObject({ code: 'last_sign_in_method' });
    }
    expect(await namesOf(proof.identity.id)).toHaveLength(1);
  });

  test('is not replaced by a passkey for an earlier host name', async () => {
    const proof = await withoutEmail();
    const { passkey } = await addPasskey(proof);
    const old = { ...passkey, id: newId(), credentialId: newId(), rpId: 'old.example.com', transports: '[]' };
    await (await db()).passkey.create({ data: old });
    const refusal = passkeys.deleteOwnPasskey(proof, passkey.id);
    await expect(refusal).rejects.toMatchObject({ code: 'last_sign_in_method' });
    await passkeys.deleteOwnPasskey(proof, old.id);
  });

  test('survives when the last two passkeys are deleted concurrently', async () => {
    const proof = await withoutEmail();
    const both = [(await addPasskey(proof)).passkey, (await addPasskey(proof)).passkey];
    const all = await Promise.allSettled(both.map(({ id }) => passkeys.deleteOwnPasskey(proof, id)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await namesOf(proof.identity.id)).toHaveLength(1);
  });
});

test('API clients cannot change passkeys of operators', async () => {
  const proof = await signedIn();
  const { passkey } = await addPasskey(proof);
  await makeOperator(proof.identity.id);
  for (const change of [
    () => passkeys.renamePasskey(program(), proof.identity.id, passkey.id, 'Theirs'),
    () => passkeys.deletePasskey(program(), proof.identity.id, passkey.id),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: 'operator_protected' });
  }
  expect(await namesOf(proof.identity.id)).toEqual([passkey.name]);
});

describe('passkey data for clients', () => {
  test('signals list accepted credentials, user handle and names', async () => {
    const proof = await signedIn();
    const { passkey } = await addPasskey(proof);
    const old = { ...passkey, id: newId(), credentialId: newId(), rpId: 'old.example.com', transports: '[]' };
    await (await db()).passkey.create({ data: old });
    expect(toSignals(project, proof.identity, await passkeys.listPasskeys(project.id, proof.identity.id))).toEqual({
      rpId: project.rpId,
      userId: proof.identity.userHandle,
      allAcceptedCredentialIds: [passkey.credentialId],
      name: proof.identity.identifiers[0],
      displayName: 'Ada Lovelace',
    });
  });

  test('credentialsBlock lists credential IDs, and public keys only on request', async () => {
    const proof = await signedIn();
    const block = async (withConfig: boolean) =>
      passkeys.credentialsBlock(await getIdentity(project.id, proof.identity.id), { withConfig });
    expect(await block(true)).toEqual({});
    const first = (await addPasskey(proof)).passkey;
    const second = (await addPasskey(proof)).passkey;
    const plain = {
      type: 'passkey',
      identifiers: [first.credentialId, second.credentialId],
      version: 1,
      created_at: first.createdAt.toISOString(),
      updated_at: second.createdAt.toISOString(),
    };
    expect(await block(false)).toEqual({ passkey: plain });
    const full = await block(true);
    expect(full).toMatchObject({ passkey: { ...plain, config: { user_handle: proof.identity.userHandle } } });
    const key = Buffer.from(first.publicKey).toString('base64url');
    expect(JSON.stringify(full)).toContain(`"public_key":"${key}"`);
  });
});

test('deleting an identity deletes its passkeys', async () => {
  const proof = await signedIn();
  await addPasskey(proof);
  await deleteIdentity(systemActor(project.id), proof.identity.id);
  expect(await (await db()).passkey.count({ where: { identityId: proof.identity.id } })).toBe(0);
});

test('challenges are rate-limited per identity', async () => {
  const proof = await signedIn();
  for (let count = 0; count < 60; count++) await passkeys.beginPasskeyRegistration(proof, BROWSER);
  await expect(passkeys.beginPasskeyRegistration(proof, BROWSER)).rejects.toMatchObject({ code: 'rate_limited' });
  await passkeys.beginPasskeyRegistration(await signedIn(), BROWSER);
});

test('purgeChallenges removes expired challenges only', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const home = await moveProject(await makeProject(), `https://${newId()}.example.com`);
  await passkeys.beginPasskeySignIn(contextOf(home), BROWSER);
  vi.advanceTimersByTime(200_000);
  const { challenge } = await passkeys.beginPasskeySignIn(contextOf(home), BROWSER);
  vi.advanceTimersByTime(100_000);
  await passkeys.purgeChallenges();
  const left = await (await db()).challenge.findMany({ where: { projectId: home.id } });
  expect(left.map(({ value }) => value)).toEqual([challenge]);
});
