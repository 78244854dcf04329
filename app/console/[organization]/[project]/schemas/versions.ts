import { countBySchemaVersion, countIdentities } from '@/lib/identity/service';
import type { SchemaVersion } from '@/lib/schema/model';
import { listSchemaVersions } from '@/lib/schema/service';

export type CountedVersion = SchemaVersion & { identities: number; isNewest: boolean };

/** The versions of one schema, or of all schemas in a project, with the number of identities on each; newest first. */
export async function readVersions(projectId: string, schemaId?: string): Promise<CountedVersion[]> {
  const all = await listSchemaVersions(projectId, schemaId);
  // All versions of a deleted schema are withdrawn.
  const current = new Set(all.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ schemaId: id }) => id));
  const versions = all.filter(({ schemaId: id }) => current.has(id));
  const multiVersionIds = new Set(versions.filter(({ version }) => version > 1).map(({ schemaId: id }) => id));
  const counts = await countBySchemaVersion(projectId, [...multiVersionIds]);
  // With a single version an index gives the number; with several, every identity is scanned.
  const countOf = async ({ schemaId: id, version }: SchemaVersion) =>
    multiVersionIds.has(id)
      ? (counts.find((count) => count.schemaId === id && count.version === version)?.count ?? 0)
      : countIdentities(projectId, { schemaId: id });
  return Promise.all(
    versions.map(async (version) => ({
      ...version,
      identities: await countOf(version),
      isNewest:
        versions.find(({ schemaId: id, withdrawnAt }) => id === version.schemaId && withdrawnAt === null) === version,
    })),
  );
}
