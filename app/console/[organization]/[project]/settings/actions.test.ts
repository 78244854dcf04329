import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { emailOf } from '@/lib/identity/model';
import { deliverDueMail } from '@/lib/mail/service';
import type { ActionResult } from '@/lib/platform/action-result';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import {
  addOrigin,
  ensureFirstProject,
  findProjectByHost,
  getProject,
  listClaims,
  listOrigins,
  requestOrigin,
} from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { publishedKeys } from '@/lib/token/service';
import { enterConsole, granted, placeOf, refusalOf } from '@/testing/console';
import { readEvents } from '@/testing/events';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { lastMailTo } from '@/testing/outbox';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import * as actions from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const MINUTE = 60_000;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).toString('base64');
let home: Project;
let project: Project;
let place: { organization: string; project: string };
/** A second domain of the project. */
let domain: { id: string; origin: string };
/** A domain pending verification. */
let claimId: string;
/** The current signing key. */
let kid: string;

const enter = (role: OperatorRole) => enterConsole(home, role, project.organizationId);
/** State that a refusal must leave unchanged. */
const snapshot = async () => ({
  project: await getProject(project.id),
  origins: await listOrigins(project.id),
  claims: await listClaims(project.id),
  keys: (await publishedKeys(project.id)).map(({ kid, state }) => [kid, state]),
  mails: await (await db()).outboxMail.count({ where: { projectId: project.id } }),
});

/** Name, required role, freshness and a valid call of each action; the place can be replaced. */
const ACTIONS: Array<
  [string, OperatorRole, { isFresh?: true }, (at?: typeof place) => Promise<ActionResult<unknown>>]
> = [
  [
    'updateSettings',
    'admin',
    {},
    (at = place) => actions.updateSettings(at, { base: { name: project.name }, mine: { name: 'Acme' } }),
  ],
  ['setLogo', 'admin', {}, (at = place) => actions.setLogo(at, { base64: PNG })],
  ['removeLogo', 'admin', {}, (at = place) => actions.removeLogo(at)],
  [
    'addDomain',
    'admin',
    { isFresh: true },
    (at = place) => actions.addDomain(at, { origin: `https://${newId()}.example.com` }),
  ],
  ['removeDomain', 'admin', { isFresh: true }, (at = place) => actions.removeDomain(at, { id: domain.id })],
  ['checkDomain', 'admin', { isFresh: true }, (at = place) => actions.checkDomain(at, { id: claimId })],
  ['withdrawDomain', 'admin', { isFresh: true }, (at = place) => actions.withdrawDomain(at, { id: claimId })],
  ['countPasskeysLost', 'owner', {}, (at = place) => actions.countPasskeysLost(at, { id: domain.id })],
  ['makeDomainPrimary', 'owner', { isFresh: true }, (at = place) => actions.makeDomainPrimary(at, { id: domain.id })],
  ['sendTest', 'admin', {}, (at = place) => actions.sendTest(at)],
  ['rotateKey', 'admin', { isFresh: true }, (at = place) => actions.rotateKey(at, rotation(false))],
  ['revokeKey', 'admin', { isFresh: true }, (at = place) => actions.revokeKey(at, { kid })],
  [
    'setAlgorithm',
    'admin',
    { isFresh: true },
    (at = place) =>
      actions.setAlgorithm(at, { base: { signingAlgorithm: 'ES256' }, mine: { signingAlgorithm: 'RS256' } }),
  ],
  ['countContents', 'owner', {}, (at = place) => actions.countContents(at)],
  [
    'deleteProject',
    'owner',
    { isFresh: true },
    (at = place) => actions.deleteProject(at, { confirmation: project.slug }),
  ],
];

const rotation = (isUrgent: boolean) => ({ purpose: 'access_token' as const, isUrgent });
beforeAll(async () => {
  home = await ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
  domain = await addOrigin(cliActor(project.id), `https://${newId()}.example.com`);
  const unproven: Actor = { ...cliActor(project.id), kind: 'operator' };
  await requestOrigin(unproven, `https://${newId()}.example.com`, {});
  claimId = (await listClaims(project.id))[0]?.id ?? '';
  vi.stubEnv('SIGNET_DNS_SERVERS', '127.0.0.1:1');
  resetEnv();
  const published = new Date(Date.now() - 10 * MINUTE); // published long enough for the next key to sign
  kid = (await publishedKeys(project.id)).find(({ state }) => state === 'current')?.kid ?? '';
  await (await db()).signingKey.updateMany({ where: { projectId: project.id }, data: { createdAt: published } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  resetEnv();
});

describe.each(ACTIONS)('%s', (_, role, { isFresh }, call) => {
  test('is allowed with the required role', async () => {
    await enter(role);
    granted(await call());
  });

  test('is refused to lower roles, also after the role was lowered', async () => {
    const before = await snapshot();
    await enter('viewer');
    expect(refusalOf(await call())).toBe('forbidden');
    if (role === 'owner') await enter('admin');
    else {
      const { id: identityId } = await enter('owner');
      await (await db()).operator.updateMany({ where: { identityId }, data: { role: 'viewer' } });
    }
    expect(refusalOf(await call())).toBe('forbidden');
    expect(await snapshot()).toEqual(before);
  });

  test('is not found by operators of other organizations, nor through their own organization', async () => {
    const before = await snapshot();
    const other = await makeProject();
    await enterConsole(home, 'owner', other.organizationId);
    expect(refusalOf(await call())).toBe('not_found');
    const { organization } = await placeOf(other);
    expect(refusalOf(await call({ organization, project: project.slug }))).toBe('not_found');
    expect(await snapshot()).toEqual(before);
  });

  test('is refused without a session and from another origin', async () => {
    const before = await snapshot();
    beginRequest(home);
    expect(refusalOf(await call())).toBe('unauthenticated');
    await enter('owner');
    beginRequest(home, { origin: project.origin });
    expect(refusalOf(await call())).toBe('forbidden');
    expect(await snapshot()).toEqual(before);
  });

  test(`${isFresh ? 'requires' : 'does not require'} an authentication within the last 15 minutes`, async () => {
    await enter(role);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * MINUTE });
    expect(refusalOf(await call())).toBe(isFresh ? 'reauthentication_required' : null);
  });
});

describe('refuses', () => {
  test('a concurrent change, with both values', async () => {
    await enter('admin');
    const rename = (name: string) => actions.updateSettings(place, { base: { name: project.name }, mine: { name } });
    granted(await rename('Theirs'));
    expect(await rename('Mine')).toMatchObject({
      ok: false,
      error: { code: 'version_conflict', conflicts: [{ pointer: '/name', mine: 'Mine', theirs: 'Theirs' }] },
    });
  });

  test('an accent without contrast, and suggests the nearest valid one', async () => {
    await enter('admin');
    expect(
      await actions.updateSettings(place, { base: { accentColor: null }, mine: { accentColor: '#ffff00' } }),
    ).toMatchObject({
      error: {
        violations: [
          { pointer: '/accentColor', keyword: 'contrast', params: { suggestion: expect.stringMatching(/^#/) } },
        ],
      },
    });
  });

  test.each([
    undefined,
    null,
    'x',
    {},
    { base: {} },
    { base: {}, mine: { organizationId: 'x' } },
    { base: {}, mine: { name: 7 } },
  ])('malformed input: %j', async (input) => {
    await enter('owner');
    expect(refusalOf(await actions.updateSettings(place, input as never))).toBe('invalid_input');
    expect(refusalOf(await actions.setLogo(place, input as never))).toBe('invalid_input');
    expect(refusalOf(await actions.makeDomainPrimary(place, input as never))).toBe('invalid_input');
  });

  test.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')],
    ['not base64', '@@@'],
    ['too large', Buffer.alloc(400_000, 1).toString('base64')],
  ])('a logo that is %s', async (_, base64) => {
    await enter('admin');
    expect(refusalOf(await actions.setLogo(place, { base64 }))).toBe('invalid_input');
  });

  test('another project’s domain and key', async () => {
    const other = await makeProject();
    const theirs = await addOrigin(cliActor(other.id), `https://${newId()}.example.com`);
    await enter('owner');
    const [key] = await publishedKeys(other.id);
    expect(refusalOf(await actions.revokeKey(place, { kid: key?.kid ?? '' }))).toBe('not_found');
    for (const act of [actions.removeDomain, actions.makeDomainPrimary, actions.countPasskeysLost])
      expect(refusalOf(await act(place, { id: theirs.id }))).toBe('not_found');
    expect(await listOrigins(other.id)).toHaveLength(2);
  });

  test('a deletion not confirmed by the slug, and deletion or a new primary domain of the first project', async () => {
    await enter('owner');
    expect(refusalOf(await actions.deleteProject(place, { confirmation: project.name.slice(1) }))).toBe(
      'invalid_input',
    );
    await enterConsole(home, 'owner', home.organizationId);
    const first = await placeOf(home);
    expect(refusalOf(await actions.deleteProject(first, { confirmation: home.slug }))).toBe(
      'default_project_protected',
    );
    const further = await addOrigin(cliActor(home.id), `https://${newId()}.example.com`);
    expect(refusalOf(await actions.makeDomainPrimary(first, { id: further.id }))).toBe('default_project_protected');
  });

  test('rotating to a key that was just published, unless urgent', async () => {
    await enter('admin');
    granted(await actions.rotateKey(place, rotation(false)));
    expect(refusalOf(await actions.rotateKey(place, rotation(false)))).toBe('invalid_input');
    granted(await actions.rotateKey(place, rotation(true)));
  });
});

test('counts passkeys that would stop working; none if the host name is unchanged', async () => {
  await addPasskey(await signIn(project, await makePerson(project)));
  await enter('owner');
  expect(granted(await actions.countPasskeysLost(place, { id: domain.id }))).toEqual({ passkeys: 1 });
  const same = await addOrigin(cliActor(project.id), `${project.origin}:8443`);
  expect(granted(await actions.countPasskeysLost(place, { id: same.id }))).toEqual({ passkeys: 0 });
});

test('the audit event of a deletion records the numbers shown before it', async () => {
  await addPasskey(await signIn(project, await makePerson(project)));
  const { id } = await enter('owner');
  const contents = granted(await actions.countContents(place));
  expect(contents).toEqual({ identities: 1, passkeys: 1, sessions: 1, apiCredentials: 0 });
  granted(await actions.deleteProject(place, { confirmation: ` ${project.slug} ` }));
  expect(await findProjectByHost(new URL(project.origin).host)).toBeNull();
  expect(refusalOf(await actions.countContents(place))).toBe('not_found');
  const [event] = await readEvents(home.id, 'project.deleted');
  expect(event).toMatchObject({
    actorId: id,
    details: { slug: project.slug, identities: 1, passkeys: 1, sessions: 1 },
  });
});

describe('a test email', () => {
  test('goes to the operator’s own address, and its state is readable in this project only', async () => {
    const email = emailOf(await enter('admin')) ?? '';
    const { id, to } = granted(await actions.sendTest(place));
    expect(to).toBe(email);
    expect(await lastMailTo(email)).toMatchObject({ kind: 'test' });
    expect(granted(await actions.readTest(place, { id }))).toEqual({ state: 'queued', reason: null });
    await deliverDueMail();
    expect(granted(await actions.readTest(place, { id }))).toEqual({ state: 'sent', reason: null });
    const other = await makeProject();
    await enterConsole(home, 'owner', other.organizationId);
    expect(refusalOf(await actions.readTest(await placeOf(other), { id }))).toBe('not_found');
  });

  test('is limited to ten an hour', async () => {
    await enter('admin');
    for (let n = 0; n < 10; n++) granted(await actions.sendTest(place));
    expect(refusalOf(await actions.sendTest(place))).toBe('rate_limited');
  });
});
