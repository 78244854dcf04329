import Database from 'better-sqlite3';
import { beforeAll, expect, test } from 'vitest';
import { countIdentities } from '@/lib/identity/service';
import { databaseKind, db } from '@/lib/platform/db/client';
import { sqliteFile } from '@/lib/platform/db/sqlite-file.mjs';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

/** Triggers must account for existing rows, too; a migration that rebuilds a table drops its triggers. */
let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});

test('the count of every project is correct', async () => {
  const { home, shop, odd } = upgrade.known;
  for (const projectId of [home.projectId, shop.projectId, odd.openProjectId]) {
    const { _sum } = await (await db()).identityCount.aggregate({ where: { projectId }, _sum: { count: true } });
    const rows = await upgrade.rowsOf('Identity');
    const expected = rows.filter((row) => row.projectId === projectId).length;
    expect(_sum.count ?? 0).toBe(expected);
    expect(await countIdentities(projectId, {})).toBe(expected);
  }
});

test.runIf(databaseKind() === 'sqlite')('every identity is indexed or queued for search', () => {
  const database = new Database(sqliteFile(upgrade.url), { readonly: true });
  try {
    const indexed = `SELECT "rowid" FROM "IdentitySearch" UNION SELECT "rowOfIdentity" FROM "IdentitySearchQueue"`;
    const rows = 'SELECT "rowid" FROM "Identity"';
    expect(database.prepare(`SELECT count(*) FROM (${rows})`).pluck().get()).toBeGreaterThan(10);
    expect(database.prepare(`${rows} EXCEPT SELECT * FROM (${indexed})`).all()).toEqual([]);
  } finally {
    database.close();
  }
});
