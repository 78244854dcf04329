import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { create as createOrganization } from '@/app/console/-/new-organization/actions';
import { setPasskeyNeeded } from '@/app/console/[organization]/-/settings/actions';
import { listEvents } from '@/lib/audit/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import {
  ensureFirstProject,
  findOrganization,
  findOrganizationBySlug,
  setConsoleNeedsPasskey,
} from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { assignRole } from '@/lib/role/service';
import type { SessionMethod } from '@/lib/session/model';
import { findSession } from '@/lib/session/service';
import { startSession } from '@/lib/web/sign-in';
import { json, signet } from '@/testing/command-line';
import { placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { addPasskey, makePerson, moveProject, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import PasskeyNeededPage from './-/passkey/page';
import ConsolePage from './page';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

/** "Require a passkey for the console": walks this folder and calls every page, route and action without one. */
const DIR = import.meta.dirname;
const files = readdirSync(DIR, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .filter((file) => file.includes('[organization]'));
const load = (file: string): Promise<Record<string, unknown>> => import(path.join(DIR, file));

/** `closed`: its console requires a passkey. */
let closed: Project;
let open: Project;

async function enter(person: Identity, method: SessionMethod): Promise<void> {
  forgetCookies();
  const { session } = await signIn(closed, person, method);
  beginRequest(closed, { 'x-signet-path': '/console/somewhere?q=1' });
  await startSession(session);
}
const enterAs = async (role: OperatorRole, method: SessionMethod) => enter(await makeOperator(closed, role), method);

/** An operator of both organizations. */
async function makeBoth(): Promise<Identity> {
  const { id: identityId } = await makeOperator(closed, 'owner');
  await transaction((tx) => assignRole(tx, { organizationId: open.organizationId, identityId }, 'owner'));
  return getIdentity(closed.id, identityId);
}

/** The props of a page's elements, without the components themselves. */
const propsIn = (page: unknown) =>
  JSON.stringify(page, (key, value) => (key === 'type' || key === '_owner' ? null : value));

async function outcomeOf(work: () => unknown): Promise<string> {
  try {
    const answer = await work();
    if (answer instanceof Response) return `${answer.status} ${await answer.text()}`;
    return /"code":"([a-z_]+)"/.exec(JSON.stringify(answer) ?? '')?.[1] ?? 'answered';
  } catch (error) {
    const { digest = String(error) } = error as { digest?: string };
    return digest.replace(/^NEXT_HTTP_ERROR_FALLBACK;/, '').replace(/^NEXT_REDIRECT;\w+;(.*);\d+;$/, 'to $1');
  }
}
async function openFile(file: string, of: Project): Promise<string> {
  const { default: page, GET, POST } = await load(file);
  const route = GET ?? POST;
  const params = Promise.resolve({ ...(await placeOf(of)), id: newId() });
  const props = { params, searchParams: Promise.resolve({}), children: null };
  return outcomeOf(() => {
    if (typeof route === 'function') return route(new Request(closed.origin), { params });
    if (typeof page === 'function') return page(props);
    throw new Error(`${file} exports neither page nor handler`);
  });
}

beforeAll(async () => {
  [closed, open] = [await makeProject(), await makeProject()];
  await setConsoleNeedsPasskey(cliActor(closed.id), closed.organizationId, true);
});
beforeEach(forgetCookies);

const TO_PASSKEY = 'to /console/-/passkey?return_to=%2Fconsole%2Fsomewhere%3Fq%3D1';
const answering = files.filter((file) => /\/(page\.tsx|route\.ts)$/.test(file));

describe.each(answering)('%s', (file) => {
  test.each(['code', 'link', 'recovery'] as const)('is closed to a %s session, for every role', async (method) => {
    for (const role of ['viewer', 'owner'] as const) {
      await enterAs(role, method);
      const outcome = await openFile(file, closed);
      if (file.endsWith('route.ts')) expect(outcome).toMatch(/^403 .*A passkey is required/);
      else expect(outcome).toBe(TO_PASSKEY);
    }
  });

  test('is open to a passkey session', async () => {
    await enterAs('owner', 'passkey');
    const outcome = await openFile(file, closed);
    expect(outcome).not.toMatch(/passkey_required|passkey is required|-\/passkey/);
  });

  test('is open to the same person in an organization without the requirement', async () => {
    await enter(await makeBoth(), 'code');
    expect(await openFile(file, open)).not.toMatch(/passkey_required|passkey is required|-\/passkey/);
  });

  test('is closed to a recovery also in an organization without the requirement', async () => {
    await enter(await makeBoth(), 'recovery');
    const outcome = await openFile(file, open);
    if (file.endsWith('route.ts')) expect(outcome).toMatch(/^403 .*A passkey is required/);
    else expect(outcome).toBe(TO_PASSKEY);
  });

  test('is not found by a person without a role', async () => {
    await enter(await makePerson(closed), 'code');
    expect(await openFile(file, closed)).toBe('404');
  });
});

const placed = files
  .filter((file) => file.endsWith('/actions.ts'))
  .flatMap((file) =>
    [
      ...readFileSync(path.join(DIR, file), 'utf8').matchAll(/export const (\w+) = (?:project|organization)Action\(/g),
    ].map(([, name = '']) => ({ file, name })),
  );

test.each(placed)('$file $name is refused without a passkey', async ({ file, name }) => {
  const action = (await load(file))[name];
  if (typeof action !== 'function') throw new Error('no action');
  const place = await placeOf(closed);
  await enterAs('owner', 'code');
  expect(refusalOf(await action(place))).toBe('passkey_required');
  await enterAs('owner', 'passkey');
  expect(refusalOf(await action(place))).not.toBe('passkey_required');
});

test('the first page lists no project of a closed console', async () => {
  await enter(await makeBoth(), 'code');
  const shown = propsIn(await ConsolePage());
  expect(shown).toContain(new URL(open.origin).host);
  expect(shown).not.toContain(new URL(closed.origin).host);
});

describe('the page that asks for a passkey', () => {
  const page = (returnTo?: string) =>
    outcomeOf(async () =>
      JSON.stringify(
        await PasskeyNeededPage({
          params: Promise.resolve({}),
          searchParams: Promise.resolve({ ...(returnTo !== undefined && { return_to: returnTo }) }),
        }),
      ),
    );
  const shown = async () =>
    propsIn(await PasskeyNeededPage({ params: Promise.resolve({}), searchParams: Promise.resolve({}) }));

  test('offers the passkey, or adding one if there is none for this host name', async () => {
    const operator = await makeOperator(closed, 'admin');
    await enter(operator, 'code');
    expect(await shown()).toContain('"href":"/profile"');
    const elsewhere = await moveProject(closed, `https://${newId()}.example.com`);
    await addPasskey(await signIn(elsewhere, operator));
    closed = await moveProject(closed, closed.origin);
    await enter(operator, 'code');
    expect(await shown()).toContain('"href":"/profile"');
    await addPasskey(await signIn(closed, await getIdentity(closed.id, operator.id)));
    await enter(operator, 'code');
    expect(await shown()).not.toContain('"href":"/profile"');
  });

  test('redirects a passkey session at once, only within the console', async () => {
    await enterAs('viewer', 'passkey');
    expect(await page('/console/acme/shop')).toBe('to /console/acme/shop');
    for (const at of [undefined, '//evil.example', '/profile', 'https://evil.example'])
      expect(await page(at)).toBe('to /console');
  });
});

test('the command line deletes lost passkeys, so that their owner can sign in by email', async () => {
  const home = await ensureFirstProject('http://localhost:3000');
  const operator = await makeOperator(home, 'owner');
  const proof = await signIn(home, operator);
  await addPasskey(proof);
  const email = emailOf(operator) ?? '';
  const gone = { identity_id: operator.id, passkeys: 1, sessions: 1 };
  expect(await json('operator', 'delete-passkeys', email)).toEqual(gone);
  expect((await getIdentity(home.id, operator.id)).passkeyCount).toBe(0);
  expect(await findSession(home.id, proof.session.id)).toBeNull();
  expect(await json('operator', 'delete-passkeys', email)).toEqual({ ...gone, passkeys: 0, sessions: 0 });
  const person = emailOf(await makePerson(home)) ?? '';
  expect((await signet('operator', 'delete-passkeys', person)).code).toBe(1);
});

describe('the setting', () => {
  const needs = async (project: Project) => (await findOrganization(project.organizationId))?.consoleNeedsPasskey;
  const change = async (project: Project, isNeeded: boolean) =>
    refusalOf(await setPasskeyNeeded(await placeOf(project), { isNeeded }));

  test('is changed by an owner with a passkey session, so that no owner locks themselves out', async () => {
    await enter(await makeBoth(), 'code');
    expect(await change(open, true)).toBe('passkey_required');
    await enterAs('admin', 'passkey');
    expect(await change(closed, false)).toBe('forbidden');
    expect([await needs(open), await needs(closed)]).toEqual([false, true]);
    await enter(await makeBoth(), 'passkey');
    expect(await change(open, true)).toBeNull();
    expect(await needs(open)).toBe(true);
    const [event] = await listEvents(closed.id, { types: ['organization.updated'] }, { limit: 1 });
    expect(event?.details.changes).toEqual({ '/console_needs_passkey': { before: false, after: true } });
    expect(await change(open, false)).toBeNull();
    expect(await needs(open)).toBe(false);
  });

  test('is on for an organization created in a passkey session, off otherwise', async () => {
    for (const method of ['passkey', 'code'] as const) {
      await enter(await makeBoth(), method);
      const slug = `o-${newId().slice(-12)}`;
      expect(refusalOf(await createOrganization({ name: 'New', slug }))).toBeNull();
      expect((await findOrganizationBySlug(slug))?.consoleNeedsPasskey).toBe(method === 'passkey');
    }
  });

  test('applies to creating organizations if every owned one is closed', async () => {
    await enterAs('owner', 'code');
    const input = { name: 'New', slug: `o-${newId().slice(-12)}` };
    expect(refusalOf(await createOrganization(input))).toBe('passkey_required');
    await enterAs('owner', 'passkey');
    expect(refusalOf(await createOrganization(input))).toBeNull();
  });

  test('is switched by the command line', async () => {
    const { organization } = await placeOf(open);
    const run = (state: string) => json('operator', 'require-passkey', state, '--organization', organization);
    expect(await run('on')).toEqual({ organization, console_needs_passkey: true });
    expect(await needs(open)).toBe(true);
    expect(await run('off')).toEqual({ organization, console_needs_passkey: false });
    expect(await needs(open)).toBe(false);
    expect((await signet('operator', 'require-passkey', 'maybe')).code).toBe(2);
    expect((await signet('operator', 'require-passkey', 'off', '--organization', 'nobody')).code).toBe(1);
  });
});
