import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import { encodeSessionId, sessionCookieName } from '@/lib/web/session-cookie';
import { beginRequest, cookies, forgetCookies } from '@/testing/next-request';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { makeRelyingParty, type RelyingParty } from '@/testing/relying-parties';
import { signOutFor } from './actions';
import SignOutPage from './page';

vi.mock('react', async (react) => ({
  ...(await react<object>()),
  ...(await import('@/testing/server-render')).serverReact,
}));
vi.mock('next/headers', () => import('@/testing/next-request'));

const BYE = 'https://wiki.example.com/bye';
let project: Project;
let application: RelyingParty;

beforeAll(async () => {
  project = await makeProject();
  application = await makeRelyingParty(project);
});
beforeEach(() => {
  forgetCookies();
  beginRequest(project);
});

const open = async (search: Record<string, string>) =>
  JSON.stringify(await SignOutPage({ searchParams: Promise.resolve(search) }));
const asked = () => ({ client_id: application.clientId, post_logout_redirect_uri: BYE, state: 'a b' });

async function enter(): Promise<SessionProof> {
  const proof = await signIn(project, await makePerson(project));
  const place = { projectId: project.id, origin: project.origin };
  const jar = await cookies();
  jar.set(sessionCookieName(place), encodeSessionId(place, proof.session.id, proof.session.expiresAt), {});
  return proof;
}

test('asks the signed-in person, naming the application, and carries what it registered', async () => {
  await enter();
  const page = await open(asked());
  expect(page).toContain('Wiki asks to sign you out');
  expect(page).toContain(`"value":"${BYE}"`);
  expect(page).not.toContain('"href":"https://wiki');
});

test.each([
  ['an address that is not registered', { post_logout_redirect_uri: 'https://evil.example/' }],
  ['an unknown application', { client_id: 'app_unknown' }],
  ['a request that was refused before', { invalid: '1' }],
])('carries nothing of %s', async (_, changes: Record<string, string>) => {
  await enter();
  const page = await open({ ...asked(), ...changes });
  expect(page).toContain('does not match what is registered');
  expect(page).not.toContain('evil.example');
  expect(page).not.toContain(BYE);
});

test('signs out, then leaves for the registered address alone', async () => {
  const { session } = await enter();
  const form = new FormData();
  for (const [name, value] of Object.entries(asked())) form.append(name, value);
  const { digest } = await signOutFor(form).then(
    () => ({ digest: '' }),
    (error: { digest: string }) => error,
  );
  expect(digest).toContain('/login/sign-out?');
  expect(digest).toContain('done=1');
  expect(await findSession(project.id, session.id)).toBeNull();
  forgetCookies();
  beginRequest(project);
  expect(await open({ ...asked(), done: '1' })).toContain(`"href":"${BYE}?state=a%20b"`);
  expect(await open({ ...asked(), done: '1', post_logout_redirect_uri: 'https://evil.example/' })).not.toContain(
    'evil',
  );
});
