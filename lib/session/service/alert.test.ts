import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { addressIdOf, emailOf, type Identity } from '@/lib/identity/model';
import { createIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { ensureDefaultSchema } from '@/lib/schema/service';
import { actorOf, CHROME, mailsTo } from '@/testing/people';
import { clientContextOf } from '@/testing/tenant';
import { KNOWN_BROWSER_SECONDS, MAX_KNOWN_BROWSERS } from '../model/alert';
import {
  disownSignIn,
  findSession,
  type OpenSessionInput,
  openSession,
  peekSignInAlert,
  purgeKnownBrowsers,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
let project: Project;
let people = 0;

const person = () => {
  const email = `alert-${++people}@example.com`;
  const traits = { email, name: { first: 'Ada' } };
  return createIdentity(systemActor(project.id), { traits, verifiedAddresses: [email] });
};
const browser = () => ({ token: randomToken(), isFamiliarTo: () => false });
type Memory = ReturnType<typeof browser>;

const signIn = (identity: Identity, memory: Memory | undefined, more: Partial<OpenSessionInput> = {}) =>
  transaction((tx) =>
    openSession(
      tx,
      { ...actorOf(identity), userAgent: CHROME },
      {
        ...{ project, identity, method: 'passkey', userAgent: CHROME, address: '203.0.113.7', memory },
        addressId: addressIdOf(identity, emailOf(identity) ?? ''),
        ...more,
      },
    ),
  );
const alertsTo = async (identity: Identity) =>
  (await mailsTo(identity)).flatMap((mail) => (mail.kind === 'new_sign_in' ? [mail] : []));
const tokenOf = async (identity: Identity) => (await alertsTo(identity)).at(-1)?.params.link.split('?')[1] ?? '';
const disown = (token: string) => disownSignIn(clientContextOf(project), token);
const isOpen = async ({ id }: { id: string }) => (await findSession(project.id, id)) !== null;

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  await ensureDefaultSchema(project.id);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a sign-in', () => {
  test('in a new browser is announced, with browser, address and a link', async () => {
    const identity = await person();
    const home = browser();
    await signIn(identity, home);
    expect(await alertsTo(identity)).toEqual([]);
    await signIn(identity, browser());
    expect(await alertsTo(identity)).toMatchObject([
      {
        name: 'Ada',
        source: { browser: 'Chrome', system: 'Linux', address: '203.0.113.7' },
        params: {
          method: 'passkey',
          link: expect.stringMatching(/^http:\/\/localhost:3000\/login\/alert\?[\w-]{24}$/),
        },
      },
    ]);
  });

  test('in a browser used before is not announced', async () => {
    const identity = await person();
    const [home, work] = [browser(), browser()];
    await signIn(identity, home);
    await signIn(identity, work);
    await signIn(identity, home);
    await signIn(identity, work);
    expect(await alertsTo(identity)).toHaveLength(1);
  });

  test('with the same User-Agent in another browser is announced', async () => {
    const identity = await person();
    await signIn(identity, browser(), { userAgent: CHROME });
    await signIn(identity, browser(), { userAgent: CHROME });
    expect(await alertsTo(identity)).toHaveLength(1);
  });

  test('in a browser that only another identity used is announced', async () => {
    const [one, other] = [await person(), await person()];
    const [shared, own] = [browser(), browser()];
    await signIn(one, shared);
    await signIn(other, own);
    await signIn(other, shared);
    expect(await alertsTo(other)).toHaveLength(1);
  });

  test('that replaces a session of the same identity is not announced', async () => {
    const identity = await person();
    await signIn(identity, browser());
    const before = await signIn(identity, undefined);
    await signIn(identity, browser(), { replaces: before.id });
    expect(await alertsTo(identity)).toEqual([]);
  });

  test.each(['setup', 'recovery'] as const)('by %s is not announced again', async (method) => {
    const identity = await person();
    await signIn(identity, browser());
    await signIn(identity, browser(), { method });
    expect(await alertsTo(identity)).toEqual([]);
  });

  test('of an account that is older than recorded browsers is announced, unless an earlier cookie knows it', async () => {
    const [here, elsewhere] = [await person(), await person()];
    await signIn(here, undefined);
    await signIn(elsewhere, undefined);
    await signIn(here, { ...browser(), isFamiliarTo: () => true });
    await signIn(elsewhere, browser());
    expect(await alertsTo(here)).toEqual([]);
    expect(await alertsTo(elsewhere)).toHaveLength(1);
    await signIn(here, { ...browser(), isFamiliarTo: () => true });
    expect(await alertsTo(here)).toHaveLength(1); // from now on, recorded browsers alone count
  });

  test('is not announced to a mailbox that was never proven', async () => {
    const email = `alert-${++people}@example.com`;
    const identity = await createIdentity(systemActor(project.id), { traits: { email } });
    await signIn(identity, browser(), { addressId: null });
    await signIn(identity, browser(), { addressId: null });
    expect(await alertsTo(identity)).toEqual([]);
    await signIn(identity, browser()); // a mailed code proves it now
    expect(await alertsTo(identity)).toHaveLength(1);
  });

  test('is remembered without the token, and not linked across identities', async () => {
    const [one, other] = [await person(), await person()];
    const shared = browser();
    await signIn(one, shared);
    await signIn(other, shared);
    const rows = await (await db()).knownBrowser.findMany({ where: { identityId: { in: [one.id, other.id] } } });
    expect(new Set(rows.map(({ tokenHash }) => tokenHash)).size).toBe(2);
    expect(JSON.stringify(rows)).not.toContain(shared.token);
  });
});

test('forgets the browser unused for longest when an identity has too many', async () => {
  const identity = await person();
  const all: Memory[] = [];
  for (let count = 0; count <= MAX_KNOWN_BROWSERS; count++) {
    vi.setSystemTime(START.getTime() + count * 1000);
    const next = browser();
    all.push(next);
    await signIn(identity, next);
  }
  expect(await (await db()).knownBrowser.count({ where: { identityId: identity.id } })).toBe(MAX_KNOWN_BROWSERS);
  const before = (await alertsTo(identity)).length;
  await signIn(identity, all[1]);
  expect(await alertsTo(identity)).toHaveLength(before);
  await signIn(identity, all[0]);
  expect(await alertsTo(identity)).toHaveLength(before + 1);
});

describe('“This wasn’t me”', () => {
  const alerted = async () => {
    const identity = await person();
    const own = await signIn(identity, browser());
    const stranger = browser();
    const session = await signIn(identity, stranger);
    return { identity, own, stranger, session, token: await tokenOf(identity) };
  };

  test('ends that sign-in only, and says so in the history', async () => {
    const { identity, own, session, token } = await alerted();
    expect(await peekSignInAlert(project.id, token)).toBe(true);
    await disown(token);
    expect([await isOpen(own), await isOpen(session)]).toEqual([true, false]);
    const types = (await listIdentityEvents(project.id, identity.id, 2)).map(({ type, details }) => [
      type,
      details.reason,
    ]);
    expect(types).toEqual([
      ['sign_in.disowned', undefined],
      ['session.ended', 'disowned'],
    ]);
  });

  test('ends the session that replaced it, also without the browser’s cookie', async () => {
    const { identity, session, token } = await alerted();
    const renewed = await signIn(identity, undefined, { replaces: session.id });
    const again = await signIn(identity, browser(), { replaces: renewed.id });
    await disown(token);
    expect(await isOpen(again)).toBe(false);
  });

  test('forgets the browser: its next sign-in is announced again', async () => {
    const { identity, stranger, token } = await alerted();
    await disown(token);
    await signIn(identity, stranger);
    expect(await alertsTo(identity)).toHaveLength(2);
  });

  test('is refused once used, in another project, and for an unknown link', async () => {
    const { token } = await alerted();
    await disown(token);
    const refusal = { code: 'link_used_or_expired' };
    await expect(disown(token)).rejects.toMatchObject(refusal);
    expect(await peekSignInAlert(project.id, token)).toBe(false);
    const { token: other } = await alerted();
    await expect(disownSignIn({ ...clientContextOf(project), projectId: newId() }, other)).rejects.toMatchObject(
      refusal,
    );
    await expect(disown('0'.repeat(24))).rejects.toMatchObject(refusal);
  });

  test('works after the session has ended by itself', async () => {
    const { session, token } = await alerted();
    await (await db()).session.deleteMany({ where: { id: session.id } });
    await disown(token);
  });
});

test('purges browsers without a sign-in for 400 days and expired alerts, and no others', async () => {
  const [old, recent] = [await person(), await person()];
  await signIn(old, browser());
  await signIn(old, browser());
  vi.setSystemTime(START.getTime() + KNOWN_BROWSER_SECONDS * 1000);
  await signIn(recent, browser());
  await signIn(recent, browser());
  await purgeKnownBrowsers(new Date(Date.now() + 1));
  const { knownBrowser, signInAlert } = await db();
  const count = (identityId: string) =>
    Promise.all([knownBrowser.count({ where: { identityId } }), signInAlert.count({ where: { identityId } })]);
  expect([await count(old.id), await count(recent.id)]).toEqual([
    [0, 0],
    [2, 1],
  ]);
});
