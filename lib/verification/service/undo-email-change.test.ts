import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { listPasskeys } from '@/lib/credential/service';
import type { Identity } from '@/lib/identity/model';
import {
  changeIdentity,
  confineIdentity,
  createIdentities,
  createIdentity,
  deleteIdentity,
  findIdentityByIdentifier,
  getIdentity,
  purgeEmailChanges,
} from '@/lib/identity/service';
import { inviteToRegister } from '@/lib/invitation/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project, RegistrationMode } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { createRecoveryCodes, listRecoveryCodes } from '@/lib/recovery-code/service';
import type { SessionProof } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import { makeOperator } from '@/testing/operators';
import { codeAndLink, lastMailTo, readOutbox } from '@/testing/outbox';
import { confirmPairing } from '@/testing/pairing';
import { ADDRESS, addPasskey, CHROME, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  beginCodeStepUp,
  beginEmailChange,
  beginSignIn,
  type ClientContext,
  finishCodeStepUp,
  finishEmailChange,
  finishSignInWithCode,
  finishSignInWithLink,
  peekEmailChange,
  signInWithRecoveryCode,
  undoEmailChange,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
const WEEK = 7 * 86_400;
let project: Project;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const visit = (of = project): ClientContext => ({
  projectId: of.id,
  origin: of.origin,
  requestId: newId(),
  address: ADDRESS,
});
const newEmail = () => `${newId()}@example.com`;
const addressOf = ({ identifiers: [address = ''] }: Identity) => address;
const program = (): Actor => ({ ...cliActor(project.id), kind: 'api_credential', id: null });
const undo = (token: string) => undoEmailChange(visit(), token);
const now = async ({ id }: Pick<Identity, 'id'>) => addressOf(await getIdentity(project.id, id));

/** A signed-in person with a verified address. */
async function person(make: () => Promise<Identity> = () => makePerson(project)): Promise<SessionProof> {
  const { id } = await make();
  const identity = await changeIdentity(cliActor(project.id), id, ({ traits }) => ({
    traits,
    verified: { [String(traits.email)]: true },
  }));
  return signIn(project, identity);
}

/** Changes a person's own address; returns the token of the undo link, or an empty string. */
async function changeOwn(proof: SessionProof, email = newEmail()): Promise<string> {
  const identity = await getIdentity(project.id, proof.identity.id);
  const browserHash = newId();
  const present = { ...proof, identity };
  await beginEmailChange(visit(), present, { address: email, browserHash, locale: 'en' });
  const { code } = codeAndLink(await lastMailTo(email.toLowerCase()));
  await finishEmailChange(visit(), present, { code, browserHash, locale: 'en' });
  const notice = await lastMailTo(addressOf(identity));
  if (notice.kind !== 'email_change_notice') throw new Error(notice.kind);
  return notice.params.undoLink?.split('?')[1] ?? '';
}

async function changed() {
  const proof = await person();
  const email = newEmail();
  const token = await changeOwn(proof, email);
  return { proof, id: proof.identity.id, old: addressOf(proof.identity), email, token };
}

async function setRegistration(registration: RegistrationMode): Promise<void> {
  await (await db()).project.update({ where: { id: project.id }, data: { registration } });
  project = await getProject(project.id);
}

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
});
afterEach(async () => {
  vi.useRealTimers();
  await setRegistration('closed');
});

describe('the undo link', () => {
  test('is mailed to the old address only, and its page consumes nothing', async () => {
    const { old, email, token } = await changed();
    const mail = await lastMailTo(old);
    expect(mail).toMatchObject({
      params: { undoLink: `${project.origin}/login/undo?${token}`, undoUntil: START.getTime() + WEEK * 1000 },
    });
    const others = (await readOutbox()).filter(({ mail: { to } }) => to === email);
    expect(JSON.stringify(others)).not.toContain(token);
    expect(JSON.stringify(await (await db()).emailChange.findMany())).not.toContain(token);
    for (let opened = 0; opened < 2; opened++)
      expect(await peekEmailChange(project.id, token)).toEqual({ oldAddress: old });
    expect(await findIdentityByIdentifier(project.id, email)).not.toBeNull();
  });

  test('ends recovery codes, and another device that was confirmed', async () => {
    const { id, old, token } = await changed();
    const hijacker = await signIn(project, await getIdentity(project.id, id));
    const [code = ''] = await createRecoveryCodes(hijacker);
    const { finish } = await confirmPairing(hijacker);
    await undo(token);
    await expect(finish()).rejects.toMatchObject({ code: 'pairing_ended' });
    const input = { address: old, code, returnTo: null, userAgent: CHROME };
    const enter = signInWithRecoveryCode(visit(), input);
    await expect(enter).rejects.toMatchObject({ code: 'recovery_code_wrong' });
    expect(await listRecoveryCodes(project.id, id)).toEqual([]);
  });

  test('restores the address, ends sessions and codes, and signs no one in', async () => {
    const { proof, id, old, email, token } = await changed();
    const hijacker = await signIn(project, await getIdentity(project.id, id));
    const [stepUp, login] = [newId(), newId()];
    await beginCodeStepUp(visit(), hijacker, { browserHash: stepUp, locale: 'en' });
    const confirmation = codeAndLink(await lastMailTo(email)).code;
    await beginSignIn(visit(), { address: email, browserHash: login, locale: 'en' });
    const pending = codeAndLink(await lastMailTo(email));
    await undo(token);

    const identity = await getIdentity(project.id, id);
    expect(identity).toMatchObject({ identifiers: [old], traits: { email: old } });
    expect(identity.verifiableAddresses).toMatchObject([{ value: old, verified: true }]);
    for (const { session } of [proof, hijacker]) expect(await findSession(project.id, session.id)).toBeNull();
    expect(await (await db()).session.count({ where: { identityId: id } })).toBe(0);
    const confirm = finishCodeStepUp(visit(), hijacker, { code: confirmation, browserHash: stepUp, userAgent: CHROME });
    await expect(confirm).rejects.toMatchObject({ code: 'code_used_or_expired' });
    const byCode = finishSignInWithCode(visit(), { code: pending.code, browserHash: login, userAgent: CHROME });
    await expect(byCode).rejects.toMatchObject({ code: 'code_used_or_expired' });
    const byLink = finishSignInWithLink(visit(), { token: pending.token, browserHash: login, userAgent: CHROME });
    await expect(byLink).rejects.toMatchObject({ code: 'link_used_or_expired' });
    const [event] = await listIdentityEvents(project.id, id, 1);
    expect(event).toMatchObject({ type: 'identity.email_change_undone', actorKind: 'system' });
  });

  test('removes passkeys added since, and no earlier one', async () => {
    const proof = await person();
    const { passkey: earlier } = await addPasskey(proof);
    at(60);
    const token = await changeOwn(proof);
    at(120);
    await addPasskey({ ...proof, identity: await getIdentity(project.id, proof.identity.id) });
    expect(await listPasskeys(project.id, proof.identity.id)).toHaveLength(2);
    await undo(token);
    expect((await listPasskeys(project.id, proof.identity.id)).map(({ id }) => id)).toEqual([earlier.id]);
  });

  test('notifies both addresses', async () => {
    const { old, email, token } = await changed();
    await undo(token);
    const kind = 'email_change_undone';
    expect(await lastMailTo(old)).toMatchObject({ kind, params: { isBack: true, removedPasskeys: 0 } });
    expect(await lastMailTo(email)).toMatchObject({ kind, params: { isBack: false } });
  });

  test('works once, for seven days, in its project', async () => {
    const [used, late, foreign] = [await changed(), await changed(), await changed()];
    await undo(used.token);
    await expect(undo(used.token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    const other = await makeProject();
    await expect(undoEmailChange(visit(other), foreign.token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await peekEmailChange(other.id, foreign.token)).toBeNull();
    at(WEEK - 1);
    await undo(foreign.token);
    at(WEEK);
    expect(await peekEmailChange(project.id, late.token)).toBeNull();
    await expect(undo(late.token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await now({ id: late.id })).toBe(late.email);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    [
      'a deactivation, even after reactivation',
      async (id) => {
        for (const state of ['inactive', 'active'] as const)
          await changeIdentity(cliActor(project.id), id, () => ({ state }));
      },
    ],
    ['a deletion', (id) => deleteIdentity(cliActor(project.id), id)],
    [
      'a promotion',
      (id) =>
        transaction(async (tx) => {
          const identity = await getIdentity(project.id, id, tx);
          await confineIdentity(tx, cliActor(project.id), identity, addressOf(identity));
        }),
    ],
    [
      'a change of address by a program',
      (id) => changeIdentity(program(), id, () => ({ traits: { email: newEmail() } })),
    ],
  ])('is ended by %s, which releases the old address', async (_, end) => {
    const { id, old, token } = await changed();
    await end(id);
    expect(await peekEmailChange(project.id, token)).toBeNull();
    await expect(undo(token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    await createIdentity(program(), { traits: { email: old } });
  });

  test("is not ended by a program's change of other traits", async () => {
    const { id, old, token } = await changed();
    await changeIdentity(program(), id, ({ traits }) => ({ traits: { ...traits, name: { first: 'Ada' } } }));
    await undo(token);
    expect(await now({ id })).toBe(old);
  });
});

describe('there is no link', () => {
  test("for an unverified address, whose mailbox may be a stranger's", async () => {
    const proof = await signIn(project, await makePerson(project));
    expect(await changeOwn(proof)).toBe('');
    await createIdentity(program(), { traits: { email: addressOf(proof.identity) } });
  });

  test('for an operator', async () => {
    const proof = await person(() => makeOperator(project, 'viewer'));
    expect(await changeOwn(proof)).toBe('');
  });

  test('for a change by an operator or a program', async () => {
    const { identity } = await person();
    await changeIdentity(program(), identity.id, () => ({ traits: { email: newEmail() } }));
    const { params } = await lastMailTo(addressOf(identity));
    expect(params).not.toHaveProperty('undoLink');
  });

  test('once the person has become an operator', async () => {
    const { id, email, token } = await changed();
    const role = { id: newId(), organizationId: project.organizationId, identityId: id, role: 'viewer' };
    await (await db()).operator.create({ data: { ...role, createdAt: START, updatedAt: START } });
    expect(await peekEmailChange(project.id, token)).toBeNull();
    await expect(undo(token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await now({ id })).toBe(email);
  });
});

describe('of several changes', () => {
  test('the earliest link restores the earliest address and ends the others', async () => {
    const { proof, id, old, token: first } = await changed();
    at(3600);
    const second = await changeOwn(proof);
    await undo(first);
    expect(await now({ id })).toBe(old);
    await expect(undo(second)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await (await db()).emailChange.count({ where: { identityId: id } })).toBe(0);
  });

  test('the second link keeps the first one', async () => {
    const { proof, id, email, old, token: first } = await changed();
    at(3600);
    const second = await changeOwn(proof);
    await undo(second);
    expect(await now({ id })).toBe(email);
    await undo(first);
    expect(await now({ id })).toBe(old);
  });

  test('the link of a change that was reverted still ends every session', async () => {
    const { proof, id, old, token } = await changed();
    await changeOwn(proof, old);
    expect(await now({ id })).toBe(old);
    await undo(token);
    expect(await now({ id })).toBe(old);
    expect(await findSession(project.id, proof.session.id)).toBeNull();
  });
});

describe('reserves the old address for seven days', () => {
  const takers: Array<[string, (address: string) => Promise<unknown>]> = [
    ['a creation', (email) => createIdentity(program(), { traits: { email } })],
    [
      'a batch creation',
      async (email) => {
        const [outcome] = await createIdentities(program(), [{ traits: { email } }]);
        if (outcome instanceof Error) throw outcome;
      },
    ],
    [
      'a change of another identity by a program',
      async (email) => changeIdentity(program(), (await makePerson(project)).id, () => ({ traits: { email } })),
    ],
    ['a change by another person', async (email) => changeOwn(await person(), email)],
  ];
  test.each(takers)('against %s', async (_, take) => {
    const { old, email } = await changed();
    const upper = old.toUpperCase();
    await expect(take(upper)).rejects.toMatchObject({ code: 'identifier_taken' });
    at(WEEK - 1);
    await expect(take(old)).rejects.toMatchObject({ code: 'identifier_taken' });
    at(WEEK);
    await take(old);
    expect(await findIdentityByIdentifier(project.id, email)).not.toBeNull();
  });

  test('against registration, which gives the same answer and mails no one', async () => {
    await setRegistration('open');
    const { old } = await changed();
    const ask = async () => {
      await beginSignIn(visit(), { address: old, browserHash: newId(), locale: 'en' });
      return (await readOutbox()).filter(({ mail }) => mail.to === old).at(-1);
    };
    expect(await ask()).toMatchObject({ isDiscarded: true, mail: { kind: 'sign_in' } });
    at(WEEK);
    expect(await ask()).toMatchObject({ isDiscarded: false, mail: { kind: 'registration' } });
  });

  test('against a registration begun before', async () => {
    await setRegistration('open');
    const proof = await person();
    const [other, browserHash] = [newEmail(), newId()];
    await changeOwn(proof, other); // frees the first address; the second is current
    const late = await person();
    await beginSignIn(visit(), { address: newEmail(), browserHash: newId(), locale: 'en' });
    const fresh = newEmail();
    await beginSignIn(visit(), { address: fresh, browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(fresh));
    await changeOwn(late, fresh);
    await changeOwn(late);
    const attempt = finishSignInWithCode(visit(), { code, browserHash, userAgent: CHROME });
    await expect(attempt).rejects.toMatchObject({ code: 'code_used_or_expired' });
  });

  test('against an invitation to register', async () => {
    await setRegistration('invitation');
    const { old } = await changed();
    const invite = () => inviteToRegister(cliActor(project.id), { email: old, locale: 'en' });
    await expect(invite()).rejects.toMatchObject({ code: 'invalid_input' });
    at(WEEK);
    await invite();
  });

  test('not against its person', async () => {
    const { proof, old, id } = await changed();
    await changeOwn(proof, old);
    expect(await now({ id })).toBe(old);
  });

  test('under concurrent creations', async () => {
    for (let round = 0; round < 8; round++) {
      const proof = await person();
      const old = addressOf(proof.identity);
      const outcomes = await Promise.allSettled([
        changeOwn(proof),
        ...Array.from({ length: 4 }, () => createIdentity(program(), { traits: { email: old } })),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', ...Array(4).fill('rejected')]);
    }
  });
});

test('purges expired rows, and none before', async () => {
  await (await db()).emailChange.deleteMany();
  await changed();
  at(WEEK - 1);
  expect(await purgeEmailChanges()).toBe(0);
  at(WEEK);
  expect(await purgeEmailChanges()).toBe(1);
});
