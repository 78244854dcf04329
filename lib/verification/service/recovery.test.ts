import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { changeIdentity, getIdentity, markAddressVerified } from '@/lib/identity/service';
import { type Actor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { guardReach } from '@/lib/role/service';
import { disownSignIn, findSession } from '@/lib/session/service';
import { codeAndLink, lastMailTo, readOutbox } from '@/testing/outbox';
import { ADDRESS, CHROME, entered, makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  beginSignIn,
  type ClientContext,
  finishSignInWithCode,
  finishSignInWithLink,
  finishSignInWithRecoveryCode,
  issueRecovery,
  peekLink,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
let project: Project;
let other: Project;
let operator: Identity;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const visit = (of = project): ClientContext => ({
  projectId: of.id,
  origin: of.origin,
  requestId: newId(),
  address: ADDRESS,
});
const actorIn = (of = project): Actor => ({ ...systemActor(of.id), kind: 'operator', id: operator.id });
const issue = (identity: Identity, actor = actorIn()) => issueRecovery(actor, identity.id);
const follow = async (link: string, from = visit()) => {
  const signInBrowser = { browserHash: newId(), userAgent: CHROME };
  return entered(await finishSignInWithLink(from, { token: link.split('?')[1] ?? '', ...signInBrowser }));
};
/** Submits a recovery code, by default from the same network. */
const type = (
  code: string,
  { from = visit(), returnTo = null }: { from?: ClientContext; returnTo?: string | null } = {},
) => finishSignInWithRecoveryCode(from, { code, returnTo, userAgent: CHROME });
/** Requests a mail in a new browser, and guesses at its code. */
const guess = async (identity: Identity, times: number) => {
  const browserHash = newId();
  await beginSignIn(visit(), { address: emailOf(identity) ?? '', browserHash, locale: 'en' });
  const { code } = codeAndLink(await lastMailTo(emailOf(identity) ?? ''));
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  for (let guesses = 0; guesses < times; guesses++)
    await finishSignInWithCode(visit(), { code: wrong, browserHash, userAgent: CHROME }).catch(() => undefined);
};

beforeAll(async () => {
  [project, other] = await Promise.all([makeProject(), makeProject()]);
  operator = await makePerson(project);
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a recovery link', () => {
  test('opens a session once, in any browser, within an hour, and proves no mailbox', async () => {
    const identity = await makePerson(project);
    const { link, code, expiresAt } = await issue(identity);
    expect(link).toMatch(new RegExp(`^${project.origin}/login/link\\?[\\w-]{24}$`));
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(expiresAt).toEqual(new Date(START.getTime() + 3_600_000));
    at(3599);
    const preview = await peekLink(project.id, link.split('?')[1] ?? '', '');
    expect(preview).toMatchObject({
      address: emailOf(identity),
      returnTo: null,
      isSameBrowser: false,
      isRecovery: true,
    });
    const { session } = await follow(link);
    expect(await findSession(project.id, session.id)).toMatchObject({ session: { method: 'recovery' } });
    expect((await getIdentity(project.id, identity.id)).verifiableAddresses[0]?.verified).toBe(false);
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_used_or_expired' });
  });

  test('expires after an hour, and opens nothing in another project', async () => {
    const { link } = await issue(await makePerson(project));
    await expect(follow(link, visit(other))).rejects.toMatchObject({ code: 'link_used_or_expired' });
    at(3600);
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_used_or_expired' });
  });

  test('opens one session under concurrent use', async () => {
    const { link } = await issue(await makePerson(project));
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => follow(link)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a recovery code', () => {
  test('opens a session once, in any browser, and consumes its link', async () => {
    const identity = await makePerson(project);
    const { link, code, codePage } = await issue(identity);
    expect(codePage).toBe(`${project.origin}/login/recovery`);
    const signedIn = await type(code, { returnTo: '/console' });
    expect(signedIn).toMatchObject({ identity: { id: identity.id }, session: { method: 'recovery' } });
    expect(signedIn.returnTo).toBe('/console');
    expect((await getIdentity(project.id, identity.id)).verifiableAddresses[0]?.verified).toBe(false);
    await expect(type(code)).rejects.toMatchObject({ code: 'recovery_code_wrong' });
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_used_or_expired' });
  });

  test('is consumed by its link', async () => {
    const { link, code } = await issue(await makePerson(project));
    await follow(link);
    await expect(type(code)).rejects.toMatchObject({ code: 'recovery_code_wrong' });
  });

  test.each<[string, (code: string) => string]>([
    ['in lower case, without dashes', (code) => code.toLowerCase().replaceAll('-', '')],
    ['with spaces inside and around', (code) => `  ${code.replaceAll('-', ' ')}\n`],
    ['with typographic dashes', (code) => code.replaceAll('-', '\u2013')],
    ['with O for 0, and l or I for 1', (code) => code.replaceAll('0', 'o').replace('1', 'l').replaceAll('1', 'I')],
    [
      'in full-width characters',
      (code) => code.replaceAll(/[0-9A-Z]/g, (char) => String.fromCodePoint(char.charCodeAt(0) + 0xfee0)),
    ],
  ])('is accepted %s', async (_, typed) => {
    const { code } = await issue(await makePerson(project));
    expect(await type(typed(code))).toMatchObject({ session: { method: 'recovery' } });
  });

  test("is not blocked by strangers' wrong codes at the address or wrong recovery codes", async () => {
    const identity = await makePerson(project);
    const { code } = await issue(identity);
    for (let mails = 0; mails < 2; mails++) await guess(identity, 5);
    const wrong = `${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`;
    // All thirty of this client, ten of them at the address.
    for (let tries = 0; tries < 20; tries++)
      await expect(type(wrong)).rejects.toMatchObject({ code: 'recovery_code_wrong' });
    await expect(type(wrong)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await type(code)).toMatchObject({ session: { identityId: identity.id, method: 'recovery' } });
  });

  test('opens nothing in another project, nor after an hour', async () => {
    const { code } = await issue(await makePerson(project));
    await expect(type(code, { from: visit(other) })).rejects.toMatchObject({ code: 'recovery_code_wrong' });
    at(3600);
    await expect(type(code)).rejects.toMatchObject({ code: 'recovery_code_wrong' });
  });

  test('opens one session under concurrent use', async () => {
    const { code, link } = await issue(await makePerson(project));
    const results = await Promise.allSettled([...Array.from({ length: 4 }, () => type(code)), follow(link)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('is refused at the step of the mailed code', async () => {
    const identity = await makePerson(project);
    const { code } = await issue(identity);
    const browserHash = newId();
    await beginSignIn(visit(), { address: emailOf(identity) ?? '', browserHash, locale: 'en' });
    const attempt = finishSignInWithCode(visit(), { code, browserHash, userAgent: CHROME });
    await expect(attempt).rejects.toMatchObject({ code: 'code_wrong', details: { triesLeft: 5 } });
  });

  test.each(['', '482913', 'U'.repeat(24), '7K3M-9QXW-2HDT-V5RB-H8CE-0ZYPX'])(
    'refuses the malformed code %j at no cost',
    async (typed) => {
      await expect(type(typed)).rejects.toMatchObject({ code: 'recovery_code_wrong' });
      expect(await (await db()).rateLimit.count()).toBe(0);
    },
  );
});

describe('ends a recovery', () => {
  const endings: Array<[string, (identity: Identity) => Promise<unknown>]> = [
    [
      'by deactivation, even after reactivation',
      async ({ id }) => {
        for (const state of ['inactive', 'active'] as const) await changeIdentity(actorIn(), id, () => ({ state }));
      },
    ],
    [
      'by a change of address',
      ({ id }) => changeIdentity(actorIn(), id, () => ({ traits: { email: `${newId()}@example.com` } })),
    ],
    ['by a newer recovery', (identity) => issue(identity)],
  ];
  test.each(endings)('%s', async (_, end) => {
    const identity = await makePerson(project);
    const { link, code } = await issue(identity);
    await end(identity);
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    await expect(type(code)).rejects.toMatchObject({ code: 'recovery_code_wrong' });
  });
});

describe('refuses a recovery', () => {
  test('for oneself, an inactive identity, an unknown ID and another project', async () => {
    const inactive = await makePerson(project);
    await changeIdentity(actorIn(), inactive.id, () => ({ state: 'inactive' }));
    await expect(issue(operator)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(issue(inactive)).rejects.toMatchObject({ code: 'recovery_impossible' });
    await expect(issueRecovery(actorIn(), newId())).rejects.toMatchObject({ code: 'not_found' });
    await expect(issue(operator, actorIn(other))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('for an operator: always by a program, and by operators of a lower role', async () => {
    const client = await db();
    const [owner, admin] = [await makePerson(project), await makePerson(project)];
    for (const [{ id: identityId }, role] of [[owner, 'owner'] as const, [admin, 'admin'] as const]) {
      const now = new Date();
      const data = { id: newId(), organizationId: project.organizationId, identityId, role };
      await client.operator.create({ data: { ...data, createdAt: now, updatedAt: now } });
    }
    const by = await getIdentity(project.id, admin.id);
    const actor: Actor = { ...actorIn(), id: admin.id };
    const guard = (current: Identity) => guardReach(by, current);
    await expect(issueRecovery(actor, owner.id, { guard })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(issueRecovery({ ...actor, kind: 'api_credential', id: 'sc_1' }, owner.id)).rejects.toMatchObject({
      code: 'operator_protected',
    });
    expect(await client.verification.count({ where: { identityId: owner.id } })).toBe(0);
  });
});

// ASVS 6.5.2
test('stores no readable link or code in rows or events', async () => {
  const identity = await makePerson(project);
  const { link, code } = await issue(identity);
  const rows = await (await db()).verification.findMany({ where: { identityId: identity.id } });
  const [event] = await listIdentityEvents(project.id, identity.id, 1);
  expect(event).toMatchObject({ type: 'identity.recovery_issued', actorId: operator.id, actorKind: 'operator' });
  const written = JSON.stringify([rows, event]);
  expect(written).not.toContain(link.split('?')[1]);
  for (const form of [code, code.replaceAll('-', '')]) expect(written).not.toContain(form);
});

describe('notifies the person', () => {
  const mailsTo = async (identity: Identity) =>
    (await readOutbox()).map(({ mail }) => mail).filter(({ to }) => identity.identifiers.includes(to));

  test('of issue and use, without link and code', async () => {
    const identity = await makePerson(project);
    const { code, link, expiresAt } = await issue(identity);
    const made = { kind: 'recovery_issued', params: { expiresAt: expiresAt.getTime() } };
    expect(await mailsTo(identity)).toMatchObject([made]);
    await type(code);
    const mails = await mailsTo(identity);
    expect(mails).toMatchObject([made, { kind: 'recovery_used', params: {} }]);
    for (const secret of [code, link.split('?')[1] ?? '']) expect(JSON.stringify(mails)).not.toContain(secret);
  });

  test('with a link that ends the sign-in and forgets its browser, if the mailbox is proven', async () => {
    const made = await makePerson(project);
    await transaction((tx) => markAddressVerified(tx, systemActor(project.id), made.id, emailOf(made) ?? ''));
    const { code } = await issue(made);
    const memory = { token: randomToken(), isFamiliarTo: () => false };
    const { session, identity } = await finishSignInWithRecoveryCode(visit(), {
      ...{ code, returnTo: null, userAgent: CHROME, memory },
    });
    const mail = await lastMailTo(emailOf(identity) ?? '');
    expect(mail).toMatchObject({ kind: 'recovery_used', params: { until: Date.now() + 7 * 86_400_000 } });
    await disownSignIn(visit(), codeAndLink(mail).token);
    expect(await findSession(project.id, session.id)).toBeNull();
    expect(await (await db()).knownBrowser.count({ where: { identityId: identity.id } })).toBe(0);
  });

  test('of no refused attempt', async () => {
    const identity = await makePerson(project);
    const { code } = await issue(identity);
    await expect(type(code, { from: visit(other) })).rejects.toMatchObject({ code: 'recovery_code_wrong' });
    expect(await mailsTo(identity)).toHaveLength(1);
  });
});
