import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONTEXT_HEADER, keepContext, openContext } from '@/lib/http/context';
import type { Identity } from '@/lib/identity/model';
import { findOrganization } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { startSession } from '@/lib/web/sign-in';
import { beginRequest, forgetCookies, headers } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { makePerson, signIn } from '@/testing/people';
import { makeTenant, rowsOf, type Tenant } from '@/testing/tenant';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

/**
 * Tenant isolation of the console: two organizations, each with one project that has rows of every kind. The test walks
 * this folder for pages, routes and actions and calls each without authorization, so new ones are covered too.
 */
const DIR = import.meta.dirname;
const files = readdirSync(DIR, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll(path.sep, '/'));
const filesNamed = (name: string) => files.filter((file) => path.posix.basename(file) === name).sort();
const load = (file: string): Promise<Record<string, unknown>> => import(path.join(DIR, file));

type Params = Record<string, string>;
type Place = { organization: string; project: string };

let own: Tenant;
let foreign: Tenant;
/** Slugs, as in a path. `mixed`: our organization, their project. */
let places: { own: Place; foreign: Place; mixed: Place };
let before: Record<string, string>;

const placeOf = async ({ project }: Tenant): Promise<Place> => ({
  organization: (await findOrganization(project.organizationId))?.slug ?? '',
  project: project.slug,
});

async function enter(person: Identity, at = own): Promise<void> {
  const { session } = await signIn(at.project, person);
  beginRequest(at.project);
  await startSession(session);
}
const enterAs = async (role: OperatorRole) => enter(await makeOperator(own.project, role));

/** The outcome of a call: a refusal code, a status, a redirect target or a response body. */
async function outcomeOf(work: () => unknown): Promise<string> {
  try {
    const answer = await work();
    if (answer instanceof Response) return `${answer.status} ${await answer.text()}`;
    return codeIn(answer) ?? 'answered';
  } catch (error) {
    const { digest = String(error) } = error as { digest?: string };
    return digest.replace(/^NEXT_HTTP_ERROR_FALLBACK;/, '').replace(/^NEXT_REDIRECT;\w+;(.*);\d+;$/, 'to $1');
  }
}

/** The refusal code anywhere in an action's result. */
function codeIn(answer: unknown): string | null {
  return /"code":"([a-z_]+)"/.exec(JSON.stringify(answer) ?? '')?.[1] ?? null;
}

beforeAll(async () => {
  [own, foreign] = [await makeTenant(), await makeTenant()];
  const [here, there] = [await placeOf(own), await placeOf(foreign)];
  places = { own: here, foreign: there, mixed: { organization: here.organization, project: there.project } };
  await makeOperator(foreign.project, 'owner');
});
beforeEach(async () => {
  forgetCookies();
  before = await rowsOf(foreign);
});
afterEach(async () => {
  expect(await rowsOf(foreign)).toEqual(before);
});

const idsOf = ({ identity, passkey, proof, schemaId, credential, eventId, invitationId }: Tenant) => [
  ...[identity.id, credential.credential.clientId, credential.credential.id, eventId, schemaId],
  ...[passkey.id, proof.session.id, invitationId],
];

describe('pages and routes', () => {
  const all = [...filesNamed('page.tsx'), ...filesNamed('route.ts')];
  const placed = all.filter((file) => file.includes('[organization]'));
  const paramsIn = (file: string) => [...file.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name);
  const named = (file: string) => paramsIn(file).filter((name) => name !== 'organization' && name !== 'project');

  /** Opens a page or route as Next would. */
  async function open(file: string, params: Params, query: Params = {}): Promise<string> {
    const { default: page, GET, POST } = await load(file);
    const route = GET ?? POST;
    const url = new URL(`${own.project.origin}/console?${new URLSearchParams(query)}`);
    const props = { params: Promise.resolve(params), searchParams: Promise.resolve(query), children: null };
    return outcomeOf(() => {
      if (typeof route === 'function') return route(new Request(url, { headers: {} }), { params: props.params });
      if (typeof page === 'function') return page(props);
      throw new Error(`${file} exports neither page nor handler`);
    });
  }
  const titleOf = async (file: string, params: Params) => {
    const { generateMetadata } = await load(file);
    if (typeof generateMetadata !== 'function') return '';
    const props = { params: Promise.resolve(params), searchParams: Promise.resolve({}) };
    return Promise.resolve(generateMetadata(props)).then(JSON.stringify, () => '');
  };
  const fill = (file: string, id: string) => Object.fromEntries(named(file).map((name) => [name, id]));

  test('finds pages and routes', () => {
    expect(placed.length).toBeGreaterThan(8);
  });

  test.each(placed)('%s is not found by an operator of another organization', async (file) => {
    await enterAs('owner');
    const there = paramsIn(file).includes('project') ? [places.foreign, places.mixed] : [places.foreign];
    for (const place of there) {
      for (const id of named(file).length > 0 ? idsOf(foreign) : ['']) {
        const params = { ...place, ...fill(file, id) };
        expect(await open(file, params)).toBe('404');
        const title = await titleOf(file, params);
        for (const mark of foreign.marks) expect(title).not.toContain(mark);
      }
    }
  });

  // Layouts without metadata only provide catalogues.
  const titled = filesNamed('layout.tsx').filter((file) =>
    readFileSync(path.join(DIR, file), 'utf8').includes('generateMetadata'),
  );
  test.each(titled)('%s has no name of another organization in its title', async (file) => {
    await enterAs('owner');
    const { name } = foreign.project;
    for (const place of [places.foreign, places.mixed]) {
      const title = await titleOf(file, place);
      for (const mark of [...foreign.marks, name]) expect(title).not.toContain(mark);
    }
    expect(await titleOf(file, places.own)).toContain(own.project.name);
  });

  test.each(placed.filter((file) => named(file).length > 0))(
    '%s does not find IDs of another organization',
    async (file) => {
      await enterAs('owner');
      for (const id of idsOf(foreign)) {
        const params = { ...places.own, ...fill(file, id) };
        expect([await open(file, params), params]).toEqual(['404', params]);
        const title = await titleOf(file, params);
        for (const mark of foreign.marks) expect(title.replaceAll(id, '')).not.toContain(mark);
      }
    },
  );

  test.each(placed.filter((file) => file.endsWith('route.ts')))(
    '%s returns nothing of another organization',
    async (file) => {
      await enterAs('owner');
      const typed = [...idsOf(foreign), foreign.email, foreign.email.slice(0, 12)];
      for (const text of typed) {
        const query = Object.fromEntries(['q', 'query', 'user', 'actor', 'search', 'type'].map((name) => [name, text]));
        const answer = await open(file, { ...places.own, ...fill(file, text) }, query);
        for (const mark of foreign.marks) expect(answer.replaceAll(text, '')).not.toContain(mark);
      }
    },
  );

  test.each(all)('%s is not found by a non-operator, nor on another host', async (file) => {
    const params = { ...places.own, ...fill(file, own.identity.id) };
    await enter(await makePerson(own.project));
    expect(await open(file, params)).toBe('404');
    await enterAs('owner');
    const elsewhere = { ...openContext((await headers()).get(CONTEXT_HEADER)), isConsoleHost: false };
    beginRequest(own.project, { [CONTEXT_HEADER]: keepContext(elsewhere, { method: 'GET', path: '/' }) });
    expect(await open(file, params)).toBe('404');
  });

  test.each(all)('%s redirects to sign-in without a session', async (file) => {
    beginRequest(own.project);
    expect(await open(file, { ...places.own, ...fill(file, own.identity.id) })).toMatch(/^to \/login/);
  });
});

// ASVS 8.2.1, ASVS 8.3.1
describe('actions', () => {
  const EDGES = /const (\w+) = (projectAction|organizationAction|operatorAction)\(\s*(?:\{\s*(?:role: '(\w+)')?)?/g;
  type Edge = { kind: string; role: string | undefined };

  /** The exported actions of a file and their edges. An exported function calls an edge of the same file. */
  function actionsIn(file: string): { name: string; edges: Edge[] }[] {
    const text = readFileSync(path.join(DIR, file), 'utf8');
    const edges = new Map([...text.matchAll(EDGES)].map(([, name = '', kind = '', role]) => [name, { kind, role }]));
    const functions = [...text.matchAll(/export async function (\w+)\([^)]*\)[^{]*\{([\s\S]*?)\n\}/g)];
    const consts = [...text.matchAll(/export const (\w+)/g)].map(([, name = '']) => ({ name, edges: edges.get(name) }));
    return [
      ...consts.map(({ name, edges: edge }) => ({ name, edges: edge ? [edge] : [] })),
      ...functions.map(([, name = '', body = '']) => ({
        name,
        edges: [...edges].filter(([edge]) => body.includes(`await ${edge}(`)).map(([, edge]) => edge),
      })),
    ];
  }

  const all = filesNamed('actions.ts').flatMap((file) => actionsIn(file).map((found) => ({ file, ...found })));
  const rows = (list: typeof all) => list.map((found) => [`${found.file} ${found.name}`, found] as const);
  const placed = all.filter(({ edges }) => edges.every(({ kind }) => kind !== 'operatorAction'));

  /** As a browser would: the bound place, then an empty form. */
  async function call({ file, name, edges }: (typeof all)[number], place: Place): Promise<string> {
    const { [name]: action } = await load(file);
    if (typeof action !== 'function') throw new Error(`${file} exports no ${name}`);
    const isPlaced = edges.every(({ kind }) => kind !== 'operatorAction');
    return outcomeOf(() => (isPlaced ? action(place, {}, new FormData()) : action({}, new FormData())));
  }

  test('finds actions, each with an edge, and each placed edge with a role', () => {
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter(({ edges }) => edges.length === 0)).toEqual([]);
    expect(placed.filter(({ edges }) => edges.some(({ role }) => role === undefined))).toEqual([]);
  });

  test.each(rows(placed))('%s is not found in another organization', async (_, found) => {
    await enterAs('owner');
    for (const place of [places.foreign, ...(isOfProject(found) ? [places.mixed] : [])]) {
      expect(await call(found, place)).toBe('not_found');
    }
  });

  test.each(rows(placed.filter(({ edges }) => edges.some(({ role }) => role !== 'viewer'))))(
    '%s is refused to a viewer',
    async (_, found) => {
      const held = await rowsOf(own);
      await enterAs('viewer');
      const entered = await rowsOf(own);
      expect(entered.Identity).not.toBe(held.Identity);
      expect(await call(found, places.own)).toBe('forbidden');
      expect(await rowsOf(own)).toEqual(entered);
    },
  );

  test.each(rows(all))('%s is not found by a non-operator', async (_, found) => {
    await enter(await makePerson(own.project));
    expect(await call(found, places.own)).toBe('not_found');
  });

  test.each(rows(all))('%s is refused without a session', async (_, found) => {
    beginRequest(own.project);
    expect(await call(found, places.own)).toMatch(/^(unauthenticated|to \/login.*)$/);
  });

  function isOfProject({ edges }: (typeof all)[number]): boolean {
    return edges.every(({ kind }) => kind === 'projectAction');
  }
});
