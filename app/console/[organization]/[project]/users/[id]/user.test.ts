import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { findOrganization } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { requireProject } from '@/lib/web/console';
import { startSession } from '@/lib/web/sign-in';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { findUser } from './user';

vi.mock('next/headers', () => import('@/testing/next-request'));

let project: Project;
let person: Identity;

/** The user of a page as an operator with this role sees it. */
async function open(role: OperatorRole, id?: string) {
  const operator = await makeOperator(project, role);
  const { session } = await signIn(project, operator);
  forgetCookies();
  beginRequest(project);
  await startSession(session);
  const organization = (await findOrganization(project.organizationId))?.slug ?? '';
  return findUser(await requireProject({ organization, project: project.slug }), id ?? operator.id);
}

beforeAll(async () => {
  project = await makeProject();
  person = await makePerson(project, { first: 'Ada', last: 'Lovelace' });
});

describe('findUser', () => {
  test('returns a user of the project', async () => {
    const user = await open('admin', person.id);
    expect(user).toMatchObject({ name: 'Ada Lovelace', isSelf: false, isInReach: true, canChange: true });
    expect(user.base).toBe(`/console/${user.place.organization}/${project.slug}/users/${person.id}`);
  });

  test('is not found for another project’s user, an unknown and a malformed ID', async () => {
    const stranger = await makePerson(await makeProject());
    for (const id of [stranger.id, newId(), 'new'])
      await expect(open('owner', id)).rejects.toThrow('NEXT_HTTP_ERROR_FALLBACK;404');
  });

  test('allows no change to a viewer, nor of an operator above the own role', async () => {
    expect(await open('viewer', person.id)).toMatchObject({ isInReach: true, canChange: false });
    const owner = await makeOperator(project, 'owner');
    expect(await open('admin', owner.id)).toMatchObject({ isInReach: false, canChange: false });
    expect(await open('owner', owner.id)).toMatchObject({ canChange: true });
  });

  test('recognizes the operator’s own account', async () => {
    expect(await open('admin')).toMatchObject({ isSelf: true });
  });
});
