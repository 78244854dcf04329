import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { hideFirstSteps } from '@/app/console/actions';
import { createApiCredential, revokeApiCredential } from '@/lib/api-credential/service';
import { db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { type ProjectPlace, requireProject } from '@/lib/web/console';
import { enterConsole, granted, placeOf } from '@/testing/console';
import { makeOperator, operatorActor } from '@/testing/operators';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { listFirstSteps } from './first-steps';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

let first: Project;
let project: Project;
let place: ProjectPlace;

/** What this operator sees; done steps have a tick. */
async function steps(at = place): Promise<string[]> {
  return (await listFirstSteps(await requireProject(at))).map(({ id, isDone }) => (isDone ? `${id} ✓` : id));
}

beforeAll(async () => {
  first = await ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  project = await makeProject();
  place = await placeOf(project);
});
afterEach(() => {
  delete process.env.SMTP_URL;
  resetEnv();
});

describe('the first steps of a project', () => {
  test('are ticked off by users and API credentials, and disappear when all are done', async () => {
    const actor = {
      ...operatorActor(await enterConsole(project, 'admin', project.organizationId)),
      projectId: project.id,
    };
    expect(await steps()).toEqual(['user', 'credential']);
    await makeOperator(project, 'viewer', project.organizationId);
    expect(await steps()).toEqual(['user', 'credential']); // operators are not users
    await makePerson(project);
    expect(await steps()).toEqual(['user ✓', 'credential']);
    const { credential } = await createApiCredential(actor, { name: 'Backend' });
    expect(await steps()).toEqual([]);
    await revokeApiCredential(actor, credential.clientId);
    expect(await steps()).toEqual(['user ✓', 'credential']);
  });

  test('include the mail server for owners of the installation alone', async () => {
    await enterConsole(first, 'owner', first.organizationId);
    expect(await steps(await placeOf(first))).toEqual(['mail', 'user', 'credential']);
    process.env.SMTP_URL = 'smtp://localhost:25';
    resetEnv();
    expect(await steps(await placeOf(first))).toEqual(['mail ✓', 'user', 'credential']);
    await enterConsole(first, 'admin', first.organizationId);
    expect(await steps(await placeOf(first))).toEqual(['user', 'credential']);
  });

  test('do not depend on another project', async () => {
    await makePerson(await makeProject());
    await enterConsole(project, 'admin', project.organizationId);
    expect(await steps()).toEqual(['user', 'credential']);
  });

  test('are not shown to viewers', async () => {
    await enterConsole(project, 'viewer', project.organizationId);
    expect(await steps()).toEqual([]);
  });

  test('stay hidden in this browser, for this project alone', async () => {
    await enterConsole(project, 'admin', project.organizationId);
    granted(await hideFirstSteps({ project: project.id }));
    expect(await steps()).toEqual([]);
    const other = await makeProject();
    const { organizationId } = project;
    await (await db()).project.update({ where: { id: other.id }, data: { organizationId } });
    expect(await steps({ ...place, project: other.slug })).toEqual(['user', 'credential']);
  });
});
