import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { listPasskeys } from '@/lib/credential/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { endSession, openSession } from '@/lib/session/service';
import { makeOperator } from '@/testing/operators';
import { confirmPairing, openPairing, PHONE } from '@/testing/pairing';
import {
  ADDRESS,
  addPasskey,
  CHROME,
  enterByPasskey,
  mailsTo,
  makePerson,
  signIn,
  signInByMail,
} from '@/testing/people';
import { enterByRecovery } from '@/testing/planting';
import { makeProject } from '@/testing/project';
import { clientContextOf } from '@/testing/tenant';
import { maskedAccount } from './model';
import * as pairing from './service';

const MINUTE = 60_000;
let project: Project;

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

const travel = (millis: number) => vi.setSystemTime(Date.now() + millis);
const signedIn = async () => signIn(project, await makePerson(project));
const sessionsOf = async ({ id: identityId }: Identity) => (await db()).session.count({ where: { identityId } });
const eventsOf = async ({ id }: Identity) => (await listIdentityEvents(project.id, id, 20)).reverse();
const ENDED = { code: 'pairing_ended' };

describe('a passkey from another device', () => {
  test('is added after the session confirmed, with the origin of that session, and opens no session', async () => {
    const proof = await signInByMail(project, await makePerson(project));
    const before = await sessionsOf(proof.identity);
    const { finish, authenticator } = await confirmPairing(proof);
    const passkey = await finish();
    expect(passkey).toMatchObject({ addedBy: 'session', addedSessionId: proof.session.id, name: 'Safari (iPhone)' });
    expect(passkey.addressId).toBe(proof.session.addressId);
    expect(await sessionsOf(proof.identity)).toBe(before);
    expect(await pairing.findOwnStep(proof)).toMatchObject({ step: 'used' });
    const { session } = await enterByPasskey(project, proof.identity, authenticator);
    expect(session.passkeyId).toBe(passkey.id);
  });

  test('counts as added by a recovery if the session originates in one', async () => {
    const proof = await enterByRecovery(project, await makePerson(project));
    expect(await (await confirmPairing(proof)).finish()).toMatchObject({ addedBy: 'recovery' });
  });

  test('is announced by mail and recorded with the device, never as the code', async () => {
    const proof = await signedIn();
    const { finish, code, token } = await confirmPairing(proof);
    await finish();
    const [mail] = await mailsTo(proof.identity);
    expect(mail).toMatchObject({
      kind: 'passkey_added',
      params: { isPaired: true },
      source: { browser: 'Safari', system: 'iPhone', address: '198.51.100.4' },
    });
    const events = await eventsOf(proof.identity);
    expect(events.slice(-4)).toMatchObject([
      { type: 'pairing.started', actorKind: 'identity' },
      {
        type: 'pairing.requested',
        actorKind: 'system',
        address: '198.51.100.4',
        details: { device: { system: 'iPhone' } },
      },
      { type: 'pairing.confirmed', actorKind: 'identity', address: ADDRESS },
      { type: 'passkey.added', address: '198.51.100.4', details: { from: { browser: 'Safari', system: 'iPhone' } } },
    ]);
    const rows = JSON.stringify([events, await (await db()).pairing.findMany()]);
    for (const secret of [code, token]) expect(rows).not.toContain(secret);
  });

  test('is refused in another browser than the confirmed one, and to a browser that only asks', async () => {
    const proof = await signedIn();
    const { client, request, browserHash } = await openPairing(proof);
    await request();
    for (const by of [browserHash, newId(), null])
      await expect(pairing.beginPairedRegistration(client, by)).rejects.toMatchObject(ENDED);
    const confirmed = await confirmPairing(await signedIn());
    const steal = pairing.finishPairedRegistration(client, { browserHash, userAgent: PHONE }, confirmed.response);
    await expect(steal).rejects.toMatchObject(ENDED);
    expect(await confirmed.finish()).toBeDefined();
  });

  test('is one: a second is refused', async () => {
    const proof = await signedIn();
    const { client, browserHash, finish } = await confirmPairing(proof);
    const again = await pairing.beginPairedRegistration(client, browserHash);
    expect(again).toBeDefined();
    await finish();
    await expect(pairing.beginPairedRegistration(client, browserHash)).rejects.toMatchObject(ENDED);
    expect(await listPasskeys(project.id, proof.identity.id)).toHaveLength(1);
  });

  test.each<[string, (proof: SessionProof) => Promise<unknown>]>([
    ['its session signs out', (proof) => endSession(proof.actor, proof.identity.id, proof.session.id)],
    ['its session is replaced by a step-up', (proof) => replace(proof)],
    ['it is cancelled on the first device', (proof) => pairing.cancelOwnPairing(proof)],
    ['another one is started', (proof) => pairing.startPairing(proof)],
    ['the identity gets a role', async ({ identity: { id } }) => raiseEpoch(id)],
  ])('ends when %s', async (_, end) => {
    const proof = await signedIn();
    const { client, request, browserHash, finish } = await confirmPairing(proof);
    await end(proof);
    await expect(finish()).rejects.toMatchObject(ENDED);
    await expect(pairing.beginPairedRegistration(client, browserHash)).rejects.toMatchObject(ENDED);
    await expect(request(newId())).rejects.toMatchObject(ENDED);
    expect(await listPasskeys(project.id, proof.identity.id)).toEqual([]);
  });

  test('ends when the other device cancels', async () => {
    const proof = await signedIn();
    const { client, browserHash, finish } = await confirmPairing(proof);
    await pairing.cancelRequest(client, browserHash);
    await expect(finish()).rejects.toMatchObject(ENDED);
    expect(await pairing.findOwnStep(proof)).toMatchObject({ step: 'cancelled' });
  });
});

async function replace({ project: at, identity, actor, session }: SessionProof) {
  const opening = { project: at, identity, method: 'code' as const, userAgent: CHROME, address: ADDRESS };
  await transaction((tx) => openSession(tx, actor, { ...opening, replaces: session.id }));
}
const raiseEpoch = async (id: string) =>
  (await db()).identity.update({ where: { id }, data: { revocationEpoch: { increment: 1 } } });

describe('starting', () => {
  test('needs a fresh session', async () => {
    const proof = await signedIn();
    travel(16 * MINUTE);
    await expect(pairing.startPairing(proof)).rejects.toMatchObject({ code: 'reauthentication_required' });
  });

  test('needs a passkey of an operator who has one', async () => {
    const operator = await makeOperator(project, 'viewer');
    const { authenticator } = await addPasskey(await signIn(project, operator));
    const identity = await getIdentity(project.id, operator.id);
    await expect(pairing.startPairing(await signIn(project, identity))).rejects.toMatchObject({
      code: 'reauthentication_required',
    });
    expect(await pairing.startPairing(await enterByPasskey(project, identity, authenticator))).toBeDefined();
  });

  test('is limited to 20 an hour', async () => {
    const proof = await signedIn();
    for (let made = 0; made < 20; made++) await pairing.startPairing(proof);
    await expect(pairing.startPairing(proof)).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

describe('asking', () => {
  test('takes the code or the link of one browser; both open nothing after it', async () => {
    const proof = await signedIn();
    const { client, code, token, request, browserHash } = await openPairing(proof);
    expect(await pairing.findTokenByCode(client, ` ${code.toLowerCase().replace(/(.{4})/, '$1-')} `)).toBe(token);
    expect(await pairing.peekPairing(project.id, token)).toEqual({ account: maskedAccount(proof.identity) });
    await request();
    await request(); // submitted twice
    await expect(request(newId())).rejects.toMatchObject(ENDED);
    expect(await pairing.peekPairing(project.id, token)).toBeNull();
    await expect(pairing.findTokenByCode(client, code)).rejects.toMatchObject({ code: 'pairing_code_wrong' });
    const own = await pairing.findOwnPairing(proof);
    const other = await pairing.findRequested(project.id, browserHash);
    expect([own?.step, other?.step]).toEqual(['requested', 'requested']);
    expect(own?.pairing.number).toBe(other?.pairing.number);
    expect(String(own?.pairing.number)).toMatch(/^[1-9][0-9]$/);
  });

  test('shows little of the account', async () => {
    const proof = await signedIn();
    const email = emailOf(proof.identity) ?? '';
    expect(maskedAccount(proof.identity)).toBe(`${email[0]}•••@example.com`);
    expect(maskedAccount({ verifiableAddresses: [] })).toBeNull();
  });

  test('refuses wrong codes, 30 an hour from a network; right ones do not count', async () => {
    const { client, code } = await openPairing(await signedIn());
    for (let tries = 0; tries < 40; tries++) await pairing.findTokenByCode(client, code);
    for (let tries = 0; tries < 30; tries++)
      await expect(pairing.findTokenByCode(client, '2222-2222')).rejects.toMatchObject({ code: 'pairing_code_wrong' });
    await expect(pairing.findTokenByCode(client, '2222-2222')).rejects.toMatchObject({ code: 'rate_limited' });
    const elsewhere = { ...client, address: '192.0.2.9' };
    expect(await pairing.findTokenByCode(elsewhere, code)).toBeDefined();
  });

  test('is refused at another project', async () => {
    const { code, token } = await openPairing(await signedIn());
    const elsewhere = clientContextOf(await makeProject());
    expect(await pairing.peekPairing(elsewhere.projectId, token)).toBeNull();
    await expect(pairing.findTokenByCode(elsewhere, code)).rejects.toMatchObject({ code: 'pairing_code_wrong' });
    const input = { token, browserHash: newId(), userAgent: PHONE };
    await expect(pairing.requestPairing(elsewhere, input)).rejects.toMatchObject(ENDED);
  });

  test('is refused after ten minutes', async () => {
    const proof = await signedIn();
    const { request } = await openPairing(proof);
    travel(10 * MINUTE);
    await expect(request()).rejects.toMatchObject(ENDED);
    expect(await pairing.findOwnStep(proof)).toMatchObject({ step: 'expired' });
    travel(10 * MINUTE);
    expect(await pairing.findOwnStep(proof)).toBeNull();
  });
});

describe('answering', () => {
  test('is up to the session that started it, for the pairing that its page showed', async () => {
    const proof = await signedIn();
    const { request } = await openPairing(proof);
    await request();
    const id = (await pairing.findOwnPairing(proof))?.pairing.id ?? '';
    const other = await signIn(project, proof.identity);
    await expect(pairing.answerPairing(other, { id, isConfirmed: true })).rejects.toMatchObject(ENDED);
    await expect(pairing.answerPairing(proof, { id: newId(), isConfirmed: true })).rejects.toMatchObject(ENDED);
    await pairing.answerPairing(proof, { id, isConfirmed: true });
    expect(await pairing.findOwnStep(proof)).toMatchObject({ step: 'confirmed' });
  });

  test('is refused before a device asks', async () => {
    const { answer } = await openPairing(await signedIn());
    for (const isConfirmed of [true, false]) await expect(answer(isConfirmed)).rejects.toMatchObject(ENDED);
  });

  test('with no, ends it on both devices and is recorded', async () => {
    const proof = await signedIn();
    const { client, request, answer, browserHash } = await openPairing(proof);
    await request();
    await answer(false);
    expect(await pairing.findRequestedStep(project.id, browserHash)).toMatchObject({ step: 'refused' });
    await expect(pairing.beginPairedRegistration(client, browserHash)).rejects.toMatchObject(ENDED);
    expect((await eventsOf(proof.identity)).at(-1)).toMatchObject({
      type: 'pairing.ended',
      details: { reason: 'refused', device: { system: 'iPhone' } },
    });
  });

  test('opens five minutes, also when asked at the end of ten', async () => {
    const proof = await signedIn();
    const { client, request, answer, browserHash } = await openPairing(proof);
    travel(10 * MINUTE - 2000);
    await request();
    await answer(true);
    travel(5 * MINUTE - 1000);
    expect(await pairing.beginPairedRegistration(client, browserHash)).toBeDefined();
    travel(1000);
    await expect(pairing.beginPairedRegistration(client, browserHash)).rejects.toMatchObject(ENDED);
  });
});

test('the other device learns that the session has ended', async () => {
  const proof = await signedIn();
  const { request, browserHash } = await openPairing(proof);
  await request();
  await endSession(proof.actor, proof.identity.id, proof.session.id);
  expect(await pairing.findRequestedStep(project.id, browserHash)).toMatchObject({ step: 'ended' });
});

test('the purge removes pairings an hour after they expired', async () => {
  const proof = await signedIn();
  await openPairing(proof);
  const of = { where: { identityId: proof.identity.id } };
  travel(69 * MINUTE);
  await pairing.purgePairings();
  expect(await (await db()).pairing.count(of)).toBe(1);
  travel(2 * MINUTE);
  await pairing.purgePairings();
  expect(await (await db()).pairing.count(of)).toBe(0);
});
