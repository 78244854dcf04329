import { beforeEach, describe, expect, test } from 'vitest';
import { idAt } from '@/lib/audit/model';
import { listEvents, listIdentityEvents } from '@/lib/audit/service';
import { createIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { makeProject } from '@/testing/project';
import type { Project } from '../model';
import { purgeAuditEvents, updateProject } from '../service';

const DAY = 86_400_000;
let project: Project;

beforeEach(async () => {
  project = await makeProject();
});

const keepFor = (auditRetentionDays: number | null, of = project) =>
  updateProject(cliActor(of.id), {
    base: { auditRetentionDays: null },
    mine: { auditRetentionDays },
  });
const types = async (of = project) => (await listEvents(of.id, {}, { limit: 5000 })).map(({ type }) => type);

/** Events created a number of days ago. */
async function insertOld(days: number, count: number, of = project, identityId: string | null = null): Promise<void> {
  const at = Date.now() - days * DAY;
  const createdAt = new Date(at);
  await (await db()).auditEvent.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      id: `${idAt(new Date(at + index)).slice(0, 19)}${of.id.slice(19)}`,
      projectId: of.id,
      type: 'identity.updated',
      actorKind: 'cli',
      identityId,
      details: '{}',
      createdAt,
    })),
  });
}

describe('audit event retention', () => {
  test('is unlimited by default', async () => {
    await insertOld(4000, 3);
    await purgeAuditEvents();
    expect(await types()).toEqual(Array(3).fill('identity.updated'));
  });

  test('deletes older events of this project in steps, and records it once', async () => {
    const other = await makeProject();
    await insertOld(91, 1203);
    await insertOld(89, 2);
    await insertOld(91, 2, other);
    await keepFor(90);
    expect(await purgeAuditEvents()).toBe(1203);
    expect(await types()).toEqual(['audit_event.purged', 'project.updated', 'identity.updated', 'identity.updated']);
    const [event] = await listEvents(project.id, { type: 'audit_event.purged' }, { limit: 1 });
    expect(event).toMatchObject({ actorKind: 'system', details: { before: expect.stringMatching(/^\d{4}-.*Z$/) } });
    expect(await types(other)).toHaveLength(2);
    expect(await purgeAuditEvents()).toBe(0);
    expect((await types()).filter((type) => type === 'audit_event.purged')).toHaveLength(1);
  });

  test("removes the beginning of a person's history", async () => {
    const { id } = await createIdentity(cliActor(project.id), { traits: { email: 'jane@example.com' } });
    await (await db()).auditEvent.deleteMany({ where: { identityId: id } });
    await insertOld(40, 2, project, id);
    await keepFor(30);
    await purgeAuditEvents();
    expect(await listIdentityEvents(project.id, id, 10)).toEqual([]);
  });

  test.each([0, 29, 3651, 30.5, -1])('refuses %s days', async (days) => {
    await expect(keepFor(days)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { violations: [{ pointer: '/auditRetentionDays', keyword: 'range' }] },
    });
  });

  test('records a change of the setting', async () => {
    await keepFor(30);
    const [event] = await listEvents(project.id, {}, { limit: 1 });
    expect(event?.details).toMatchObject({ changes: { '/audit_retention_days': { before: null, after: 30 } } });
  });
});
