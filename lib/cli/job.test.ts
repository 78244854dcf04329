import { beforeEach, expect, test } from 'vitest';
import { startBulkAction } from '@/lib/bulk/service';
import { runBulkAction } from '@/lib/bulk/service/run';
import { runUndoJob } from '@/lib/job/service/run-undo';
import { newId } from '@/lib/platform/ids';
import { getFirstProject } from '@/lib/project/service';
import { runNow } from '@/lib/queue/service';
import { json, signet } from '@/testing/command-line';

const never = new AbortController().signal;
let person: string;
let job: string;

beforeEach(async () => {
  person = (await json('identity', 'create', '--email', `${newId()}@example.com`)).id;
  const order = { operator: null, principal: { kind: 'cli' }, affected: null, locale: 'en' } as const;
  const action = await startBulkAction({
    ...order,
    project: await getFirstProject(),
    request: { kind: 'deactivate' },
    selection: { ids: [person] },
  });
  job = action.id;
});

const run = () => runNow({ name: 'bulk.run', run: runBulkAction }, job, never);

test('list and show: tell kind, state and progress', async () => {
  expect(await json('job', 'list', '--kind', 'deactivate', '--limit', '1')).toMatchObject([
    { id: job, state: 'queued', total: 1, done: 0 },
  ]);
  await run();
  expect(await json('job', 'show', job)).toMatchObject({ state: 'finished', done: 1, undo: { possible: true } });
  const { out } = await signet('job', 'show', job);
  expect(out).toMatch(/Changed +1/);
  expect((await signet('job', 'show', newId())).code).toBe(1);
});

test('stop: ends the job before its next identity', async () => {
  await json('job', 'stop', job);
  await run();
  expect(await json('job', 'show', job)).toMatchObject({ state: 'stopped', done: 0 });
});

test('undo: starts the undo, once', async () => {
  expect((await signet('job', 'undo', job)).err).toContain('unfinished');
  await run();
  const undo = await json('job', 'undo', job);
  expect(await json('job', 'undo', job)).toMatchObject({ id: undo.id });
  await runNow({ name: 'job.undo', run: runUndoJob }, undo.id, never);
  expect(await json('job', 'show', undo.id)).toMatchObject({ state: 'finished', done: 1, undoes: job });
  expect((await json('identity', 'get', person)).state).toBe('active');
});
