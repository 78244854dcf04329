import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeIdentity, deleteIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { closeDb, db } from '@/lib/platform/db/client';
import { env, resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { ensureDefaultSchema } from '@/lib/schema/service';
import type { SessionProof } from '@/lib/session/model';
import { endSession } from '@/lib/session/service';
import { findReturnPath } from '@/lib/verification/service';
import { beginRequest, cookieNames, forgetCookies, storedCookie } from '@/testing/next-request';
import { makePerson, signIn as openSessionOf } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { ensureBrowserHash, isFamiliar, readBrowserHash } from './browser';
import { readProof } from './proof';
import { currentSession, requestContext, requireSession, toLoginPath } from './session';
import { encodeSessionId, sessionCookieName } from './session-cookie';
import { removeSessionCookie, signInBrowser, signOut, startSession } from './sign-in';

vi.mock('next/headers', () => import('@/testing/next-request'));

let local: Project;
let secure: Project;

/** Signs a person in with this browser. */
async function signIn(project: Project): Promise<SessionProof> {
  const proof = await openSessionOf(project, await makePerson(project));
  beginRequest(project);
  await startSession(proof.session, proof.identity);
  return proof;
}
const cookieOf = (project: Project) => {
  const cookie = storedCookie(sessionCookieName({ projectId: project.id, origin: project.origin }));
  if (!cookie) throw new Error('no session cookie');
  return cookie;
};
const sessionCookies = () => cookieNames().filter((name) => name.includes('signet_session'));
const isSignedIn = async () => (await currentSession()) !== null;

beforeAll(async () => {
  local = await ensureFirstProject('http://localhost:3000');
  await ensureDefaultSchema(local.id);
  secure = await makeProject();
});
beforeEach(() => {
  forgetCookies();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the session cookie', () => {
  test('contains the encrypted session ID, is hidden from scripts, and expires with the session', async () => {
    const { session, identity } = await signIn(local);
    const { value, options } = cookieOf(local);
    expect(options).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: false, expires: session.expiresAt });
    const readable = value.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const part of [value, ...readable]) expect(part).not.toContain(session.id);
    expect(await currentSession()).toMatchObject({
      session: { id: session.id },
      identity: { id: identity.id },
      project: { id: local.id },
      actor: { kind: 'identity', id: identity.id, projectId: local.id },
      context: { projectId: local.id },
    });
  });

  test('is Secure and bound to the host by its name on https, and differs per project', async () => {
    await signIn(local);
    await signIn(secure);
    expect(cookieOf(secure).options).toMatchObject({ secure: true });
    expect(sessionCookies()).toEqual([
      `signet_session_${local.id.slice(-8)}`,
      `__Host-signet_session_${secure.id.slice(-8)}`,
    ]);
  });

  test.each([
    ['cut', (value: string) => value.slice(0, -1)],
    ['with a changed character', (value: string) => value.replace(/.(?=.{30}$)/, (one) => (one === 'A' ? 'B' : 'A'))],
    ['with no encryption at all', () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
    ['empty', () => ''],
    ['huge', (value: string) => value.repeat(1000)],
  ])('identifies no session when it is %s', async (_, change) => {
    const proof = await signIn(local);
    expect(await readProof(await requestContext(), cookieOf(local).value)).not.toBeNull();
    expect(await readProof(await requestContext(), change(cookieOf(local).value))).toBeNull();
    expect(proof.session.projectId).toBe(local.id);
  });

  // ASVS 7.2.3
  test('CVE-2026-1529: identifies no session with any one character changed', async () => {
    await signIn(local);
    const context = await requestContext();
    const { value } = cookieOf(local);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    expect(await readProof(context, value)).not.toBeNull();
    for (let at = 0; at < value.length; at++) {
      if (value[at] === '.') continue;
      // Half an alphabet away differs in the highest bit, which no character leaves unused.
      const other = alphabet[(alphabet.indexOf(value[at] ?? '') + 32) % 64];
      expect(await readProof(context, value.slice(0, at) + other + value.slice(at + 1)), `character ${at}`).toBeNull();
    }
  });

  test('identifies no session in another project', async () => {
    const { session } = await signIn(local);
    beginRequest(secure);
    const context = await requestContext();
    expect(await readProof(context, cookieOf(local).value)).toBeNull();
    expect(await readProof(context, await encodeSessionId(context, session.id, session.expiresAt))).toBeNull();
  });

  test('identifies no session under another SIGNET_SECRET', async () => {
    await signIn(local);
    const context = await requestContext();
    const { value } = cookieOf(local);
    vi.stubEnv('SIGNET_SECRET', 'another-secret-of-the-tests-abcdef0123');
    resetEnv();
    try {
      expect(await readProof(context, value)).toBeNull();
    } finally {
      vi.unstubAllEnvs();
      resetEnv();
    }
    expect(await readProof(context, value)).not.toBeNull();
  });
});

// ASVS 7.2.1, ASVS 7.4.1
describe('CVE-2025-29928, GHSA-w9fp-wv6g-pqv8: a replayed cookie is refused from the next request on', () => {
  const system = () => systemActor(local.id);
  test.each<[string, (proof: SessionProof) => unknown]>([
    [
      'after the session was ended elsewhere',
      ({ actor, identity, session }) => endSession(actor, identity.id, session.id),
    ],
    [
      'after the identity was deactivated',
      ({ identity }) => changeIdentity(system(), identity.id, () => ({ state: 'inactive' })),
    ],
    ['after the identity was deleted', ({ identity }) => deleteIdentity(system(), identity.id)],
    [
      'after the lifetime',
      () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + local.sessionLifetimeSeconds * 1000 }),
    ],
    [
      'after the idle time',
      () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + local.sessionIdleSeconds * 1000 }),
    ],
  ])('%s', async (_, happens) => {
    const proof = await signIn(local);
    expect(await isSignedIn()).toBe(true);
    await happens(proof);
    expect(await isSignedIn()).toBe(false);
  });

  test('after signing out, which removes the cookie', async () => {
    const { session } = await signIn(local);
    const proof = await requireSession();
    await signOut(proof);
    expect(sessionCookies()).toEqual([]);
    expect(await (await db()).session.count({ where: { id: session.id } })).toBe(0);
    expect(await isSignedIn()).toBe(false);
  });

  test('after signing out of a session that had already ended', async () => {
    await signIn(local);
    const proof = await requireSession();
    await endSession(proof.actor, proof.identity.id, proof.session.id);
    await signOut(proof);
    expect(sessionCookies()).toEqual([]);
  });

  test('after forgetting the cookie', async () => {
    await signIn(local);
    await removeSessionCookie();
    expect(await isSignedIn()).toBe(false);
  });
});

describe('CVE-2024-47070: a database failure', () => {
  test('is an error, never "signed out"', async () => {
    await signIn(local);
    const context = await requestContext();
    const { value } = cookieOf(local);
    await closeDb();
    const { dataDir } = env();
    vi.stubEnv('DATABASE_URL', `file:${dataDir}/empty.db`);
    resetEnv();
    try {
      await expect(readProof(context, value)).rejects.toMatchObject({ code: 'overloaded' });
      await expect(currentSession()).rejects.toMatchObject({ code: 'overloaded' });
      await expect(requireSession()).rejects.toMatchObject({ code: 'overloaded' });
    } finally {
      await closeDb();
      vi.unstubAllEnvs();
      resetEnv();
    }
    expect(await readProof(context, value)).not.toBeNull();
  });
});

describe('requireSession', () => {
  test('redirects signed-out people to sign in, and back here afterwards', async () => {
    beginRequest(local, { 'x-signet-path': '/profile/settings?tab=name&_rsc=1a2b' });
    await expect(requireSession()).rejects.toMatchObject({
      digest: expect.stringContaining(';/login?return_to=%2Fprofile%2Fsettings%3Ftab%3Dname;'),
    });
  });

  test('stores a path that is too long for a URL', async () => {
    const long = `/console/acme/main/users?ids=${'a'.repeat(3000)}`;
    beginRequest(local, { 'x-signet-path': `${long}&_rsc=1a2b` });
    const { digest } = await requireSession().catch((error) => error);
    const id = /;\/login\?return_to=%2Flogin%2Freturn%3Fid%3D([\w-]{43});/.exec(digest)?.[1] ?? '';
    expect(await findReturnPath(local.id, id)).toBe(long);
    beginRequest(local, { 'x-signet-path': `/profile?q=${'a'.repeat(8200)}` });
    await expect(requireSession()).rejects.toMatchObject({ digest: expect.stringContaining(';/login;') });
  });

  test.each([
    ['/profile', '/login?return_to=%2Fprofile'],
    ['/profile?_rsc=x', '/login?return_to=%2Fprofile'],
    ['/profile?a=b?c', '/login?return_to=%2Fprofile%3Fa%3Db%253Fc'],
    ['/', '/login'],
    [null, '/login'],
    ['//evil.example', '/login'],
    ['/\\evil.example', '/login'],
  ])('from %s to %s', (path, login) => {
    expect(toLoginPath(path)).toBe(login);
  });
});

test('refuses a request that bypassed the front server', async () => {
  beginRequest(local, { 'x-signet-context': null });
  await expect(currentSession()).rejects.toThrow();
  beginRequest(local, { 'x-signet-context': `${Buffer.from('{}').toString('base64url')}.AAAA` });
  await expect(currentSession()).rejects.toThrow();
});

test('a sign-in reports its user agent and the session it replaces', async () => {
  beginRequest(local);
  const { memory, ...client } = await signInBrowser();
  expect(client).toEqual({ userAgent: expect.stringContaining('Chrome'), replaces: null });
  expect(memory?.token).toMatch(/^[\w-]{43}$/);
  expect(storedCookie('signet_known')).toBeUndefined(); // a cookie would render the page of a refusal again
  const { session } = await signIn(local);
  expect(await signInBrowser()).toMatchObject({ replaces: session.id });
});

test('a sign-in keeps the token by which its browser is recognized', async () => {
  const proof = await openSessionOf(local, await makePerson(local));
  beginRequest(local);
  const { memory } = await signInBrowser();
  await startSession(proof.session, proof.identity);
  expect(storedCookie('signet_known')?.value).toBe(memory?.token);
});

test('signing in restores the person’s language, unless this browser has one', async () => {
  const proof = await openSessionOf(local, await makePerson(local));
  beginRequest(local);
  await startSession(proof.session, { ...proof.identity, locale: 'de' });
  expect(storedCookie('signet_locale')?.value).toBe('de');
  await startSession(proof.session, { ...proof.identity, locale: 'en' });
  expect(storedCookie('signet_locale')?.value).toBe('de');
});

describe('the browser', () => {
  test('gets a nonce once, and is then identified by its keyed hash only', async () => {
    beginRequest(local);
    expect(await readBrowserHash()).toBeNull();
    const hash = await ensureBrowserHash();
    const nonce = storedCookie('signet_browser');
    expect(nonce?.value).toMatch(/^[\w-]{43}$/);
    expect(nonce?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', secure: false });
    expect(hash).not.toContain(nonce?.value);
    expect(await ensureBrowserHash()).toBe(hash);
    expect(await readBrowserHash()).toBe(hash);
    expect(storedCookie('signet_browser')?.value).toBe(nonce?.value);
  });

  test('has a separate nonce on https, which no sibling host can set', async () => {
    beginRequest(secure);
    await ensureBrowserHash();
    expect(storedCookie('__Host-signet_browser')?.options).toMatchObject({ secure: true });
  });

  test('is familiar to an address that signed in here, in this project, without storing it', async () => {
    const { identity } = await signIn(local);
    const [email = ''] = identity.identifiers;
    const cookie = storedCookie('signet_familiar');
    expect(cookie?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', secure: false });
    expect(cookie?.value).toMatch(/^[\w-]{43}$/);
    expect([await isFamiliar(` ${email.toUpperCase()} `), await isFamiliar(`x${email}`)]).toEqual([true, false]);
    await signOut(await requireSession());
    expect(await isFamiliar(email)).toBe(true);
    beginRequest(secure);
    expect(await isFamiliar(email)).toBe(false);
  });

  test('is familiar to the last five addresses', async () => {
    const people = [];
    for (let signIns = 0; signIns < 6; signIns++) people.push((await signIn(local)).identity.identifiers[0] ?? '');
    expect(await Promise.all(people.map(isFamiliar))).toEqual([false, true, true, true, true, true]);
  });

  test.each(['', 'x', '.', 'A'.repeat(43), `${'A'.repeat(43)}.`.repeat(50)])(
    'is familiar to no address by a forged cookie: "%s"',
    async (value) => {
      const { identity } = await signIn(local);
      const { cookies } = await import('@/testing/next-request');
      (await cookies()).set('signet_familiar', value);
      expect(await isFamiliar(identity.identifiers[0] ?? '')).toBe(false);
    },
  );

  test.each(['', 'x', newId()])('ignores an invalid nonce: "%s"', async (value) => {
    beginRequest(local);
    const { cookies } = await import('@/testing/next-request');
    (await cookies()).set('signet_browser', value);
    expect(await readBrowserHash()).toBeNull();
  });
});
