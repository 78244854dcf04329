import { beforeAll, expect, test } from 'vitest';
import { listEvents } from '@/lib/audit/service';
import { newId } from '@/lib/platform/ids';
import { execute, type Row, type Upgrade, upgradeFixture } from '@/testing/upgraded';

/** 0.1.0 named an event's organization only in its details. */
const OF_ORGANIZATIONS = /^(operator\.|organization\.|project\.deleted$)/;
const forged = newId();
let upgrade: Upgrade;

beforeAll(async () => {
  upgrade = await upgradeFixture(async (url, { home: { projectId } }) => {
    const insert = (type: string, details: unknown) =>
      execute(
        url,
        `INSERT INTO "AuditEvent" ("id", "projectId", "type", "actorKind", "details", "createdAt")
         VALUES ('${newId()}', '${projectId}', '${type}', 'system', '${JSON.stringify(details)}', '2026-11-20 12:00:00')`,
      );
    await insert('organization.updated', { name: `x","organization_id":"${forged}` });
    await insert('identity.updated', { organization_id: forged });
    await insert('operator.removed', {}); // blanked by an erasure
  });
});

const detailsOf = ({ details }: Row): Record<string, unknown> => JSON.parse(String(details));

test('organization events have its ID, other events have none', async () => {
  const rows = await upgrade.rowsOf('AuditEvent');
  const named = rows.filter(({ type }) => OF_ORGANIZATIONS.test(String(type)));
  expect(named.length).toBeGreaterThan(8);
  for (const row of named) expect(row.organizationId).toBe(detailsOf(row).organization_id ?? null);
  const others = rows.filter(({ type }) => !OF_ORGANIZATIONS.test(String(type)));
  expect(others.filter(({ organizationId }) => organizationId !== null)).toEqual([]);
});

test('the audit log of an organization lists the same events as in 0.1.0', async () => {
  const { projectId } = upgrade.known.home;
  const before = (await upgrade.rowsOf('AuditEvent')).filter(({ type }) => OF_ORGANIZATIONS.test(String(type)));
  const organizations = upgrade.before.Organization ?? [];
  expect(organizations.length).toBeGreaterThan(1);
  for (const { id } of organizations) {
    const own = before.filter((row) => row.projectId === projectId && detailsOf(row).organization_id === id);
    const listed = await listEvents(projectId, { organizationId: String(id) }, { limit: 100 });
    expect(listed.map((event) => event.id).sort()).toEqual(own.map((row) => row.id).sort());
  }
  expect(await listEvents(projectId, { organizationId: forged }, { limit: 100 })).toEqual([]);
});
