import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { changeIdentity, getIdentity } from '@/lib/identity/service';
import { guardReach } from '@/lib/operator/service';
import { type Actor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { codeAndLink, lastMailTo } from '@/lib/platform/testing/outbox';
import { ADDRESS, CHROME, entered, makePerson } from '@/lib/platform/testing/people';
import { makeProject } from '@/lib/platform/testing/project';
import type { Project } from '@/lib/project/model';
import { findSession } from '@/lib/session/service';
import {
  beginSignIn,
  finishSignInWithCode,
  finishSignInWithLink,
  issueRecovery,
  peekLink,
  type Visit,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
let project: Project;
let other: Project;
let operator: Identity;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const visit = (of = project): Visit => ({ projectId: of.id, origin: of.origin, requestId: newId(), address: ADDRESS });
const actorIn = (of = project): Actor => ({ ...systemActor(of.id), kind: 'operator', id: operator.id });
const issue = (identity: Identity, actor = actorIn()) => issueRecovery(actor, identity.id);
const follow = async (link: string, from = visit()) => {
  const arrival = { browserHash: newId(), userAgent: CHROME };
  return entered(await finishSignInWithLink(from, { token: link.split('?')[1] ?? '', ...arrival }));
};
/** Asks for a mail in a browser of its own and answers with a code. */
const ask = async (identity: Identity) => {
  const browserHash = newId();
  await beginSignIn(visit(), { address: emailOf(identity) ?? '', browserHash, locale: 'en', returnTo: '/console' });
  return {
    browserHash,
    answer: (code: string) => finishSignInWithCode(visit(), { code, browserHash, userAgent: CHROME }),
  };
};
const otherThan = (...codes: string[]) => {
  for (let number = 0; ; number++) {
    const code = String(number).padStart(6, '0');
    if (!codes.includes(code)) return code;
  }
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

describe('the link', () => {
  test('opens a session once, in any browser, for an hour, and proves no mailbox', async () => {
    const identity = await makePerson(project);
    const { link, code, expiresAt } = await issue(identity);
    expect(link).toMatch(new RegExp(`^${project.origin}/login/link\\?[\\w-]{24}$`));
    expect(code).toMatch(/^\d{6}$/);
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
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_spent' });
  });

  test('is over after its hour, and opens nothing in another project', async () => {
    const { link } = await issue(await makePerson(project));
    await expect(follow(link, visit(other))).rejects.toMatchObject({ code: 'link_spent' });
    at(3600);
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_spent' });
  });

  test('is one of many: who follows it at the same time gets one session', async () => {
    const { link } = await issue(await makePerson(project));
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => follow(link)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('the code', () => {
  test('works in the place of the mailed one, once, and uses up the link with it', async () => {
    const identity = await makePerson(project);
    const { link, code } = await issue(identity);
    const { answer } = await ask(identity);
    const signedIn = await answer(code);
    expect(signedIn).toMatchObject({ session: { method: 'recovery' }, returnTo: '/console' });
    const again = await ask(identity);
    await expect(again.answer(code)).rejects.toMatchObject({ code: 'code_wrong', details: { triesLeft: 4 } });
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_spent' });
  });

  test('leaves the mailed code its tries, and that one still works', async () => {
    const identity = await makePerson(project);
    await issue(identity);
    const { answer } = await ask(identity);
    const mailed = codeAndLink(await lastMailTo(emailOf(identity) ?? '')).code;
    expect(await answer(mailed)).toMatchObject({ session: { method: 'code' } });
  });

  test('is guessed at five times at most, over all browsers', async () => {
    const identity = await makePerson(project);
    const { code, link } = await issue(identity);
    for (let round = 0; round < 2; round++) {
      const { answer } = await ask(identity);
      const mailed = codeAndLink(await lastMailTo(emailOf(identity) ?? '')).code;
      for (let tries = 0; tries < 3; tries++) {
        await expect(answer(otherThan(code, mailed))).rejects.toMatchObject({ code: 'code_wrong' });
      }
    }
    const { answer } = await ask(identity);
    await expect(answer(code)).rejects.toMatchObject({ code: 'code_wrong' });
    expect(await follow(link)).toMatchObject({ session: { method: 'recovery' } }); // guessing does not lock out
  });

  test("is somebody's own", async () => {
    const [identity, stranger] = [await makePerson(project), await makePerson(project)];
    const { code } = await issue(identity);
    const { answer } = await ask(stranger);
    await expect(answer(code)).rejects.toMatchObject({ code: 'code_wrong' });
  });
});

describe('ends', () => {
  const endings: Array<[string, (identity: Identity) => Promise<unknown>]> = [
    [
      'by deactivation, also when activated again',
      async ({ id }) => {
        for (const state of ['inactive', 'active'] as const) await changeIdentity(actorIn(), id, () => ({ state }));
      },
    ],
    [
      'by another address',
      ({ id }) => changeIdentity(actorIn(), id, () => ({ traits: { email: `${newId()}@example.com` } })),
    ],
    ['by a newer one', (identity) => issue(identity)],
  ];
  test.each(endings)('%s', async (_, end) => {
    const identity = await makePerson(project);
    const { link, code } = await issue(identity);
    const { answer } = await ask(identity);
    await end(identity);
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_spent' });
    await expect(answer(code)).rejects.toThrow(AppError);
  });
});

describe('is refused', () => {
  test('for oneself, for who is switched off, for nobody and for another project', async () => {
    const inactive = await makePerson(project);
    await changeIdentity(actorIn(), inactive.id, () => ({ state: 'inactive' }));
    await expect(issue(operator)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(issue(inactive)).rejects.toMatchObject({ code: 'recovery_impossible' });
    await expect(issueRecovery(actorIn(), newId())).rejects.toMatchObject({ code: 'not_found' });
    await expect(issue(operator, actorIn(other))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('for an operator: to programs always, to operators above their own role', async () => {
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

test('nothing of it is readable at rest or in the history', async () => {
  const identity = await makePerson(project);
  const { link, code } = await issue(identity);
  const rows = await (await db()).verification.findMany({ where: { identityId: identity.id } });
  const [event] = await listIdentityEvents(project.id, identity.id, 1);
  expect(event).toMatchObject({ type: 'identity.recovery_issued', actorId: operator.id, actorKind: 'operator' });
  const written = JSON.stringify([rows, event]);
  expect(written).not.toContain(link.split('?')[1]);
  expect(written).not.toMatch(new RegExp(`"${code}"`));
});
