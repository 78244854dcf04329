import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  authenticateApplication,
  createApplication,
  getApplication,
  listApplications,
  listSecrets,
} from '@/lib/application/service';
import { createGroup } from '@/lib/group/service';
import type { ActionResult } from '@/lib/platform/action-result';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import type { ProjectPlace } from '@/lib/web/console';
import { enterConsole, granted, placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeProject } from '@/testing/project';
import * as actions from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const CALLBACK = 'https://wiki.example.com/callback';
let project: Project;
let place: ProjectPlace;

const enter = (role: OperatorRole) => enterConsole(project, role, project.organizationId);
const make = async (of = project) =>
  (await createApplication(cliActor(of.id), { name: 'Wiki', redirectUris: [CALLBACK] })).application;

type Refused = (at: ProjectPlace, clientId: string, secretId: string) => Promise<ActionResult<unknown>>;
/** A valid call of each action on an application. */
const ACTIONS: Array<[string, Refused]> = [
  ['change', (at, clientId) => actions.changeApplication(at, { clientId, base: {}, mine: { name: 'X' } })],
  ['rotate', (at, clientId) => actions.rotateSecret(at, { clientId, overlapHours: 0 })],
  ['end a secret', (at, clientId, secretId) => actions.endSecret(at, { clientId, secretId })],
  ['remove the logo', (at, clientId) => actions.removeLogo(at, { clientId })],
  ['disable', (at, clientId) => actions.disable(at, { clientId })],
  ['enable', (at, clientId) => actions.enable(at, { clientId })],
  ['delete', (at, clientId) => actions.remove(at, { clientId, confirmation: 'Wiki' })],
];

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an admin', () => {
  test('adds an application by a template, and gets its secret once', async () => {
    await enter('admin');
    const input = { name: 'Grafana', redirectUris: [CALLBACK], kind: 'web' as const, template: 'grafana' };
    const { clientId, clientSecret } = granted(await actions.addApplication(place, input));
    expect(await getApplication(project.id, clientId)).toMatchObject({ name: 'Grafana', template: 'grafana' });
    const proof = { projectId: project.id, clientId, clientSecret };
    expect(await authenticateApplication(proof)).toMatchObject({ clientId });
    const unknown = { ...input, template: 'no-such' };
    const { clientId: other } = granted(await actions.addApplication(place, unknown));
    expect(await getApplication(project.id, other)).toMatchObject({ template: null });
  });

  test('gets a conflict per field on a concurrent change, and keeps what others changed', async () => {
    await enter('admin');
    const { clientId } = await make();
    const group = await createGroup(cliActor(project.id), { name: 'Staff' });
    const base = { name: 'Wiki', access: 'everybody' as const, groupIds: [] };
    granted(await actions.changeApplication(place, { clientId, base, mine: { name: 'Theirs' } }));
    expect(await actions.changeApplication(place, { clientId, base, mine: { name: 'Mine' } })).toMatchObject({
      ok: false,
      error: { code: 'version_conflict', conflicts: [{ pointer: '/name', mine: 'Mine', theirs: 'Theirs' }] },
    });
    const mine = { access: 'groups' as const, groupIds: [group.id] };
    const saved = granted(await actions.changeApplication(place, { clientId, base, mine }));
    expect(saved).toMatchObject({ name: 'Theirs', ...mine });
  });

  test('rotates the secret, ends the last one, disables, enables and deletes', async () => {
    await enter('admin');
    const application = await make();
    const { clientId } = application;
    const [first] = await listSecrets(application, new Date());
    const { clientSecret } = granted(await actions.rotateSecret(place, { clientId, overlapHours: 1 }));
    granted(await actions.endSecret(place, { clientId, secretId: first?.id ?? '' }));
    const authenticate = () => authenticateApplication({ projectId: project.id, clientId, clientSecret });
    granted(await actions.disable(place, { clientId }));
    expect(await authenticate()).toEqual({ reason: 'disabled' });
    granted(await actions.enable(place, { clientId }));
    expect(await authenticate()).toMatchObject({ clientId });
    expect(refusalOf(await actions.remove(place, { clientId, confirmation: 'wrong' }))).toBe('invalid_input');
    granted(await actions.remove(place, { clientId, confirmation: 'Wiki' }));
    expect(await listApplications(project.id)).toEqual([]);
  });
});

test('a change of name alone needs no recent authentication; one of a redirect URI does', async () => {
  const { clientId } = await make();
  await enter('admin');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 });
  granted(await actions.changeApplication(place, { clientId, base: { name: 'Wiki' }, mine: { name: 'Handbook' } }));
  const mine = { redirectUris: ['https://evil.example/callback'] };
  const change = actions.changeApplication(place, { clientId, base: {}, mine });
  expect(refusalOf(await change)).toBe('reauthentication_required');
});

describe.each(ACTIONS)('%s is refused', (_, call) => {
  test('to a viewer, without a session, from another origin, and for another project', async () => {
    const other = await makeProject();
    const [ours, theirs] = [await make(), await make(other)];
    const secretOf = async (application: typeof ours) => (await listSecrets(application, new Date()))[0]?.id ?? '';
    const refused = async (application = ours, at = place) =>
      refusalOf(await call(at, application.clientId, await secretOf(application)));
    await enter('viewer');
    expect(await refused()).toBe('forbidden');
    await enter('owner');
    expect(await refused(theirs)).toBe('not_found');
    expect(await refused(theirs, await placeOf(other))).toBe('not_found');
    beginRequest(project, { origin: 'https://evil.example' });
    expect(await refused()).toBe('forbidden');
    forgetCookies();
    beginRequest(project);
    expect(await refused()).toBe('unauthenticated');
    for (const application of [ours, theirs])
      expect(await getApplication(application.projectId, application.clientId)).toEqual(application);
  });
});

test.each([
  ['a page of the console’s host without https', { redirectUris: ['http://wiki.example.com'] }],
  ['an unknown scope', { scopes: ['root'] }],
  ['no redirect URI', { redirectUris: [] }],
  ['a lifetime out of bounds', { accessTokenSeconds: 1 }],
  ['another kind', { kind: 'native' }],
  ['a group that does not exist', { access: 'groups', groupIds: ['x'] }],
])('refuses a change to %s', async (_, mine) => {
  const { clientId } = await make();
  await enter('admin');
  const input = { clientId, base: { access: 'everybody', groupIds: [] }, mine };
  expect(refusalOf(await actions.changeApplication(place, input as never))).toBe('invalid_input');
});
