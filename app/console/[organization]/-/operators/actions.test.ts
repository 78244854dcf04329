import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { create as createOrganization } from '@/app/console/-/new-organization/actions';
import { create as createProject } from '@/app/console/[organization]/-/new-project/actions';
import * as settings from '@/app/console/[organization]/-/settings/actions';
import type { Identity } from '@/lib/identity/model';
import * as invitations from '@/lib/invitation/service';
import type { ActionResult } from '@/lib/platform/action-result';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Organization, Project } from '@/lib/project/model';
import { ensureFirstProject, findOrganization, findProjectBySlug, listProjects } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { startSession } from '@/lib/web/sign-in';
import { enterConsole, granted, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator, makeOrganization, roleIn } from '@/testing/operators';
import { lastMailTo } from '@/testing/outbox';
import { makePerson, signIn } from '@/testing/people';
import * as actions from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

/** Every action of an organization, across its pages. */
const MINUTE = 60_000;
let home: Project;
let organization: Organization;
let place: { organization: string };
let owner: Identity;
let viewer: Identity;
let invitationId: string;

const someSlug = () => `s-${newId().slice(-12)}`;
const newEmail = () => `${newId()}@example.com`;
const enter = (role: OperatorRole) => enterConsole(home, role, organization.id);
const roleOf = ({ id }: Identity) => roleIn(organization.id, id);
const snapshot = async () => ({
  organization: await findOrganization(organization.id),
  projects: await listProjects([organization.id]),
  roles: [await roleOf(owner), await roleOf(viewer)],
  invitations: await invitations.listOpenInvitations(organization.id),
});

const ACTIONS: Array<
  [string, OperatorRole, { isFresh?: true }, (at?: typeof place) => Promise<ActionResult<unknown>>]
> = [
  [
    'invite',
    'admin',
    { isFresh: true },
    (at = place) => actions.invite(at, { email: newEmail(), role: 'viewer', isMailed: false }),
  ],
  ['revoke', 'admin', { isFresh: true }, (at = place) => actions.revoke(at, { id: invitationId })],
  [
    'changeRole',
    'admin',
    { isFresh: true },
    (at = place) => actions.changeRole(at, { identityId: viewer.id, role: 'admin', confirmed: [] }),
  ],
  ['remove', 'admin', { isFresh: true }, (at = place) => actions.remove(at, { identityId: viewer.id })],
  [
    'create project',
    'admin',
    { isFresh: true },
    (at = place) => createProject(at, { name: 'New', slug: someSlug(), origin: '' }),
  ],
  ['update', 'admin', {}, (at = place) => settings.update(at, { base: { name: 'Acme' }, mine: { name: 'Initech' } })],
  ['delete', 'owner', { isFresh: true }, (at = place) => settings.remove(at, { confirmation: organization.slug })],
];

beforeAll(async () => {
  home = await ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  forgetCookies();
  organization = await makeOrganization(home, 'Acme');
  place = { organization: organization.slug };
  owner = await makeOperator(home, 'owner', organization.id);
  viewer = await makeOperator(home, 'viewer', organization.id);
  const invitation = { email: newEmail(), role: 'viewer' as const, organizationId: organization.id };
  await invitations.inviteOperator(cliActor(home.id), invitation);
  invitationId = (await invitations.listOpenInvitations(organization.id))[0]?.id ?? '';
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each(ACTIONS)('%s', (name, role, { isFresh }, call) => {
  test('is allowed with the required role', async () => {
    await enter(role);
    granted(await call());
  });

  test('is refused to lower roles, also after the role was lowered or removed', async () => {
    const before = await snapshot();
    await enter('viewer');
    expect(refusalOf(await call())).toBe('forbidden');
    const { id: identityId } = await enter('owner');
    await (await db()).operator.updateMany({ where: { identityId }, data: { role: 'viewer' } });
    expect(refusalOf(await call())).toBe('forbidden');
    await (await db()).operator.deleteMany({ where: { identityId } });
    expect(refusalOf(await call())).toBe('not_found');
    expect(await snapshot()).toEqual(before);
  });

  test('is not found by operators of other organizations', async () => {
    const before = await snapshot();
    const other = await makeOrganization(home);
    await enterConsole(home, 'owner', other.id);
    expect(refusalOf(await call())).toBe('not_found');
    expect(await snapshot()).toEqual(before);
    // Nor are this organization’s rows found through their own organization.
    if (['revoke', 'changeRole', 'remove'].includes(name))
      expect(refusalOf(await call({ organization: other.slug }))).toBe('not_found');
    expect(await snapshot()).toEqual(before);
  });

  test('is refused without a session and from another origin', async () => {
    const before = await snapshot();
    beginRequest(home);
    expect(refusalOf(await call())).toBe('unauthenticated');
    await enter('owner');
    beginRequest(home, { origin: 'https://evil.example' });
    expect(refusalOf(await call())).toBe('forbidden');
    expect(await snapshot()).toEqual(before);
  });

  test(`${isFresh ? 'requires' : 'does not require'} an authentication within the last 15 minutes`, async () => {
    const before = await snapshot();
    await enter(role);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * MINUTE });
    expect(refusalOf(await call())).toBe(isFresh ? 'reauthentication_required' : null);
    if (isFresh) expect(await snapshot()).toEqual(before);
  });

  test.each([undefined, null, 'x', 7, [], { more: true }])('refuses malformed input: %j', async (input) => {
    await enter('owner');
    const action = {
      invite: actions.invite,
      revoke: actions.revoke,
      changeRole: actions.changeRole,
      remove: actions.remove,
      'create project': createProject,
      update: settings.update,
      delete: settings.remove,
    }[name];
    expect(refusalOf((await action?.(place, input as never)) ?? { ok: true, value: null })).toBe('invalid_input');
  });
});

test('an admin cannot act on owners or grant ownership', async () => {
  await enter('admin');
  expect(refusalOf(await actions.remove(place, { identityId: owner.id }))).toBe('forbidden');
  expect(refusalOf(await actions.changeRole(place, { identityId: owner.id, role: 'viewer', confirmed: [] }))).toBe(
    'forbidden',
  );
  expect(refusalOf(await actions.changeRole(place, { identityId: viewer.id, role: 'owner', confirmed: [] }))).toBe(
    'forbidden',
  );
  const invited = await actions.invite(place, { email: newEmail(), role: 'owner', isMailed: false });
  expect(refusalOf(invited)).toBe('forbidden');
});

test('a viewer can only leave; the last owner cannot leave or step down', async () => {
  const { session } = await signIn(home, viewer);
  beginRequest(home);
  await startSession(session);
  expect(refusalOf(await actions.remove(place, { identityId: owner.id }))).toBe('forbidden');
  granted(await actions.remove(place, { identityId: viewer.id }));
  expect(await roleOf(viewer)).toBeNull();
  const last = await signIn(home, owner);
  beginRequest(home);
  await startSession(last.session);
  expect(refusalOf(await actions.remove(place, { identityId: owner.id }))).toBe('last_owner');
  expect(refusalOf(await actions.changeRole(place, { identityId: owner.id, role: 'admin', confirmed: [] }))).toBe(
    'last_owner',
  );
});

test('an invitation link appears only in the response and, on request, in an email', async () => {
  await enter('admin');
  const email = newEmail();
  const { link, expiresAt } = granted(await actions.invite(place, { email, role: 'admin', isMailed: true }));
  expect(link).toMatch(/^http:\/\/localhost:3000\/setup\?token=/);
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
  expect(await lastMailTo(email)).toMatchObject({ params: { link, organization: 'Acme', inviter: 'admin' } });
  expect(JSON.stringify(await invitations.listOpenInvitations(organization.id))).not.toContain(link.slice(-20));
});

test('creates a project in the organization and returns its path', async () => {
  await enter('admin');
  const slug = someSlug();
  const { path } = granted(await createProject(place, { name: 'Shop', slug, origin: '' }));
  expect(path).toBe(`/console/${organization.slug}/${slug}`);
  expect(await findProjectBySlug(organization.id, slug)).toMatchObject({ origin: `http://${slug}.localhost:3000` });
  expect(await createProject(place, { name: 'Shop', slug, origin: '' })).toMatchObject({
    error: { code: 'slug_taken' },
  });
  expect(refusalOf(await settings.remove(place, { confirmation: organization.slug }))).toBe('forbidden');
  await enter('owner');
  expect(refusalOf(await settings.remove(place, { confirmation: organization.slug }))).toBe('organization_not_empty');
});

describe('creating an organization', () => {
  const create = () => createOrganization({ name: 'Initech', slug: someSlug() });

  test('is allowed for an owner of any organization', async () => {
    const { id } = await enter('owner');
    const { path } = granted(await create());
    const created = await (await db()).organization.findUniqueOrThrow({
      where: { slug: path.split('/').at(-1) ?? '' },
    });
    expect(await roleIn(created.id, id)).toBe('owner');
  });

  test('is refused to other roles, non-operators, without a session and from another origin', async () => {
    const count = async () => (await db()).organization.count();
    const before = await count();
    await enter('admin');
    expect(refusalOf(await create())).toBe('forbidden');
    const { session } = await signIn(home, await makePerson(home));
    beginRequest(home);
    await startSession(session);
    expect(refusalOf(await create())).toBe('not_found');
    forgetCookies();
    expect(refusalOf(await create())).toBe('unauthenticated');
    await enter('owner');
    beginRequest(home, { origin: null });
    expect(refusalOf(await create())).toBe('forbidden');
    expect(await count()).toBe(before);
  });
});
