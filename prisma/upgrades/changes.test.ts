import { beforeAll, expect, test } from 'vitest';
import { listEvents } from '@/lib/audit/service';
import { receiveUpload, runImportNow, startImport } from '@/lib/import/service';
import { finishJob, getJob, undoJob } from '@/lib/jobs/registry';
import type { JsonObject } from '@/lib/platform/json';
import { DEFAULT_SCHEMA_ID, findSchema } from '@/lib/schema/service';
import { publishSchema } from '@/lib/schema-change/service';
import { finish, storedTraits } from '@/testing/schema-change';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

const CLI = { kind: 'cli' } as const;
const never = new AbortController().signal;
let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});

test('events of 0.1.0 belong to no job, and its schemas have no withdrawn version', async () => {
  const events = await upgrade.rowsOf('AuditEvent');
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events.map(({ jobId }) => jobId))).toEqual(new Set([null]));
  const versions = await upgrade.rowsOf('IdentitySchema');
  expect(new Set(versions.map(({ withdrawnAt }) => withdrawnAt))).toEqual(new Set([null]));
});

test('a schema of 0.1.0 is published and rolled back, to the byte', async () => {
  const { projectId } = upgrade.known.shop;
  const schemaId = DEFAULT_SCHEMA_ID;
  const before = await storedTraits(projectId);
  const document: JsonObject = { ...(await findSchema(projectId, schemaId))?.document, title: 'Newer' };
  const published = await finish(await publishSchema(CLI, projectId, { schemaId, document, repairs: [] }));
  expect(published.done).toBeGreaterThan(0);
  expect(await storedTraits(projectId)).not.toEqual(before);
  const undo = await undoJob(CLI, projectId, published.id);
  await finishJob(projectId, undo.id, never);
  expect(await getJob(projectId, undo.id)).toMatchObject({ state: 'finished', done: published.done });
  expect(await storedTraits(projectId)).toEqual(before);
});

test('an import changes a user of 0.1.0 by a job, and its undo restores them', async () => {
  const { projectId, ids } = upgrade.known.shop;
  const before = await storedTraits(projectId);
  const [id = ''] = Object.values(ids);
  const upload = {
    ...{ projectId, owner: { kind: 'cli', id: null } as const, name: 'people.csv' },
    body: (async function* () {
      yield Buffer.from(`id,external_id\n${id},from-the-file\n`);
    })(),
    chosen: { policy: 'merge' as const },
  };
  const one = await receiveUpload(upload);
  await startImport(one, CLI);
  expect(await runImportNow(one, never)).toMatchObject({ changed: 1, failed: 0 });
  const [event] = await listEvents(projectId, { jobId: one.id }, { limit: 1 });
  expect(event).toMatchObject({ type: 'identity.updated', identityId: id });
  const undo = await undoJob(CLI, projectId, one.id);
  await finishJob(projectId, undo.id, never);
  expect(await getJob(projectId, undo.id)).toMatchObject({ done: 1 });
  expect(await storedTraits(projectId)).toEqual(before);
});
