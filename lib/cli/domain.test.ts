import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { requestOrigin } from '@/lib/project/service';
import { json, signet } from '@/testing/command-line';
import { startDnsServer } from '@/testing/dns-server';
import { makeProject } from '@/testing/project';

let dns: Awaited<ReturnType<typeof startDnsServer>>;

beforeAll(async () => {
  dns = await startDnsServer();
});
afterAll(() => dns.stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

async function waiting() {
  vi.stubEnv('SIGNET_DNS_SERVERS', dns.server);
  await json('project', 'list');
  const project = await makeProject();
  const operator: Actor = { ...cliActor(project.id), kind: 'operator' };
  const origin = `https://${newId()}.example.com`;
  await requestOrigin(operator, origin, {});
  return { project, origin, of: ['--project', project.slug] };
}

test('lists a pending domain with its record, and uses it once verified', async () => {
  const { project, origin, of } = await waiting();
  const [primary, claim] = await json('domain', 'list', ...of);
  expect(primary).toMatchObject({ value: project.origin, state: 'primary', record: null });
  expect(claim).toMatchObject({ value: origin, state: 'pending' });
  expect(await json('domain', 'verify', origin, ...of)).toMatchObject({ check: 'absent' });
  dns.records.set(claim.record.name, [claim.record.value]);
  expect(await json('domain', 'verify', origin, ...of)).toMatchObject({ check: 'proven' });
  expect((await json('domain', 'list', ...of)).map((one: { state: string }) => one.state)).toEqual([
    'primary',
    'in use',
  ]);
  await json('domain', 'remove', origin, ...of);
  expect((await signet('domain', 'verify', origin, ...of)).err).toContain('No pending domain');
});

test('approves, adds and removes without verification', async () => {
  const { project, origin, of } = await waiting();
  await json('domain', 'approve', origin, ...of);
  const added = `https://${newId()}.example.com`;
  await json('domain', 'add', added, ...of);
  const listed = await json('domain', 'list', ...of);
  expect(listed.map((one: { value: string }) => one.value)).toEqual([project.origin, origin, added]);
});

test('review and doctor list unapproved domains until they are approved', async () => {
  const { project, origin } = await waiting();
  await (await db()).projectOrigin.updateMany({ where: { projectId: project.id }, data: { approval: null } });
  const review = async (...options: string[]) =>
    (await json('domain', 'review', ...options)).filter((one: { project: string }) =>
      one.project.endsWith(project.slug),
    );
  expect(await review()).toMatchObject([
    { value: origin, state: 'pending' },
    { value: project.origin, state: 'not approved' },
  ]);
  expect((await signet('doctor')).out).toMatch(/Domains.*1 in use but never approved/);
  await review('--approve-all');
  expect(await review()).toMatchObject([{ value: origin, state: 'pending' }]);
});
