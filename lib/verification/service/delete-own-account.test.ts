import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { beginPasskeySignIn, deleteOwnPasskey, finishPasskeySignIn } from '@/lib/credential/service';
import { toIdentityResponse } from '@/lib/identity/contract';
import { emailOf, type Identity } from '@/lib/identity/model';
import {
  cancelDeletion,
  changeIdentity,
  createIdentity,
  deleteIdentity,
  findIdentity,
  findIdentityByIdentifier,
  getIdentity,
  purgeDueAccounts,
} from '@/lib/identity/service';
import type { Mail } from '@/lib/mail/model';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { getProject, updateProject } from '@/lib/project/service';
import { createRecoveryCodes, summarizeRecoveryCodes } from '@/lib/recovery-code/service';
import { findActiveSince } from '@/lib/role/service';
import type { SessionProof } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import { makeOperator, operatorActor } from '@/testing/operators';
import { codeAndLink, lastMailTo, readOutbox } from '@/testing/outbox';
import { confirmPairing } from '@/testing/pairing';
import { addPasskey, BROWSER, CHROME, contextOf, mailsTo, makePerson, signIn, signInByMail } from '@/testing/people';
import { programOf } from '@/testing/planting';
import { makeProject } from '@/testing/project';
import { clientContextOf } from '@/testing/tenant';
import {
  beginEmailChange,
  beginSignIn,
  deleteOwnAccount,
  finishEmailChange,
  finishSignInWithCode,
  finishSignInWithLink,
  issueRecovery,
  signInWithRecoveryCode,
  undoEmailChange,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
const DAY = 24 * 60 * 60 * 1000;
const DUE = new Date(START.getTime() + 7 * DAY);
let project: Project;

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

const addressOf = (identity: Identity) => emailOf(identity) ?? '';
const person = async () => signInByMail(project, await makePerson(project));
const remove = (proof: SessionProof, graceDays = 7) => deleteOwnAccount(proof, { graceDays, locale: 'de' });
const present = ({ identity: { id } }: SessionProof) => getIdentity(project.id, id);
const typesOf = async ({ identity: { id } }: SessionProof, limit: number) =>
  (await listIdentityEvents(project.id, id, limit)).map(({ type }) => type);
const kindsOf = async ({ identity }: SessionProof) => (await mailsTo(identity)).map(({ kind }) => kind);
const lastOf = async ({ identity }: SessionProof): Promise<Mail | undefined> => (await mailsTo(identity)).at(-1);
const later = (millis: number) => vi.setSystemTime(START.getTime() + millis);
async function setGrace(of: Project, days: number): Promise<Project> {
  const { deletionGraceDays } = await getProject(of.id);
  await updateProject(cliActor(of.id), { base: { deletionGraceDays }, mine: { deletionGraceDays: days } });
  return getProject(of.id);
}

describe('deleting one’s account', () => {
  // ASVS 7.4.2
  test('keeps it for the grace time, signed out everywhere, and mails until when', async () => {
    const proof = await person();
    const other = await signIn(project, proof.identity);
    expect(await remove(proof)).toEqual(DUE);
    const after = await present(proof);
    expect(after).toMatchObject({ deletionDueAt: DUE, state: 'active', locale: 'de' });
    for (const { session } of [proof, other]) expect(await findSession(project.id, session.id)).toBeNull();
    expect(after.version).toBe(proof.identity.version + 1);
    expect(toIdentityResponse(after, project.origin).deletion_due_at).toBe(DUE.toISOString());
    expect(await lastOf(proof)).toMatchObject({
      ...{ kind: 'account_deletion_requested', locale: 'de' },
      params: { until: DUE.getTime() },
    });
    const [event] = await listIdentityEvents(project.id, after.id, 1);
    expect(event).toMatchObject({
      ...{ type: 'identity.deletion_requested', actorKind: 'identity', actorId: after.id },
      details: { due_at: DUE.toISOString() },
    });
  });

  test('happens once when it is asked for twice', async () => {
    const proof = await person();
    const outcomes = await Promise.allSettled([remove(proof), remove(proof)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(remove(proof)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await kindsOf(proof)).filter((kind) => kind === 'account_deletion_requested')).toHaveLength(1);
  });

  test('without a grace time deletes at once', async () => {
    const own = await setGrace(await makeProject(), 0);
    const proof = await signInByMail(own, await makePerson(own));
    expect(await remove(proof, 0)).toBeNull();
    expect(await findIdentity(own.id, proof.identity.id)).toBeNull();
    expect(await lastOf(proof)).toMatchObject({ kind: 'account_deleted', locale: 'de' });
  });

  test('is refused when the grace time is not the one that was shown', async () => {
    const proof = await person();
    await expect(remove(proof, 0)).rejects.toMatchObject({ code: 'version_conflict' });
    expect((await present(proof)).deletionDueAt).toBeNull();
  });

  test('needs a fresh session, and one that is live', async () => {
    const proof = await person();
    later(16 * 60_000);
    await expect(remove(proof)).rejects.toMatchObject({ code: 'reauthentication_required' });
    later(0);
    await changeIdentity(cliActor(project.id), proof.identity.id, () => ({ state: 'inactive' }));
    await expect(remove(proof)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('does not change under a later setting', async () => {
    const own = await makeProject();
    const proof = await signInByMail(own, await makePerson(own));
    await remove(proof);
    await setGrace(own, 1);
    expect((await getIdentity(own.id, proof.identity.id)).deletionDueAt).toEqual(DUE);
  });
});

/** Every way in, prepared before or after the deletion; calling one signs in. */
async function waysIn() {
  const proof = await person();
  const { authenticator } = await addPasskey(proof);
  const [ownCode = ''] = await createRecoveryCodes(proof);
  const { identity } = proof;
  const mailed = async () => {
    const browserHash = newId();
    await beginSignIn(clientContextOf(project), { address: addressOf(identity), browserHash, locale: 'en' });
    return { browserHash, ...codeAndLink(await lastMailTo(addressOf(identity))) };
  };
  const byCode = ({ code, browserHash }: Awaited<ReturnType<typeof mailed>>) =>
    finishSignInWithCode(clientContextOf(project), { code, browserHash, userAgent: CHROME });
  const byLink = (token: string) =>
    finishSignInWithLink(clientContextOf(project), { token, browserHash: newId(), userAgent: CHROME });
  const typed = (code: string) =>
    signInWithRecoveryCode(clientContextOf(project), {
      ...{ address: addressOf(identity), code, returnTo: null, userAgent: CHROME },
    });
  return { proof, authenticator, ownCode, mailed, byCode, byLink, typed };
}
type Ways = Awaited<ReturnType<typeof waysIn>>;

const WAYS: Record<string, (ways: Ways) => Promise<unknown>> = {
  'a passkey': async ({ authenticator }) => {
    const response = authenticator.get(await beginPasskeySignIn(contextOf(project), BROWSER));
    return finishPasskeySignIn(contextOf(project), BROWSER, response, { userAgent: CHROME });
  },
  'a mailed code': async ({ mailed, byCode }) => byCode(await mailed()),
  'a mailed link': async ({ mailed, byLink }) => byLink((await mailed()).token),
  'a recovery code of one’s own': ({ typed, ownCode }) => typed(ownCode),
  'a recovery code from an operator': async ({ typed, proof }) =>
    typed((await issueRecovery(cliActor(project.id), proof.identity.id)).code),
};

describe('within the grace time', () => {
  test.each(Object.entries(WAYS))('signing in with %s brings the account back', async (_, enter) => {
    const ways = await waysIn();
    await remove(ways.proof);
    later(7 * DAY - 1);
    await enter(ways);
    const { deletionDueAt } = await present(ways.proof);
    expect(deletionDueAt).toBeNull();
    expect(await typesOf(ways.proof, 3)).toContain('identity.deletion_cancelled');
    expect(await kindsOf(ways.proof)).toContain('account_kept');
    later(8 * DAY);
    await purgeDueAccounts();
    expect(await findIdentity(project.id, ways.proof.identity.id)).not.toBeNull();
  });

  test('nothing that was issued before signs in or adds a passkey', async () => {
    const { proof, mailed, byCode, byLink, typed } = await waysIn();
    const pairing = await confirmPairing(proof);
    const recovery = await issueRecovery(cliActor(project.id), proof.identity.id);
    const before = await mailed();
    await remove(proof);
    await expect(byCode(before)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(byLink(before.token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    await expect(byLink(recovery.link.split('?')[1] ?? '')).rejects.toMatchObject({ code: 'link_used_or_expired' });
    await expect(typed(recovery.code)).rejects.toMatchObject({ code: 'recovery_code_wrong' });
    await expect(pairing.finish()).rejects.toThrow();
    expect((await present(proof)).deletionDueAt).toEqual(DUE);
  });

  test('recovery codes are kept, and end with a deactivation', async () => {
    const { proof, typed, ownCode } = await waysIn();
    await remove(proof);
    expect(await summarizeRecoveryCodes(await present(proof))).toMatchObject({ left: 10 });
    for (const state of ['inactive', 'active'] as const)
      await changeIdentity(cliActor(project.id), proof.identity.id, () => ({ state }));
    await expect(typed(ownCode)).rejects.toMatchObject({ code: 'recovery_code_wrong' });
    expect((await present(proof)).deletionDueAt).toEqual(DUE);
  });

  test('a sign-in is refused while the account is deactivated, and the purge still runs', async () => {
    const ways = await waysIn();
    await remove(ways.proof);
    await changeIdentity(cliActor(project.id), ways.proof.identity.id, () => ({ state: 'inactive' }));
    await expect(WAYS['a passkey']?.(ways)).rejects.toMatchObject({ code: 'inactive_identity' });
    expect((await present(ways.proof)).deletionDueAt).toEqual(DUE);
    later(7 * DAY);
    await purgeDueAccounts();
    expect(await findIdentity(project.id, ways.proof.identity.id)).toBeNull();
  });

  test('a passkey deleted before cannot be restored', async () => {
    const proof = await person();
    const { passkey } = await addPasskey(proof);
    await deleteOwnPasskey(proof, passkey.id);
    await remove(proof);
    const { passkeyCount } = await present(proof);
    expect(passkeyCount).toBe(0);
  });

  test('the address stays taken', async () => {
    const proof = await person();
    await remove(proof);
    const traits = { email: addressOf(proof.identity) };
    await expect(createIdentity(cliActor(project.id), { traits })).rejects.toMatchObject({ code: 'identifier_taken' });
  });

  test('other changes keep the due time', async () => {
    const proof = await person();
    await remove(proof);
    await changeIdentity(cliActor(project.id), proof.identity.id, ({ traits }) => ({
      traits: { ...traits, name: { first: 'Ada' } },
    }));
    expect((await present(proof)).deletionDueAt).toEqual(DUE);
  });

  test('undoing an email change cancels it: a stranger may have asked for it', async () => {
    const proof = await person();
    const stranger = `${newId()}@example.com`;
    const browserHash = newId();
    const visit = clientContextOf(project);
    await beginEmailChange(visit, proof, { address: stranger, browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(stranger));
    await finishEmailChange(visit, proof, { code, browserHash, locale: 'en' });
    const notice = await lastMailTo(addressOf(proof.identity));
    if (notice.kind !== 'email_change_notice') throw new Error(notice.kind);
    await remove({ ...proof, identity: await present(proof) });
    expect(await lastMailTo(stranger)).toMatchObject({ kind: 'account_deletion_requested' });
    await undoEmailChange(visit, notice.params.undoLink?.split('?')[1] ?? '');
    const kept = await present(proof);
    expect([kept.deletionDueAt, addressOf(kept)]).toEqual([null, addressOf(proof.identity)]);
    expect((await mailsTo(kept)).find(({ kind }) => kind === 'account_kept')).toMatchObject({
      params: { reason: 'email_change_undone' },
    });
  });
});

describe('an operator', () => {
  test('cancels a deletion, once', async () => {
    const proof = await person();
    await remove(proof);
    const actor = operatorActor(await makeOperator(project, 'admin'));
    await Promise.all([1, 2].map(() => cancelDeletion(actor, proof.identity.id)));
    await cancelDeletion(actor, proof.identity.id);
    expect((await present(proof)).deletionDueAt).toBeNull();
    expect(await findSession(project.id, proof.session.id)).toBeNull();
    expect((await typesOf(proof, 5)).filter((type) => type === 'identity.deletion_cancelled')).toHaveLength(1);
    expect(await lastOf(proof)).toMatchObject({ kind: 'account_kept', params: { reason: 'administrator' } });
  });

  test('deletes such an account at once', async () => {
    const proof = await person();
    await remove(proof);
    await deleteIdentity(cliActor(project.id), proof.identity.id);
    expect(await findIdentity(project.id, proof.identity.id)).toBeNull();
  });

  test('is protected from programs, also from their cancelling', async () => {
    const operator = await makeOperator(project, 'viewer');
    await remove(await signIn(project, operator));
    await expect(cancelDeletion(programOf(project), operator.id)).rejects.toMatchObject({ code: 'operator_protected' });
  });

  test('who is the last owner cannot delete their account, nor leave it to an owner who deleted theirs', async () => {
    const own = await makeProject();
    const [one, two] = [await makeOperator(own, 'owner'), await makeOperator(own, 'owner')];
    const proofs = [await signIn(own, one), await signIn(own, two)];
    const outcomes = await Promise.allSettled(proofs.map((proof) => remove(proof)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const left = outcomes[0]?.status === 'rejected' ? one : two;
    const attempt = deleteIdentity(cliActor(own.id), left.id);
    await expect(attempt).rejects.toMatchObject({ code: 'last_owner' });
    later(7 * DAY);
    await purgeDueAccounts();
    expect((await getIdentity(own.id, left.id)).operatorRoles).toMatchObject([{ role: 'owner' }]);
  });

  test('who deleted their account does not count as active until they come back', async () => {
    const own = await makeProject();
    const admin = await makeOperator(own, 'admin');
    const isActive = async () => (await findActiveSince(own.organizationId)).has(admin.id);
    expect(await isActive()).toBe(true);
    await remove(await signIn(own, admin));
    expect(await isActive()).toBe(false);
    await signIn(own, await getIdentity(own.id, admin.id));
    expect(await isActive()).toBe(true);
  });
});

describe('when the grace time is over', () => {
  test('the job purges the account, blanks its events and sends the last mail', async () => {
    const proof = await person();
    await remove(proof);
    later(7 * DAY - 1);
    await purgeDueAccounts();
    expect(await findIdentity(project.id, proof.identity.id)).not.toBeNull();
    later(7 * DAY);
    await purgeDueAccounts();
    expect(await findIdentity(project.id, proof.identity.id)).toBeNull();
    expect(await findIdentityByIdentifier(project.id, addressOf(proof.identity))).toBeNull();
    expect(await lastOf(proof)).toMatchObject({ kind: 'account_deleted', locale: 'de' });
    expect((await lastOf(proof))?.source).toBeUndefined();
    const events = await listIdentityEvents(project.id, proof.identity.id, 20);
    expect(events[0]).toMatchObject({ type: 'identity.deleted', actorId: proof.identity.id, address: null });
    expect(JSON.stringify(events)).not.toContain(addressOf(proof.identity));
    expect(events.every(({ address }) => address === null)).toBe(true);
  });

  test('a job that is stopped halfway leaves the rest to the next run', async () => {
    const proofs = await Promise.all([1, 2, 3].map(person));
    for (const proof of proofs) await remove(proof);
    later(7 * DAY);
    const killed = new AbortController();
    const signal = { ...killed.signal, throwIfAborted: stopAfter(1) } as AbortSignal;
    await expect(purgeDueAccounts(new Date(), signal)).rejects.toThrow('stopped');
    const left = async () => {
      const found = await Promise.all(proofs.map(({ identity: { id } }) => findIdentity(project.id, id)));
      return found.filter(Boolean).length;
    };
    expect(await left()).toBe(2);
    await Promise.all([purgeDueAccounts(), purgeDueAccounts()]);
    expect(await left()).toBe(0);
    const last = (await readOutbox()).filter(({ mail }) => mail.kind === 'account_deleted').map(({ mail }) => mail.to);
    for (const { identity } of proofs) expect(last.filter((to) => to === addressOf(identity))).toHaveLength(1);
  });

  test('a sign-in and the purge at the same time leave an account or none, never a session without one', async () => {
    for (let round = 0; round < 4; round++) {
      const ways = await waysIn();
      await remove(ways.proof);
      later(7 * DAY);
      const [entered] = await Promise.allSettled([WAYS['a passkey']?.(ways), purgeDueAccounts()]);
      const found = await findIdentity(project.id, ways.proof.identity.id);
      expect(entered?.status === 'fulfilled').toBe(found !== null);
      if (found) expect(found.deletionDueAt).toBeNull();
      later(0);
    }
  });
});

/** Throws at the call after `calls`. */
function stopAfter(calls: number): () => void {
  let left = calls;
  return () => {
    if (left-- <= 0) throw new Error('stopped');
  };
}
