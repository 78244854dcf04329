import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { requestSignInCode, signInWithCode } from '@/app/(auth)/login/actions';
import { Prisma } from '@/generated/sqlite/client';
import { findIdentityByIdentifier } from '@/lib/identity/service';
import { ensureSetupLink, inviteOperator } from '@/lib/invitation/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { findSession } from '@/lib/session/service';
import { currentSession, toLoginPath } from '@/lib/web/session';
import { sessionCookieName } from '@/lib/web/session-cookie';
import { startSession } from '@/lib/web/sign-in';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { beginRequest, forgetCookies, storedCookie } from '@/testing/next-request';
import { roleIn } from '@/testing/operators';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { makePerson, signIn } from '@/testing/people';
import {
  accept,
  beginAcceptanceAction,
  beginSetupAction,
  finishAcceptanceAction,
  finishSetupAction,
  sendCode,
  verifyMailbox,
} from './actions';
import { setupPath } from './paths';

vi.mock('next/headers', () => import('@/testing/next-request'));

let project: Project;

const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? '';
const formOf = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
};
/** The redirect target of an action. */
async function targetOf(work: Promise<unknown>): Promise<string> {
  const { digest = '' } = await work.then(
    () => ({}),
    (error) => error,
  );
  return /^NEXT_REDIRECT;\w+;(.*);\d+;$/.exec(digest)?.[1] ?? `no redirect: ${digest}`;
}

/** All rows of every table as JSON. */
async function dumpDatabase(): Promise<string> {
  const client = (await db()) as unknown as Record<string, { findMany(): Promise<unknown[]> }>;
  const tables = await Promise.all(
    Object.values(Prisma.ModelName).map((name) => client[name.charAt(0).toLowerCase() + name.slice(1)]?.findMany()),
  );
  return JSON.stringify(tables, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

/** Submits the form and creates the passkey. */
async function setUp(token: string, email: string): Promise<string> {
  const begun = await beginSetupAction({ token, email, first: 'Ada', last: 'Lovelace' });
  if (!begun.ok) throw new Error(begun.error.code);
  const response = new SoftwareAuthenticator({ origin: project.origin }).create(begun.value);
  expect(await dumpDatabase()).not.toContain(token);
  return targetOf(finishSetupAction({ token, response }));
}

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  await (await db()).operator.deleteMany();
  forgetCookies();
  beginRequest(project);
});

describe('the first operator', () => {
  test('gets a new session; the browser’s previous one is revoked', async () => {
    const before = await signIn(project, await makePerson(project));
    await startSession(before.session);
    const old = storedCookie(sessionCookieName({ projectId: project.id, origin: project.origin }))?.value;
    const email = `${newId()}@example.com`;
    expect(await setUp(tokenOf(await ensureSetupLink()), email)).toBe('/console/signet/signet');
    const proof = await currentSession();
    expect(proof?.identity.identifiers).toEqual([email]);
    expect(storedCookie(sessionCookieName({ projectId: project.id, origin: project.origin }))?.value).not.toBe(old);
    expect(await findSession(project.id, before.session.id)).toBeNull();
  });
});

describe('an invited person without an account', () => {
  test('verifies the mailbox by a code before an identity is created', async () => {
    const email = `${newId()}@example.com`;
    const token = tokenOf((await inviteOperator(cliActor(project.id), { email, role: 'admin' })).link);
    const input = { token, email, first: 'Ada', last: 'Lovelace' };
    expect(await beginSetupAction(input)).toMatchObject({ error: { code: 'mailbox_unproven' } });
    expect(await targetOf(sendCode({ failure: null }, formOf({ token })))).toBe(setupPath(token));
    const resent = formOf({ token, resent: '1' });
    expect(await targetOf(sendCode({ failure: null }, resent))).toBe(setupPath(token, { isResent: true }));
    const { code } = codeAndLink(await lastMailTo(email));
    const answer = (typed: string) => verifyMailbox({ failure: null }, formOf({ token, code: typed }));
    expect(await answer('12')).toMatchObject({ failure: { code: 'invalid_input' } });
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await answer(wrong)).toMatchObject({ failure: { code: 'code_wrong', triesLeft: 4 } });
    expect(await findIdentityByIdentifier(project.id, email)).toBeNull();
    expect(await targetOf(answer(code))).toBe(setupPath(token));
    expect(await setUp(token, '')).toBe('/console/signet/signet');
    expect((await currentSession())?.identity).toMatchObject({
      identifiers: [email],
      verifiableAddresses: [{ verified: true }],
    });
    expect(await targetOf(sendCode({ failure: null }, formOf({ token })))).toBe(setupPath(token));
  });
});

describe('an invited person with an account', () => {
  test('signs in and accepts; the token is stored in no table', async () => {
    const identity = await makePerson(project);
    const [email = ''] = identity.identifiers;
    const token = tokenOf((await inviteOperator(cliActor(project.id), { email, role: 'admin' })).link);
    const returnTo = new URL(toLoginPath(setupPath(token)), project.origin).searchParams.get('return_to') ?? '';
    expect(returnTo).toContain(token);
    const step = await targetOf(
      requestSignInCode({ email: '', failure: null }, formOf({ email, return_to: returnTo })),
    );
    expect(step).toMatch(/^\/login\?step=code/);
    expect(await dumpDatabase()).toContain(email); // the dump is complete
    expect(await dumpDatabase()).not.toContain(token);

    const { code } = codeAndLink(await lastMailTo(email));
    expect(await targetOf(signInWithCode({ failure: null }, formOf({ code })))).toBe(setupPath(token));
    const before = storedCookie(sessionCookieName({ projectId: project.id, origin: project.origin }))?.value;
    // Without a passkey the form redirects to the page, which asks for one.
    expect(await targetOf(accept({ failure: null }, formOf({ token })))).toBe(setupPath(token));
    const begun = await beginAcceptanceAction({ token });
    if (!begun.ok) throw new Error(begun.error.code);
    const response = new SoftwareAuthenticator({ origin: project.origin }).create(begun.value);
    expect(await targetOf(finishAcceptanceAction({ token, response }))).toBe('/console/signet/signet');
    expect(storedCookie(sessionCookieName({ projectId: project.id, origin: project.origin }))?.value).not.toBe(before);
    expect((await currentSession())?.session).toMatchObject({ method: 'passkey' });
    expect(await roleIn(project.organizationId, identity.id)).toBe('admin');
    expect(await dumpDatabase()).not.toContain(token);
  });
});
