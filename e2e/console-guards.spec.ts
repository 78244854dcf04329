import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test as base } from './fixtures';
import { CONSOLE, expect, test as operators } from './operator';
import type { SessionCookie, Vault } from './services';

/**
 * Hand-made requests to the console's pages, their payloads and their actions, by people without access. Every page and
 * action is found by walking the app, so new ones are covered.
 */
const origin = () => process.env.SIGNET_ORIGIN ?? '';
const ROOT = path.join(import.meta.dirname, '..');
const CONSOLE_DIR = path.join(ROOT, 'app/console');

type Cookie = SessionCookie | null;
type Action = { id: string; name: string; page: string };

const test = base.extend<{
  vault: Vault;
  cookies: { owner: Cookie; viewer: Cookie; outsider: Cookie; person: Cookie };
}>({
  vault: async ({ services }, use) => use(await services.makeVault()),
  cookies: async ({ services, vault, person }, use) => {
    const enter = async (role: 'owner' | 'viewer', organization?: string) =>
      services.openSession((await services.makeOperator(role, organization)).id);
    await use({
      owner: await enter('owner', vault.organization),
      viewer: await enter('viewer', vault.organization),
      outsider: await enter('owner'),
      person: await services.openSession(person.id),
    });
  },
});

/** Paths of all pages and routes within an organization, with the vault's names and IDs. */
function pathsOf(vault: Vault): string[] {
  const files = readdirSync(CONSOLE_DIR, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\[organization\].*(page\.tsx|route\.ts)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(20);
  return files.map((file) => `/console/${fill(path.posix.dirname(file), vault)}`);
}

/** Replaces each parameter with the vault's name or ID. */
function fill(file: string, { organization, project, ids }: Vault): string {
  const named = file.replace('[organization]', organization).replace('[project]', project);
  const filled = named.replace(
    /([a-z-]+)\/\[(?:id|job|event)\]/g,
    (_, folder: keyof Vault['ids']) => `${folder}/${ids[folder]}`,
  );
  expect(filled).not.toMatch(/\[|undefined/);
  return filled;
}

/** Every kind of page request a browser, or an imitation of one, sends. */
const ASKED: Record<string, Record<string, string>> = {
  page: {},
  payload: { rsc: '1' },
  prefetch: { rsc: '1', 'next-router-prefetch': '1' },
  tree: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  // Claims that every layout above the page is present.
  part: {
    rsc: '1',
    'next-router-state-tree': encodeURIComponent(
      JSON.stringify(['', { children: ['console', { children: ['__PAGE__', {}] }] }, null, null]),
    ),
  },
};

type Answer = { status: number; location: string; text: string };

/** Follows only Next's redirect to the number it wants in `_rsc`. */
async function ask(
  at: string,
  cookie: Cookie,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<Answer> {
  const answer = await fetch(new URL(at, origin()), {
    redirect: 'manual',
    ...init,
    headers: { ...headers, ...(cookie && { cookie: `${cookie.name}=${cookie.value}` }) },
  });
  const location = answer.headers.get('location') ?? '';
  const text = await answer.text();
  const isNumbered = /^[^?]*\?_rsc(=|$)/.test(location) && location !== at;
  return isNumbered ? ask(location, cookie, headers, init) : { status: answer.status, location, text };
}

/** The actions of the console with the IDs from the build, each with a page it can be sent to. */
function actionsOf(vault: Vault): Action[] {
  const file = path.join(ROOT, '.next-test/server/server-reference-manifest.json');
  type Known = Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as { node: Known };
  const all = Object.entries(node)
    .filter(([, { filename }]) => filename.startsWith('app/console/[organization]'))
    .map(([id, { filename, exportedName, workers }]) => {
      const [worker = ''] = Object.keys(workers);
      const page = fill(worker, vault)
        .replace(/^app/, '')
        .replace(/\/page$/, '');
      return { id, name: `${filename} ${exportedName}`, page };
    });
  expect(all.length).toBeGreaterThan(20);
  return all;
}

/** Calls an action as its page would, with an empty form; returns the error code, or the response's kind. */
async function call(
  { id, page }: Action,
  vault: Vault,
  cookie: Cookie,
  from: string | null = origin(),
): Promise<string> {
  const body = new FormData();
  body.append('1_anything', '');
  body.append('0', JSON.stringify([{ organization: vault.organization, project: vault.project }, {}, '$K1']));
  const headers = { 'next-action': id, accept: 'text/x-component', ...(from && { origin: from }) };
  const { status, text } = await ask(page, cookie, headers, { method: 'POST', body });
  expect(text).not.toContain(vault.secret);
  return /"code":"([a-z_]+)"/.exec(text)?.[1] ?? String(status);
}

test('an operator of another organization learns nothing from any request in any form (CVE-2026-44573, CVE-2026-44574, CVE-2026-44575, CVE-2026-45109)', async ({
  vault,
  cookies,
}) => {
  // An operator with access gets data by each of these requests: there is something to leak.
  const own = `/console/${vault.organization}/${vault.project}/users/${vault.ids.users}`;
  for (const kind of ['page', 'payload', 'part']) {
    const { status, location, text } = await ask(
      kind === 'page' ? own : `${own}?_rsc=1a2b3`,
      cookies.owner,
      ASKED[kind],
    );
    expect(text, `${kind} ${status} ${location} ${text.slice(0, 300)}`).toContain(vault.secret);
  }
  const leaks: string[] = [];
  const attempt = async (at: string, kind: string, who: 'outsider' | 'person' | 'nobody') => {
    const cookie = who === 'nobody' ? null : cookies[who];
    const { status, location, text } = await ask(kind === 'page' ? at : `${at}?_rsc=1a2b3`, cookie, ASKED[kind]);
    // 405: a route that only takes uploads.
    const isRefused = status === 405 || (who === 'nobody' ? location.startsWith('/login') : status === 404);
    if (text.includes(vault.secret) || (kind === 'page' && !isRefused)) leaks.push(`${who} ${kind} ${status} ${at}`);
  };
  for (const at of pathsOf(vault)) {
    for (const kind of Object.keys(ASKED)) {
      await Promise.all((['outsider', 'person', 'nobody'] as const).map((who) => attempt(at, kind, who)));
    }
  }
  expect(leaks).toEqual([]);
});

test('no action runs without permission, and nothing changes (CVE-2026-55106)', async ({
  vault,
  cookies,
  services,
}) => {
  const before = await services.contentsOf(vault);
  const outcomes: Record<string, Record<string, string>> = {};
  for (const action of actionsOf(vault)) {
    const { name } = action;
    outcomes[name] = {
      viewer: await call(action, vault, cookies.viewer),
      outsider: await call(action, vault, cookies.outsider),
      person: await call(action, vault, cookies.person),
      nobody: await call(action, vault, null),
      foreign: await call(action, vault, cookies.owner, 'https://evil.example'),
      unsaid: await call(action, vault, cookies.owner, null),
    };
  }
  const refused = {
    viewer: 'forbidden',
    outsider: 'not_found',
    person: 'not_found',
    nobody: 'unauthenticated',
    foreign: '403', // the front server's own
    unsaid: 'forbidden',
  };
  const expected = Object.fromEntries(Object.keys(outcomes).map((name) => [name, refused]));
  // Everyone may remove themselves: the form does not say whom.
  const leave = 'app/console/[organization]/-/operators/actions.ts remove';
  expect(outcomes).toEqual({ ...expected, [leave]: { ...refused, viewer: 'invalid_input' } });
  expect(await services.contentsOf(vault)).toEqual(before);
});

operators(
  'a role revoked while a page is open takes effect at once',
  async ({ operator, person, services, adminApi }) => {
    const { page, id } = await operator('admin');
    await page.goto(`${CONSOLE}/users/${person.id}/traits`);
    await services.setRole(id, 'viewer');
    const field = page.getByRole('textbox', { name: 'First name' });
    await field.fill('Not theirs to change');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('You don’t have permission')).toBeVisible();
    await expect(field).toHaveValue('Not theirs to change');
    await services.setRole(id, null);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('This no longer exists.')).toBeVisible();
    const { traits } = await (await adminApi.call('GET', `/admin/identities/${person.id}`)).json();
    expect(traits.name.first).toBe(person.first);
    expect((await page.goto(CONSOLE))?.status()).toBe(404);
  },
);
