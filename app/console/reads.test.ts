import { beforeEach, expect, test, vi } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import type { Project } from '@/lib/project/model';
import type { ProjectPlace } from '@/lib/web/console';
import { enterConsole, granted, placeOf } from '@/testing/console';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { inOneRender } from '@/testing/server-render';
import { statementsOf } from '@/testing/statements';
import * as projectLayout from './[organization]/[project]/layout';
import * as overview from './[organization]/[project]/page';
import { saveUser } from './[organization]/[project]/users/[id]/actions';
import * as traits from './[organization]/[project]/users/[id]/traits/page';
import * as organizationLayout from './[organization]/layout';
import ConsoleLayout from './layout';

vi.mock('react', async (react) => ({
  ...(await react<object>()),
  ...(await import('@/testing/server-render')).serverReact,
}));
vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

/** Statements of one page view and one save. Layouts, titles and pages authorize themselves but share the rows. */
const FIRST = '/traits/name/first';
const searchParams = Promise.resolve({});
let project: Project;
let place: ProjectPlace;
let user: Identity;

beforeEach(async () => {
  project = await makeProject();
  place = await placeOf(project);
  user = await makePerson(project, { first: 'Ada' });
  await enterConsole(project, 'admin', project.organizationId);
});

/** The number of statements that select from `table` by `column`. */
function readsBy(statements: string[], table: string, column: string): number {
  const from = new RegExp(`^SELECT.* FROM \\S*["\`]${table}["\`]( \\w)?\\s.*WHERE .*["\`.]${column}["\`]? (=|IN)`, 's');
  return statements.filter((statement) => from.test(statement)).length;
}

const framesOf = async (params: Promise<ProjectPlace>) => {
  await ConsoleLayout({ children: null });
  await organizationLayout.generateMetadata({ params, children: null });
  await projectLayout.generateMetadata({ params, children: null });
};

test('a page of a project reads its session, organization and project once', async () => {
  const params = Promise.resolve(place);
  const view = async () => {
    await framesOf(params);
    await overview.generateMetadata({ params, searchParams });
    await overview.default({ params, searchParams });
  };
  const statements = await statementsOf(() => inOneRender(view));
  expect(readsBy(statements, 'Session', 'id')).toBe(1);
  expect(readsBy(statements, 'Organization', 'slug')).toBe(1);
  expect(readsBy(statements, 'Project', 'slug')).toBe(1);
  // The operator is read with the session.
  expect(readsBy(statements, 'Identity', 'id')).toBe(0);
  expect(statements).toHaveLength(8);
});

test('a page of a user reads the user and their schema once', async () => {
  const params = Promise.resolve({ ...place, id: user.id });
  const view = async () => {
    await framesOf(params);
    await traits.generateMetadata({ params });
    await traits.default({ params, searchParams });
  };
  const statements = await statementsOf(() => inOneRender(view));
  expect(readsBy(statements, 'Project', 'slug')).toBe(1);
  expect(readsBy(statements, 'Session', 'id')).toBe(1);
  expect(readsBy(statements, 'Identity', 'id')).toBe(1);
  expect(readsBy(statements, 'IdentitySchema', 'schemaId')).toBe(1);
});

test('each render reads the rows again', async () => {
  const params = Promise.resolve(place);
  const view = () => inOneRender(() => overview.default({ params, searchParams }));
  const statements = await statementsOf(async () => {
    await view();
    await view();
  });
  expect(readsBy(statements, 'Organization', 'slug')).toBe(2);
  expect(readsBy(statements, 'Project', 'slug')).toBe(2);
});

test('saving a user reads the user for the form and again in the transaction', async () => {
  const save = () => saveUser(place, { id: user.id, mine: { [FIRST]: 'Augusta' }, base: { [FIRST]: 'Ada' } });
  const statements = await statementsOf(async () => granted(await save()));
  // The user, and the user again in the transaction.
  expect(readsBy(statements, 'Identity', 'id')).toBe(2);
  expect(readsBy(statements, 'IdentitySchema', 'schemaId')).toBe(2);
  expect(readsBy(statements, 'Project', 'slug')).toBe(1);
});
