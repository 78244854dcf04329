import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, createIdentity, deleteIdentity, getIdentity, rememberLocale } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { ensureDefaultSchema } from '@/lib/schema/service';
import { findSession } from '@/lib/session/service';
import { codeAndLink, lastMailTo, readOutbox } from '@/testing/outbox';
import { CHROME, entered, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  beginSignIn,
  type ClientContext,
  findPendingSignIn,
  finishSignInWithCode,
  finishSignInWithLink,
  peekLink,
  purgeVerifications,
  type SignedIn,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
let project: Project;
let other: Project;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const visit = (of: Project = project, address = '203.0.113.7'): ClientContext => ({
  projectId: of.id,
  origin: of.origin,
  requestId: newId(),
  address,
});
const begin = (address: string, browserHash: string, more: { returnTo?: string; from?: ClientContext } = {}) =>
  beginSignIn(more.from ?? visit(), { address, browserHash, locale: 'en', returnTo: more.returnTo });
const withCode = async (code: string, browserHash: string | null, from = visit()) =>
  entered(await finishSignInWithCode(from, { code, browserHash, userAgent: CHROME }));
const withLink = async (token: string, from = visit()) =>
  entered(await finishSignInWithLink(from, { token, browserHash: newId(), userAgent: CHROME }));
const addressOf = (identity: Identity) => identity.identifiers[0] ?? '';
const isSignedIn = async ({ session }: SignedIn) => (await findSession(session.projectId, session.id)) !== null;
const sessionsOf = async (identityId: string) => (await db()).session.count({ where: { identityId } });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** A person who has requested a code in this browser. */
async function requestCode(more: Parameters<typeof begin>[2] = {}) {
  const identity = await makePerson(project);
  const browser = newId();
  await begin(addressOf(identity), browser, more);
  return { identity, browser, ...codeAndLink(await lastMailTo(addressOf(identity))) };
}

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  await ensureDefaultSchema(project.id);
  other = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('sign-in', () => {
  test('by code in the requesting browser: a session, a verified address, and the return path', async () => {
    const { identity, browser, code } = await requestCode({ returnTo: '/profile/settings' });
    const signedIn = await withCode(` ${code.slice(0, 3)} ${code.slice(3)}`, browser);
    expect(signedIn).toMatchObject({
      returnTo: '/profile/settings',
      session: { method: 'code', identityId: identity.id },
    });
    expect(await isSignedIn(signedIn)).toBe(true);
    const { verifiableAddresses } = await getIdentity(project.id, identity.id);
    expect(verifiableAddresses).toMatchObject([{ value: addressOf(identity), verified: true }]);
    const events = await listIdentityEvents(project.id, identity.id, 10);
    expect(events.find(({ type }) => type === 'session.started')).toMatchObject({
      actorKind: 'identity',
      actorId: identity.id,
      address: '203.0.113.7',
    });
  });

  test('by link in any browser', async () => {
    const { token, identity } = await requestCode({ returnTo: '/console' });
    const signedIn = await withLink(token);
    expect(signedIn).toMatchObject({ returnTo: '/console', session: { method: 'link', identityId: identity.id } });
    expect(await isSignedIn(signedIn)).toBe(true);
  });

  test("ends this browser's previous session", async () => {
    const { identity, browser, code } = await requestCode();
    const before = await signIn(project, identity);
    await finishSignInWithCode(visit(), { code, browserHash: browser, userAgent: CHROME, replaces: before.session.id });
    expect(await findSession(project.id, before.session.id)).toBeNull();
    expect(await sessionsOf(identity.id)).toBe(1);
  });

  test('ignores the case of the address; mails in the language the person chose', async () => {
    const identity = await makePerson(project);
    await rememberLocale(identity, 'de');
    await begin(` ${addressOf(identity).toUpperCase()} `, newId());
    expect(await lastMailTo(addressOf(identity))).toMatchObject({ kind: 'sign_in', locale: 'de' });
  });

  test.each(['', 'jane', 'jane@example.com, john@example.com'])(
    'refuses an invalid address at its field: "%s"',
    async (address) => {
      await expect(begin(address, newId())).rejects.toMatchObject({
        code: 'invalid_input',
        details: { violations: [{ pointer: '/email' }] },
      });
    },
  );
});

describe('at rest', () => {
  test('neither code, link nor browser is readable', async () => {
    const { browser, code, token } = await requestCode();
    const row = await (await db()).verification.findFirstOrThrow({ where: { browserHash: browser } });
    expect(JSON.stringify({ ...row, id: '' })).not.toContain(code);
    expect(JSON.stringify(row)).not.toContain(token);
  });
});

describe('CVE-2026-28513: refuses', () => {
  type Requested = Awaited<ReturnType<typeof requestCode>>;
  const system = () => systemActor(project.id);
  const deactivate = (id: string) => changeIdentity(system(), id, () => ({ state: 'inactive' }));
  const activate = (id: string) => changeIdentity(system(), id, () => ({ state: 'active' }));

  const REASONS: Array<[string, (who: Requested) => unknown]> = [
    ['an inactive identity', ({ identity }) => deactivate(identity.id)],
    [
      'an identity deactivated and activated again',
      async ({ identity }) => {
        await deactivate(identity.id);
        await activate(identity.id);
      },
    ],
    ['a deleted identity', ({ identity }) => deleteIdentity(system(), identity.id)],
    [
      'a deleted identity whose address has another identity now',
      async ({ identity }) => {
        await deleteIdentity(system(), identity.id);
        await createIdentity(system(), { traits: { email: addressOf(identity) } });
      },
    ],
    [
      'an identity whose address has changed',
      ({ identity }) =>
        changeIdentity(system(), identity.id, () => ({ traits: { email: `new-${newId()}@example.com` } })),
    ],
    ['after ten minutes', () => at(600)],
    ['one used by its code', ({ browser, code }) => withCode(code, browser)],
    ['one used by its link', ({ token }) => withLink(token)],
    ['one replaced by a newer mail', ({ identity, browser }) => begin(addressOf(identity), browser)],
  ];

  test.each(REASONS)('by code: %s', async (_, happens) => {
    const requested = await requestCode();
    await happens(requested);
    const before = await (await db()).session.count();
    const attempt = withCode(requested.code, requested.browser);
    await expect(attempt).rejects.toMatchObject({ code: expect.stringMatching(/^code_(used_or_expired|wrong)$/) });
    expect(await (await db()).session.count()).toBe(before);
  });

  test.each(REASONS)('by link: %s', async (_, happens) => {
    const requested = await requestCode();
    await happens(requested);
    const before = await (await db()).session.count();
    await expect(withLink(requested.token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await (await db()).session.count()).toBe(before);
  });

  // ASVS 6.6.2
  test('a code in another or an unknown browser', async () => {
    const { code, browser } = await requestCode();
    await expect(withCode(code, newId())).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(withCode(code, null)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(withCode(code, '')).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect(await isSignedIn(await withCode(code, browser))).toBe(true);
  });

  test('a code or link of another project', async () => {
    const { code, browser, token } = await requestCode();
    await expect(withCode(code, browser, visit(other))).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(withLink(token, visit(other))).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await peekLink(other.id, token, browser)).toBeNull();
    expect(await isSignedIn(await withLink(token))).toBe(true);
  });

  test('the right code after five wrong ones, but not the link of the same mail', async () => {
    const { code, browser, token, identity } = await requestCode();
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      await expect(withCode(wrong(code), browser)).rejects.toMatchObject({
        code: 'code_wrong',
        details: { triesLeft },
      });
    }
    await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    const events = await listIdentityEvents(project.id, identity.id, 20);
    expect(events.filter(({ type }) => type === 'sign_in.refused')).toHaveLength(5);
    expect(await isSignedIn(await withLink(token))).toBe(true);
  });

  test('concurrent guesses beyond five', async () => {
    const { code, browser } = await requestCode();
    const guesses = Array.from({ length: 20 }, (_, index) =>
      String((Number(code) + 1 + index) % 1_000_000).padStart(6, '0'),
    );
    const outcomes = await Promise.allSettled(guesses.map((guess) => withCode(guess, browser)));
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'in'));
    expect(codes.filter((outcome) => outcome === 'code_wrong')).toHaveLength(5);
    expect(codes.filter((outcome) => outcome === 'code_used_or_expired')).toHaveLength(15);
    await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
  });

  test('malformed input without taking a try', async () => {
    const { code, browser } = await requestCode();
    for (const typed of ['', '12345', 'abcdef']) {
      await expect(withCode(typed, browser)).rejects.toMatchObject({ code: 'code_wrong', details: { triesLeft: 5 } });
    }
    expect(await isSignedIn(await withCode(code, browser))).toBe(true);
  });

  test('forged links', async () => {
    for (const token of ['', 'x', newId()])
      await expect(withLink(token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
  });
});

describe('concurrent use', () => {
  test.each([
    ['code', ({ code, browser }: Awaited<ReturnType<typeof requestCode>>) => withCode(code, browser)],
    ['link', ({ token }: Awaited<ReturnType<typeof requestCode>>) => withLink(token)],
  ])('opens exactly one session for many uses of one %s', async (_, use) => {
    const requested = await requestCode();
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => use(requested)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await sessionsOf(requested.identity.id)).toBe(1);
  });

  test('opens one session for code and link of one mail', async () => {
    const { identity, code, browser, token } = await requestCode();
    await Promise.allSettled([withCode(code, browser), withLink(token), withCode(code, browser), withLink(token)]);
    expect(await sessionsOf(identity.id)).toBe(1);
  });
});

describe('unknown and inactive addresses', () => {
  async function inactive() {
    const identity = await makePerson(project);
    await changeIdentity(systemActor(project.id), identity.id, () => ({ state: 'inactive' }));
    return addressOf(identity);
  }
  const known = async () => addressOf(await makePerson(project));
  const unknown = async () => `nobody-${newId()}@example.com`;

  test('get the same answer and rows, and no mail', async () => {
    const written = [];
    const answers = [];
    for (const [kind, make] of Object.entries({ known, unknown, inactive })) {
      const address = await make();
      const before = (await readOutbox()).length;
      answers.push({ ...(await begin(address, newId())), address: '' });
      const [queued] = (await readOutbox()).slice(before);
      expect(queued?.isDiscarded).toBe(kind !== 'known');
      const client = await db();
      written.push(
        await Promise.all([
          client.verification.count({ where: { address, codeHash: { not: null } } }),
          client.outboxMail.count(),
          client.rateLimit.count(),
        ]).then(([verifications, mails]) => [verifications, mails - before]),
      );
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(written).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  test('get the same refusals for guesses', async () => {
    const refusals = [];
    for (const make of [known, unknown, inactive]) {
      const browser = newId();
      await begin(await make(), browser);
      const row = await (await db()).verification.findFirstOrThrow({ where: { browserHash: browser } });
      expect(row.codeHash).not.toBeNull();
      for (let tries = 0; tries < 6; tries++) {
        const refusal = await withCode('000000', browser).catch((error) => [error.code, error.details.triesLeft]);
        refusals.push(JSON.stringify([tries, refusal]));
      }
    }
    expect(new Set(refusals).size).toBe(6);
  });

  test('open nothing even for the right code and link', async () => {
    for (const make of [unknown, inactive]) {
      const [address, browser] = [await make(), newId()];
      await begin(address, browser);
      const { code, token } = codeAndLink((await readOutbox()).at(-1)?.mail ?? (await lastMailTo(address)));
      await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
      await begin(address, browser);
      await expect(withLink(token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    }
    expect(
      (await readOutbox()).filter(({ mail, isDiscarded }) => !isDiscarded && mail.to.startsWith('nobody-')),
    ).toEqual([]);
  });

  test('an identity created after the request is not opened by its answer', async () => {
    const [address, browser] = [await unknown(), newId()];
    await begin(address, browser);
    const { code } = codeAndLink((await readOutbox()).at(-1)?.mail ?? (await lastMailTo(address)));
    const identity = await createIdentity(systemActor(project.id), { traits: { email: address } });
    await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect(await sessionsOf(identity.id)).toBe(0);
  });
});

describe('findPendingSignIn', () => {
  test('keeps the code step after a reload, with the address and the remaining tries', async () => {
    const { identity, browser, code } = await requestCode();
    await withCode(wrong(code), browser).catch(() => undefined);
    expect(await findPendingSignIn(project.id, browser)).toEqual({
      address: addressOf(identity),
      hasCode: true,
      triesLeft: 4,
      resendAt: new Date(START.getTime() + 30_000),
      expiresAt: new Date(START.getTime() + 600_000),
    });
    expect(await findPendingSignIn(project.id, newId())).toBeNull();
    expect(await findPendingSignIn(project.id, null)).toBeNull();
    expect(await findPendingSignIn(other.id, browser)).toBeNull();
    await withCode(code, browser);
    expect(await findPendingSignIn(project.id, browser)).toBeNull();
  });
});

describe('peekLink', () => {
  // ASVS 7.6.2
  test('shows the address and whether this browser requested the link, and consumes nothing', async () => {
    const { identity, browser, token } = await requestCode({ returnTo: '/profile' });
    const shown = { address: addressOf(identity), returnTo: '/profile' };
    for (let looks = 0; looks < 3; looks++) {
      expect(await peekLink(project.id, token, browser)).toMatchObject({ ...shown, isSameBrowser: true });
      expect(await peekLink(project.id, token, newId())).toMatchObject({ ...shown, isSameBrowser: false });
      expect(await peekLink(project.id, token, null)).toMatchObject({ ...shown, isSameBrowser: false });
    }
    expect(await isSignedIn(await withLink(token))).toBe(true);
    expect(await peekLink(project.id, token, browser)).toBeNull();
  });
});

describe('limits', () => {
  test('answered mails do not count: several devices can sign in one after another', async () => {
    const identity = await makePerson(project);
    for (let device = 0; device < 6; device++) {
      const browser = newId();
      await begin(addressOf(identity), browser);
      await withCode(codeAndLink(await lastMailTo(addressOf(identity))).code, browser);
    }
    expect(await sessionsOf(identity.id)).toBe(6);
  });

  test('a request elsewhere does not end the code of this browser', async () => {
    const { identity, browser, code } = await requestCode();
    await begin(addressOf(identity), newId());
    expect(await isSignedIn(await withCode(code, browser))).toBe(true);
  });

  test('a hundred mails from one client in 15 minutes', async () => {
    const from = visit(project, '198.51.100.1');
    await Promise.all(Array.from({ length: 100 }, () => begin(`nobody-${newId()}@example.com`, newId(), { from })));
    const one = begin(`nobody-${newId()}@example.com`, newId(), { from });
    await expect(one).rejects.toMatchObject({ code: 'rate_limited' });
    await begin(`nobody-${newId()}@example.com`, newId());
  });

  test.each(['known', 'unknown'])('after ten wrong codes in a day, mails have only the link: %s', async (kind) => {
    const address = kind === 'known' ? addressOf(await makePerson(project)) : `nobody-${newId()}@example.com`;
    for (let mails = 0; mails < 2; mails++) {
      at(mails * 3600);
      const browser = newId();
      expect((await begin(address, browser)).hasCode).toBe(true);
      const { code } = codeAndLink((await readOutbox()).at(-1)?.mail ?? (await lastMailTo(address)));
      for (let tries = 0; tries < 5; tries++) await withCode(wrong(code), browser).catch(() => undefined);
    }
    at(2 * 3600);
    const browser = newId();
    expect(await begin(address, browser)).toMatchObject({ hasCode: false });
    expect(await findPendingSignIn(project.id, browser)).toMatchObject({ hasCode: false });
    const mail = (await readOutbox()).at(-1)?.mail ?? (await lastMailTo(address));
    expect(mail.params).toMatchObject({ code: null });
    await expect(withCode('000000', browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    if (kind === 'known') expect(await isSignedIn(await withLink(codeAndLink(mail).token))).toBe(true);
    at(25 * 3600 + 1);
    expect((await begin(address, newId())).hasCode).toBe(true);
  });

  test('thirty wrong codes from one client in an hour, over all addresses', async () => {
    const from = visit(project, '198.51.100.2');
    for (let people = 0; people < 6; people++) {
      const browser = newId();
      await begin(`nobody-${newId()}@example.com`, browser);
      for (let tries = 0; tries < 5; tries++) {
        await expect(withCode('000000', browser, from)).rejects.toMatchObject({ code: 'code_wrong' });
      }
    }
    const { browser, code } = await requestCode();
    await expect(withCode(code, browser, from)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await isSignedIn(await withCode(code, browser))).toBe(true);
  });
});

test('purging keeps what still counts', async () => {
  const { identity } = await requestCode();
  const count = async () => (await db()).verification.count({ where: { identityId: identity.id } });
  await purgeVerifications(new Date(START.getTime() + (3600 + 599) * 1000));
  expect(await count()).toBe(1);
  await purgeVerifications(new Date(START.getTime() + (3600 + 600) * 1000));
  expect(await count()).toBe(0);
});
