import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  deleteApplication,
  disableApplication,
  enableApplication,
  rotateApplicationSecret,
} from '@/lib/application/service';
import { endOfApplication } from '@/lib/application-session/service';
import { answerConsent, revokeGrant } from '@/lib/grant/service';
import { changeIdentity, deleteIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { endAllSessions, endCurrentSession, endSessionById } from '@/lib/session/service';
import { revokeSigningKey } from '@/lib/token/service';
import { keepDeleted } from '@/testing/project';
import {
  codeOf,
  type Party,
  type Provider,
  redemption,
  registerParty,
  requestOf,
  requestPath,
  resume,
  signedIn,
  startProvider,
  token,
} from '@/testing/relying-party';

/**
 * What ends which access, entry point by entry point, over HTTP: access ends with the next request, and
 * nothing revives it.
 */
let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});

const cli = () => cliActor(provider.project.id);
const basicOf = ({ application, secret }: Party) =>
  `Basic ${Buffer.from(`${application.clientId}:${secret}`).toString('base64')}`;

/** A person with one of everything at an application. */
async function scene() {
  const party = await registerParty(provider.project, { logoutUri: 'https://wiki.example.com/logout' });
  const { browser, proof } = await signedIn(provider);
  const obtain = async (scope: string) =>
    (await token(provider, party, redemption(await codeOf(browser, party, { scope })))).json();
  const online = await obtain('openid email');
  const offline = await obtain('openid email offline_access');
  const asked = await browser.call(requestPath(party, { prompt: 'consent' }));
  const code = await codeOf(browser, party);
  return { party, browser, proof, online, offline, asked, code };
}
type Scene = Awaited<ReturnType<typeof scene>>;

const isShown = async (accessToken: unknown) =>
  (await provider.call('/userinfo', { headers: { authorization: `Bearer ${accessToken}` } })).status === 200;

async function isActive(party: Party, accessToken: unknown): Promise<boolean> {
  const headers = { authorization: basicOf(party) };
  const reply = await provider.call('/oauth2/introspect', { headers, form: { token: String(accessToken) } });
  return reply.status === 200 && reply.json().active === true;
}

/** Whether the request that waits for consent still leads to a code. */
async function canConsent({ party, proof, browser, asked }: Scene): Promise<boolean> {
  const input = { id: requestOf(asked), browserHash: browser.hash, isAllowed: true };
  await answerConsent(proof, input).catch(() => undefined);
  return (await browser.call(resume(party, asked))).answer.code !== undefined;
}

/** What still works. */
async function observe(made: Scene) {
  const { party, browser, proof, online, offline, code } = made;
  const { application } = party;
  const identityId = proof.identity.id;
  const access = async (accessToken: unknown) => {
    const [shown, active] = [await isShown(accessToken), await isActive(party, accessToken)];
    return shown === active ? shown : 'differs';
  };
  return {
    online: await access(online.access_token),
    offline: await access(offline.access_token),
    refresh:
      (await token(provider, party, { grant_type: 'refresh_token', refresh_token: String(offline.refresh_token) }))
        .status === 200,
    code: (await token(provider, party, redemption(code))).status === 200,
    session: (await browser.call(requestPath(party, { prompt: 'none' }))).answer.code !== undefined,
    request: await canConsent(made),
    grant: (await (await db()).grant.count({ where: { applicationId: application.id, identityId } })) > 0,
  };
}

const countNotices = async ({ party }: Scene) =>
  (await db()).logoutNotice.count({
    where: { OR: [{ applicationId: party.application.id }, { applicationId: null }] },
  });

const ALL = { session: true, request: true, code: true, online: true, offline: true, refresh: true, grant: true };
const NONE = {
  session: false,
  request: false,
  code: false,
  online: false,
  offline: false,
  refresh: false,
  grant: true,
};
const ENDED_SESSION = { ...NONE, offline: true, refresh: true };

const setState = ({ proof }: Scene, state: 'active' | 'inactive') =>
  changeIdentity(cli(), proof.identity.id, () => ({ state }));
const disable = ({ party }: Scene) => disableApplication(cli(), party.application.clientId, endOfApplication);

test.each<[string, (made: Scene) => Promise<unknown>, typeof ALL, number]>([
  ['nothing', async () => undefined, ALL, 0],
  ['deactivation of the person', (made) => setState(made, 'inactive'), NONE, 1],
  [
    'deactivation, then activation',
    async (made) => {
      await setState(made, 'inactive');
      await setState(made, 'active');
    },
    NONE,
    1,
  ],
  ['deletion of the person', ({ proof }) => deleteIdentity(cli(), proof.identity.id), { ...NONE, grant: false }, 1],
  [
    'deletion into the recycle bin',
    async ({ proof }) => {
      await keepDeleted(provider.project);
      await deleteIdentity(cli(), proof.identity.id);
      await keepDeleted(provider.project, 0);
    },
    { ...NONE, grant: false },
    1,
  ],
  ['sign-out', ({ proof }) => endCurrentSession(proof), ENDED_SESSION, 1],
  ['the end of the session', ({ proof }) => endSessionById(cli(), proof.session.id), ENDED_SESSION, 1],
  ['the end of all sessions', ({ proof }) => endAllSessions(cli(), proof.identity.id), ENDED_SESSION, 1],
  [
    'removal of the access',
    ({ proof, party }) => revokeGrant(proof.actor, proof.identity.id, party.application.clientId),
    // The person can allow it again.
    { ...NONE, session: true, request: true, grant: true },
    1,
  ],
  ['a disabled application', disable, NONE, 1],
  [
    'a deleted application',
    ({ party }) => deleteApplication(cli(), party.application.clientId, endOfApplication),
    { ...NONE, grant: false },
    1,
  ],
  [
    'a rotated secret',
    ({ party }) => rotateApplicationSecret(cli(), party.application.clientId, { overlapHours: 1 }),
    ALL,
    0,
  ],
  ['a revoked key of ID tokens', () => revokeSigningKey(cli(), keyOf('id_token')), ALL, 0],
  [
    'a revoked key of access tokens',
    () => revokeSigningKey(cli(), keyOf('access_token')),
    { ...ALL, online: false, offline: false },
    0,
  ],
])('after %s, what remains', async (_, cause, expected, notices) => {
  const made = await scene();
  keys = { access_token: kidOf(made.online.access_token), id_token: kidOf(made.online.id_token) };
  const before = await countNotices(made);
  await cause(made);
  expect((await countNotices(made)) - before).toBe(notices);
  expect(await observe(made)).toEqual(expected);
});

let keys: Record<'access_token' | 'id_token', string>;
const keyOf = (purpose: 'access_token' | 'id_token') => keys[purpose];
const kidOf = (jwt: unknown): string =>
  JSON.parse(Buffer.from(String(jwt).split('.')[0] ?? '', 'base64url').toString()).kid;

test('enabling an application again revives none of its tokens', async () => {
  const made = await scene();
  await disable(made);
  await enableApplication(cli(), made.party.application.clientId);
  expect(await observe(made)).toEqual({ ...NONE, session: true, request: true });
});
