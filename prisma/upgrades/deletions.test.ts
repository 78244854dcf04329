import { beforeAll, expect, test } from 'vitest';
import { JOBS } from '@/lib/jobs/jobs';
import { startWorker } from '@/lib/jobs/worker';
import { listAllProjects } from '@/lib/project/service';
import { eventually } from '@/testing/eventually';
import { execute, type Upgrade, upgradeFixture } from '@/testing/upgraded';

let upgrade: Upgrade;
let deletedId: string;

beforeAll(async () => {
  upgrade = await upgradeFixture(async (url, { odd }) => {
    deletedId = odd.openProjectId;
    const host = `deleted-${deletedId}.invalid`;
    await execute(url, `DELETE FROM "ProjectOrigin" WHERE "projectId" = '${deletedId}' AND NOT "isPrimary"`);
    await execute(
      url,
      `UPDATE "ProjectOrigin" SET "origin" = 'https://${host}', "host" = '${host}' WHERE "projectId" = '${deletedId}'`,
    );
  });
});

const ownRows = async () => {
  const tables = Object.keys(upgrade.before).filter((table) => table !== '_prisma_migrations');
  const rows = await Promise.all(tables.map((table) => upgrade.rowsOf(table)));
  return rows.flat().filter(({ id, projectId }) => deletedId === projectId || deletedId === id);
};

test('a project whose deletion 0.1.0 began is in no list, and the worker removes the rest', async () => {
  expect((await listAllProjects()).map(({ project }) => project.id)).not.toContain(deletedId);
  expect((await ownRows()).length).toBeGreaterThan(1);
  const worker = startWorker(JOBS.filter(({ name }) => name === 'project.delete'));
  await eventually(async () => expect(await ownRows()).toEqual([]));
  await worker.stop();
  expect(await upgrade.rowsOf('Job')).toEqual([]);
});
