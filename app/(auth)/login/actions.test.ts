import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { findIdentityByIdentifier } from '@/lib/identity/service';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project, RegistrationMode } from '@/lib/project/model';
import { insertSchema } from '@/lib/schema/repository';
import { beginSignIn } from '@/lib/verification/service';
import { beginRequest, cookieNames, forgetCookies } from '@/testing/next-request';
import { codeAndLink, lastMailTo } from '@/testing/outbox';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { createAccount, requestSignInCode, signInWithCode, signInWithLink } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));

let project: Project;

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
const request = (email: string, return_to: string) =>
  targetOf(requestSignInCode({ email: '', failure: null }, formOf({ email, return_to })));

/** A person person requested a code and will return to `returnTo`. */
async function requestCode(returnTo: string) {
  const [email = ''] = (await makePerson(project)).identifiers;
  const step = await request(email, returnTo);
  return { step, email, ...codeAndLink(await lastMailTo(email)) };
}

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(() => {
  forgetCookies();
  beginRequest(project);
});

describe('signing in returns to the requested path', () => {
  const methods = [
    ['code', ({ code }: { code: string }) => signInWithCode({ failure: null }, formOf({ code }))],
    ['link', ({ token }: { token: string }) => signInWithLink({ failure: null }, formOf({ token }))],
  ] as const;

  test.each(methods)('with the %s', async (_, use) => {
    const person = await requestCode('/profile/settings?tab=name');
    expect(person.step).toBe('/login?step=code&return_to=%2Fprofile%2Fsettings%3Ftab%3Dname');
    expect(await targetOf(use(person))).toBe('/profile/settings?tab=name');
  });

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'ignores a return path outside the site: %s',
    async (returnTo) => {
      for (const [, use] of methods) {
        const person = await requestCode(returnTo);
        expect(person.step).toBe('/login?step=code');
        expect(await targetOf(use(person))).toBe('/profile');
      }
    },
  );
});

test('a browser that signed in before still gets mail after others exhaust the address’s limit', async () => {
  const person = await requestCode('/profile');
  await targetOf(signInWithCode({ failure: null }, formOf({ code: person.code })));
  for (let mails = 0; mails < 20; mails++) {
    const client = { projectId: project.id, origin: project.origin, requestId: newId(), address: `192.0.2.${mails}` };
    await beginSignIn(client, { address: person.email, browserHash: newId(), locale: 'en' }).catch(() => undefined);
  }
  expect(await request(person.email, '')).toBe('/login?step=code');
  forgetCookies();
  const state = await requestSignInCode({ email: '', failure: null }, formOf({ email: person.email }));
  expect(state).toMatchObject({
    email: person.email,
    failure: { code: 'rate_limited', retryAfterSeconds: expect.any(Number) },
  });
});

test('an unknown address leads to the same step', async () => {
  expect(await request(`nobody-${newId()}@example.com`, '/profile')).toBe('/login?step=code&return_to=%2Fprofile');
});

describe('registration', () => {
  const UNTOUCHED = { values: {}, violations: [], failure: null };
  let email: string;

  const setRegistration = async (registration: RegistrationMode) =>
    (await db()).project.update({ where: { id: project.id }, data: { registration } });
  const prove = async () => {
    await request(email, '/profile/settings');
    const { code } = codeAndLink(await lastMailTo(email));
    return targetOf(signInWithCode({ failure: null }, formOf({ code })));
  };
  const fill = (fields: Record<string, string>) => createAccount(UNTOUCHED, formOf(fields));

  /** Adds a schema version that requires a team. */
  async function requireTeam(): Promise<void> {
    const email = { type: 'string', format: 'email', 'x-signet': { identifier: true } };
    const team = { type: 'string', enum: ['red', 'blue'], 'x-signet': { selfService: 'write' } };
    const size = { type: 'integer', 'x-signet': { selfService: 'write' } };
    const traits = { type: 'object', properties: { email, team, size }, required: ['email', 'team'] };
    const document = { type: 'object', properties: { traits } };
    const key = { id: newId(), projectId: project.id, schemaId: 'default', version: 2, createdAt: new Date() };
    await transaction((tx) => insertSchema(tx, { ...key, document }));
  }

  beforeEach(async () => {
    project = await makeProject();
    beginRequest(project);
    await setRegistration('open');
    email = `new-${newId()}@example.com`;
  });

  test('signs in and returns to the requested path after the correct code', async () => {
    expect(await prove()).toBe('/profile/settings');
    expect(cookieNames().some((name) => name.includes('signet_session'))).toBe(true);
    expect(await findIdentityByIdentifier(project.id, email)).not.toBeNull();
  });

  test('asks for further required traits before signing in', async () => {
    await requireTeam();
    expect(await prove()).toBe('/login?step=details');
    expect(cookieNames().some((name) => name.includes('signet_session'))).toBe(false);
    const refused = await fill({ 'value:/traits/size': ' 3 ', 'value:/traits/team': '' });
    expect(refused).toMatchObject({
      values: { '/traits/size': ' 3 ', '/traits/team': '' },
      violations: [{ pointer: '/traits/team', keyword: 'required' }],
      failure: { code: 'invalid_traits' },
    });
    const target = await targetOf(fill({ 'value:/traits/size': ' 3 ', 'value:/traits/team': 'red' }));
    expect(target).toBe('/profile/settings');
    expect((await findIdentityByIdentifier(project.id, email))?.traits).toEqual({ email, team: 'red', size: 3 });
  });

  test('continues in the browser that opened the link', async () => {
    await requireTeam();
    await request(email, '/profile/settings');
    const { token } = codeAndLink(await lastMailTo(email));
    forgetCookies();
    expect(await targetOf(signInWithLink({ failure: null }, formOf({ token })))).toBe('/login?step=details');
    expect(await targetOf(fill({ 'value:/traits/team': 'blue' }))).toBe('/profile/settings');
  });

  test('redirects to the details step in another browser', async () => {
    await requireTeam();
    await prove();
    forgetCookies();
    expect(await targetOf(fill({ 'value:/traits/team': 'red' }))).toBe('/login?step=details');
    expect(await findIdentityByIdentifier(project.id, email)).toBeNull();
  });
});
