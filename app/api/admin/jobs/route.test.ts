import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApiCredential, revokeApiCredential } from '@/lib/api-credential/service';
import { runBulkAction } from '@/lib/bulk/service/run';
import type { Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { runUndoJob } from '@/lib/job/service/run-undo';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { runNow } from '@/lib/queue/service';
import type { Scope } from '@/lib/token/model';
import { issueAccessToken } from '@/lib/token/service';
import { accessToken, type Call, callHandler } from '@/testing/admin-api';
import { makeOperator } from '@/testing/operators';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import * as one from './[id]/route';
import * as stopRoute from './[id]/stop/route';
import * as undoRoute from './[id]/undo/route';
import * as all from './route';

let project: Project;
let token: string;
let ada: Identity;
let grace: Identity;
const never = new AbortController().signal;

beforeAll(async () => {
  project = await makeProject();
  token = await accessToken(project, ['openid']);
});
beforeEach(async () => {
  [ada, grace] = [await makePerson(project), await makePerson(project)];
  await (await db()).bulkAction.deleteMany({ where: { projectId: project.id } });
});

const start = (body: unknown, more: Partial<Call> = {}) =>
  callHandler(project, '/admin/jobs', all, 'POST', { token, body, ...more });
const list = async (query = '') => (await callHandler(project, '/admin/jobs', all, 'GET', { token, query })).json();
const get = (id: string, more: Partial<Call> = {}, of = project) =>
  callHandler(of, '/admin/jobs/{id}', one, 'GET', { token, params: { id }, ...more });
const undo = (id: string, more: Partial<Call> = {}) =>
  callHandler(project, '/admin/jobs/{id}/undo', undoRoute, 'POST', { token, params: { id }, ...more });
const stop = (id: string) =>
  callHandler(project, '/admin/jobs/{id}/stop', stopRoute, 'POST', { token, params: { id } });
const run = (id: string) => runNow({ name: 'bulk.run', run: runBulkAction }, id, never);
const both = () => ({ ids: [ada.id, grace.id] });

describe('starts', () => {
  test('202 with the job, which does it in the name of the program', async () => {
    const response = await start({ action: 'set_field', pointer: '/metadata_public/plan', value: 'pro', ...both() });
    expect(response.status).toBe(202);
    const job = await response.json();
    expect(response.headers.get('location')).toBe(`${project.origin}/admin/jobs/${job.id}`);
    expect(job).toMatchObject({ kind: 'set_field', state: 'queued', total: 2, actor: { type: 'api_credential' } });
    await run(job.id);
    expect(await (await get(job.id)).json()).toMatchObject({ state: 'finished', done: 2, undo: { possible: true } });
    expect((await getIdentity(project.id, ada.id)).metadataPublic).toEqual({ plan: 'pro' });
    expect(await list('?kind=set_field&state=finished')).toHaveLength(1);
    expect(await list('?state=running')).toEqual([]);
  });

  test('leaves out operators of any role, also those found by a filter', async () => {
    const operator = await makeOperator(project, 'viewer');
    const { id } = await (await start({ action: 'deactivate', filter: {} })).json();
    await run(id);
    const job = await (await get(id)).json();
    expect(job.left_out.operator).toBeGreaterThan(0);
    expect(job.left_out_identities).toContainEqual({ id: operator.id, reason: 'operator' });
    expect((await getIdentity(project.id, operator.id)).state).toBe('active');
    expect((await getIdentity(project.id, ada.id)).state).toBe('inactive');
  });

  test('once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': newId() };
    const body = { action: 'deactivate', ...both() };
    const [first, second] = [await start(body, { headers }), await start(body, { headers })];
    expect((await second.json()).id).toBe((await first.json()).id);
    expect(await list()).toHaveLength(1);
  });

  test('ends when the credential is revoked', async () => {
    const { credential } = await createApiCredential(cliActor(project.id), { name: 'Soon gone' });
    const place = { projectId: project.id, origin: project.origin };
    const scopes: Scope[] = ['openid'];
    const issued = await issueAccessToken(place, credential, { scopes, audiences: [`${project.origin}/admin`] });
    const { id } = await (await start({ action: 'deactivate', ...both() }, { token: issued.accessToken })).json();
    await revokeApiCredential(cliActor(project.id), credential.clientId);
    await run(id);
    expect(await (await get(id)).json()).toMatchObject({ state: 'failed', done: 0 });
    expect((await getIdentity(project.id, ada.id)).state).toBe('active');
  });
});

describe('previews', () => {
  const preview = async (body: unknown, more: Partial<Call> = {}) =>
    (await start(body, { query: '?dry_run=true', ...more })).json();

  test('exactly what would happen, and starts nothing', async () => {
    const body = { action: 'set_field', pointer: '/metadata_public/plan', value: 'pro', ...both() };
    expect(await preview(body)).toMatchObject({
      dry_run: true,
      matched: 2,
      affected: 2,
      samples: [{ changes: [{ pointer: '/metadata_public', before: null, after: { plan: 'pro' } }] }, {}],
    });
    expect(await list()).toEqual([]);
  });

  test('without values unless the token may read identities', async () => {
    const narrow = await accessToken(project, ['jobs:write', 'identities:write']);
    const body = { action: 'set_field', pointer: '/metadata_public/plan', value: 'pro', ...both() };
    expect(await preview(body, { token: narrow })).toMatchObject({ affected: 2, samples: [] });
  });
});

describe('undoes', () => {
  test('202 with the job that undoes it, and the same one again', async () => {
    const { id } = await (await start({ action: 'deactivate', ...both() })).json();
    expect((await undo(id)).status).toBe(409);
    await run(id);
    const response = await undo(id);
    expect(response.status).toBe(202);
    const job = await response.json();
    expect(job).toMatchObject({ kind: 'undo', state: 'queued', total: 2, undoes: id });
    expect(await (await undo(id)).json()).toMatchObject({ id: job.id });
    await runNow({ name: 'job.undo', run: runUndoJob }, job.id, never);
    expect(await (await get(job.id)).json()).toMatchObject({ state: 'finished', done: 2 });
    expect((await getIdentity(project.id, ada.id)).state).toBe('active');
    expect((await (await get(id)).json()).undo).toEqual({ possible: false, reason: 'undone', job_id: job.id });
  });

  test('403 without the scope of what it changes', async () => {
    const { id } = await (await start({ action: 'deactivate', ...both() })).json();
    const narrow = await accessToken(project, ['jobs:write', 'jobs:read']);
    expect((await undo(id, { token: narrow })).status).toBe(403);
    expect((await start({ action: 'deactivate', ...both() }, { token: narrow })).status).toBe(403);
  });
});

test('stops before the next identity', async () => {
  const { id } = await (await start({ action: 'deactivate', ...both() })).json();
  expect((await stop(id)).status).toBe(200);
  await run(id);
  expect(await (await get(id)).json()).toMatchObject({ state: 'stopped', done: 0 });
  expect((await stop(id)).status).toBe(200);
});

test('404 for a job of another project', async () => {
  const { id } = await (await start({ action: 'deactivate', ...both() })).json();
  const other = await makeProject();
  const foreign = await accessToken(other, ['openid']);
  expect((await get(id, { token: foreign }, other)).status).toBe(404);
  const call = { token: foreign, params: { id } };
  expect((await callHandler(other, '/admin/jobs/{id}/undo', undoRoute, 'POST', call)).status).toBe(404);
  expect((await callHandler(other, '/admin/jobs/{id}/stop', stopRoute, 'POST', call)).status).toBe(404);
});

test.each([
  [{ action: 'deactivate' }],
  [{ action: 'deactivate', ids: [newId()], filter: {} }],
  [{ action: 'deactivate', ids: [] }],
  [{ action: 'invite', filter: {} }],
  [{ action: 'set_field', pointer: '/state', value: 'inactive', filter: {} }],
  [{ action: 'set_field', pointer: '/traits', value: {}, filter: {} }],
  [{ action: 'set_field', pointer: '/traits/__proto__/x', value: 1, filter: {} }],
  [{ action: 'set_field', pointer: '/metadata_admin/x', filter: {} }],
  [{ action: 'move_schema', schema_id: 'unknown', filter: {} }],
])('400 for %j', async (body) => {
  expect((await start(body)).status).toBe(400);
});
