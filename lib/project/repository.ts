import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { type Organization, type Project, type Registration, rpIdOf } from './model';

type Reader = Db | Tx;
type Row = Prisma.ProjectGetPayload<{ include: typeof WITH_PRIMARY_ORIGIN }>;
const WITH_PRIMARY_ORIGIN = { origins: { where: { isPrimary: true } } } as const;

export async function findProject(id: string): Promise<Project | null> {
  const row = await (await db()).project.findUnique({ where: { id }, include: WITH_PRIMARY_ORIGIN });
  return row && toProject(row);
}

export async function findProjectByHost(host: string): Promise<Project | null> {
  const row = await (await db()).projectOrigin.findUnique({
    where: { host },
    include: { project: { include: WITH_PRIMARY_ORIGIN } },
  });
  return row && toProject(row.project);
}

export async function findOrganizationBySlug(slug: string): Promise<Organization | null> {
  return (await db()).organization.findUnique({ where: { slug } });
}

/** By name. */
export async function listOrganizations(ids: string[]): Promise<Organization[]> {
  return (await db()).organization.findMany({ where: { id: { in: ids } }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
}

export async function findProjectBySlug(organizationId: string, slug: string): Promise<Project | null> {
  const row = await (await db()).project.findFirst({ where: { organizationId, slug }, include: WITH_PRIMARY_ORIGIN });
  return row && toProject(row);
}

/** The projects of some organizations, by name. */
export async function listProjects(organizationIds: string[]): Promise<Project[]> {
  const rows = await (await db()).project.findMany({
    where: { organizationId: { in: organizationIds } },
    include: WITH_PRIMARY_ORIGIN,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toProject);
}

/** The project made at the first start, or null before it. */
export async function findFirstProject(reader?: Reader): Promise<Project | null> {
  const row = await (reader ?? (await db())).project.findFirst({
    orderBy: { id: 'asc' },
    include: WITH_PRIMARY_ORIGIN,
  });
  return row && toProject(row);
}

export async function insertOrganizationWithProject(
  tx: Tx,
  data: { organizationId: string; projectId: string; originId: string; origin: string; now: Date } & Pick<
    Project,
    'name' | 'slug' | 'registration' | 'sessionIdleSeconds' | 'sessionLifetimeSeconds'
  >,
): Promise<void> {
  const { organizationId, projectId, originId, origin, now, name, slug, ...settings } = data;
  const stamps = { createdAt: now, updatedAt: now };
  await tx.organization.create({ data: { id: organizationId, name, slug, ...stamps } });
  await tx.project.create({ data: { id: projectId, organizationId, name, slug, ...settings, ...stamps } });
  await tx.projectOrigin.create({
    data: { id: originId, projectId, origin, host: new URL(origin).host, isPrimary: true, createdAt: now },
  });
}

export async function updatePrimaryOrigin(tx: Tx, projectId: string, origin: string): Promise<void> {
  const host = new URL(origin).host;
  await tx.projectOrigin.updateMany({ where: { projectId, isPrimary: true }, data: { origin, host } });
}

function toProject(row: Row): Project {
  const origin = row.origins[0]?.origin;
  if (origin === undefined) throw new Error(`Project ${row.id} has no primary origin`);
  return {
    id: row.id,
    organizationId: row.organizationId,
    name: row.name,
    slug: row.slug,
    origin,
    rpId: rpIdOf(origin),
    registration: row.registration as Registration,
    sessionIdleSeconds: row.sessionIdleSeconds,
    sessionLifetimeSeconds: row.sessionLifetimeSeconds,
    accentColor: row.accentColor,
    logoHash: row.logoHash,
    mailFrom: row.mailFrom,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
