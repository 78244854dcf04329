import type { Prisma } from '@/generated/sqlite/client';
import { PICTURE_MEDIA_TYPES, type Picture } from '@/lib/picture/model';
import { type Db, db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { isForeignKeyViolation, isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { readableName } from '@/lib/platform/text';
import { toUnion } from '@/lib/platform/union';
import {
  APPROVALS,
  type Approval,
  type Organization,
  type Project,
  type ProjectOrigin,
  RECOVERY_CODE_POLICIES,
  REGISTRATIONS,
  SENDER_APPROVALS,
  SIGNING_ALGORITHMS,
} from './model';
import { hasUnreachableOrigin, isBeingDeleted, rpIdOf } from './model/origin';

type Reader = Db | Tx;
/** `origin`: the primary one. */
type Row = Prisma.ProjectGetPayload<object> & { origin: string | null };
type RowOfPrisma = Prisma.ProjectGetPayload<{ include: typeof WITH_PRIMARY_ORIGIN }>;
const WITH_PRIMARY_ORIGIN = { origins: { where: { isPrimary: true } } } as const;

const COLUMNS = columnsOf(
  'p',
  `id organizationId name slug registration sessionIdleSeconds sessionLifetimeSeconds accentColor logoHash mailFrom
   mailFromApproval signingAlgorithm auditRetentionDays textsVersion recoveryCodes deletionGraceDays recycleBinDays
   createdAt updatedAt`,
);
const PRIMARY = `LEFT JOIN "ProjectOrigin" o ON o."projectId" = p.id AND o."isPrimary"`;
const BY_ID = statement<Row>(
  'project.by_id',
  `SELECT ${COLUMNS}, o.origin FROM "Project" p ${PRIMARY} WHERE p.id = $1`,
);
const FIRST = statement<Row>(
  'project.first',
  `SELECT ${COLUMNS}, o.origin FROM "Project" p ${PRIMARY} ORDER BY p.id LIMIT 1`,
);
const BY_HOST = statement<Row & { served: string }>(
  'project.by_host',
  `SELECT ${COLUMNS}, o.origin, h.origin AS served
   FROM "ProjectOrigin" h JOIN "Project" p ON p.id = h."projectId" ${PRIMARY} WHERE h.host = $1`,
);

export async function findProject(id: string, reader?: Reader): Promise<Project | null> {
  const row = await first(BY_ID, [id], reader);
  return row && toProject(row);
}

export async function findProjectByHost(host: string): Promise<Project | null> {
  const row = await first(BY_HOST, [host]);
  // Such a name does not resolve, but any client can send it as `Host`.
  return row && !hasUnreachableOrigin({ origin: row.served }) ? toProject(row) : null;
}

export async function findOrganizationBySlug(slug: string): Promise<Organization | null> {
  const row = await (await db()).organization.findUnique({ where: { slug } });
  return row && toOrganization(row);
}

export async function findOrganization(id: string, reader?: Reader): Promise<Organization | null> {
  const row = await (reader ?? (await db())).organization.findUnique({ where: { id } });
  return row && toOrganization(row);
}

/** Locks the organization until the transaction ends: later reads stay true. Refuses: `not_found`. */
export async function lockOrganization(tx: Tx, id: string): Promise<void> {
  const { count } = await tx.organization.updateMany({ where: { id }, data: { id } });
  if (count === 0) throw new AppError('not_found');
}

/** Sorted by name. */
export async function listOrganizations(ids: string[]): Promise<Organization[]> {
  const rows = await (await db()).organization.findMany({
    where: { id: { in: ids } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toOrganization);
}

export async function findProjectBySlug(organizationId: string, slug: string): Promise<Project | null> {
  const row = await (await db()).project.findFirst({ where: { organizationId, slug }, include: WITH_PRIMARY_ORIGIN });
  return row && notDeleted(row);
}

/** The projects of some organizations, sorted by name. */
export async function listProjects(organizationIds: string[]): Promise<Project[]> {
  const rows = await (await db()).project.findMany({
    where: { organizationId: { in: organizationIds } },
    include: WITH_PRIMARY_ORIGIN,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.flatMap((row) => notDeleted(row) ?? []);
}

/** Every project of the installation with its place, `organization/project`, oldest first. For the command line. */
export async function listAllProjects(): Promise<Array<{ path: string; project: Project }>> {
  const rows = await (await db()).project.findMany({
    include: { ...WITH_PRIMARY_ORIGIN, organization: { select: { slug: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.flatMap(({ organization, ...row }) => {
    const project = notDeleted(row);
    return project ? [{ path: `${organization.slug}/${row.slug}`, project }] : [];
  });
}

/** The project created at the first start, or null before it. */
export async function findFirstProject(reader?: Reader): Promise<Project | null> {
  const row = await first(FIRST, [], reader);
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
  const approval = 'settings';
  await insertOrigin(tx, projectId, { id: originId, origin, isPrimary: true, approval, createdAt: now });
}

/** Refuses: `slug_taken`. */
export async function insertOrganization(tx: Tx, organization: Organization): Promise<void> {
  await mapUniqueViolation(() => tx.organization.create({ data: organization }));
}

/** Conditional update; false after a concurrent one. Refuses: `slug_taken`. */
export async function updateOrganizationRow(tx: Tx, before: Organization, after: Organization): Promise<boolean> {
  const { name, slug, consoleNeedsPasskey, updatedAt } = after;
  const data = { name, slug, consoleNeedsPasskey, updatedAt };
  const where = { id: before.id, updatedAt: before.updatedAt };
  return (await mapUniqueViolation(() => tx.organization.updateMany({ where, data }))).count === 1;
}

/** Deletes its operators and invitations too. Refuses: `organization_not_empty`. */
export async function deleteOrganizationRow(tx: Tx, id: string): Promise<void> {
  try {
    await tx.organization.delete({ where: { id } });
  } catch (cause) {
    if (isForeignKeyViolation(cause)) throw new AppError('organization_not_empty', { cause });
    throw cause;
  }
}

export async function countProjects(tx: Tx, organizationId: string): Promise<number> {
  return tx.project.count({ where: { organizationId } });
}

/** Refuses: `slug_taken`, `not_found` if the organization was deleted. */
export async function insertProject(tx: Tx, { origin: _o, rpId: _r, ...row }: Project): Promise<void> {
  try {
    await mapUniqueViolation(() => tx.project.create({ data: row }));
  } catch (cause) {
    if (isForeignKeyViolation(cause)) throw new AppError('not_found', { cause });
    throw cause;
  }
}

/** Conditional update; false after a concurrent one. Refuses: `slug_taken`. */
export async function updateProjectRow(tx: Tx, before: Project, after: Project): Promise<boolean> {
  const { id, origin: _o, rpId: _r, organizationId: _n, createdAt: _c, ...data } = after;
  return (
    (await mapUniqueViolation(() => tx.project.updateMany({ where: { id, updatedAt: before.updatedAt }, data })))
      .count === 1
  );
}

/** Locks the project until the transaction ends: what was read stays true. */
export async function lockProject(tx: Tx, id: string): Promise<boolean> {
  return (await tx.project.updateMany({ where: { id }, data: { id } })).count === 1;
}

/** The primary origin first, then by time of creation. */
export async function listOrigins(projectId: string, reader?: Reader): Promise<ProjectOrigin[]> {
  const found = await (reader ?? (await db())).projectOrigin.findMany({
    where: { projectId },
    select: { id: true, origin: true, isPrimary: true, approval: true, createdAt: true },
    orderBy: [{ isPrimary: 'desc' }, { id: 'asc' }],
  });
  return found.map((row) => ({ ...row, approval: row.approval === null ? null : toUnion(APPROVALS, row.approval) }));
}

/** Refuses: `origin_taken`. */
export async function insertOrigin(tx: Tx, projectId: string, origin: ProjectOrigin): Promise<void> {
  const host = new URL(origin.origin).host;
  await mapUniqueViolation(() => tx.projectOrigin.create({ data: { ...origin, projectId, host } }));
}

export async function deleteOrigin(tx: Tx, projectId: string, id: string): Promise<void> {
  await tx.projectOrigin.deleteMany({ where: { id, projectId } });
}

export async function deleteOrigins(tx: Tx, projectId: string): Promise<void> {
  await tx.projectOrigin.deleteMany({ where: { projectId } });
}

export async function setPrimaryOrigin(tx: Tx, projectId: string, id: string): Promise<void> {
  await tx.projectOrigin.updateMany({ where: { projectId, isPrimary: true }, data: { isPrimary: false } });
  await tx.projectOrigin.updateMany({ where: { projectId, id }, data: { isPrimary: true } });
}

/** The slug of another project with an origin of this host name, on any port, or null. */
export async function findHolderOfHostName(tx: Tx, projectId: string, hostname: string): Promise<string | null> {
  const row = await tx.projectOrigin.findFirst({
    where: { projectId: { not: projectId }, OR: [{ host: hostname }, { host: { startsWith: `${hostname}:` } }] },
    select: { project: { select: { slug: true } } },
  });
  return row?.project.slug ?? null;
}

/** Makes one of the project's own origins the primary one. Refuses: `origin_taken`. */
export async function updatePrimaryOrigin(
  tx: Tx,
  projectId: string,
  origin: string,
  approval: Approval,
): Promise<void> {
  const host = new URL(origin).host;
  await tx.projectOrigin.deleteMany({ where: { projectId, isPrimary: false, host } });
  const data = { origin, host, approval };
  await mapUniqueViolation(() => tx.projectOrigin.updateMany({ where: { projectId, isPrimary: true }, data }));
}

export async function findLogo(projectId: string): Promise<Picture | null> {
  const row = await (await db()).projectLogo.findUnique({ where: { projectId } });
  return row && { mediaType: toUnion(PICTURE_MEDIA_TYPES, row.mediaType), bytes: row.bytes };
}

/** Replaces the logo; null removes it. */
export async function replaceLogo(tx: Tx, projectId: string, logo: Picture | null): Promise<void> {
  await tx.projectLogo.deleteMany({ where: { projectId } });
  if (logo) await tx.projectLogo.create({ data: { projectId, ...logo, createdAt: new Date() } });
}

async function mapUniqueViolation<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (isUniqueViolation(cause, 'slug')) throw new AppError('slug_taken', { cause });
    if (isUniqueViolation(cause, 'origin') || isUniqueViolation(cause, 'host'))
      throw new AppError('origin_taken', { cause });
    throw cause;
  }
}

function toOrganization(row: Organization): Organization {
  return { ...row, name: readableName(row.name, row.slug) };
}

/** A deleted project is in no list, even while its rows remain. */
function notDeleted(row: RowOfPrisma): Project | null {
  const project = toProject(flat(row));
  return isBeingDeleted(project) ? null : project;
}

function flat({ origins: [primary], ...row }: RowOfPrisma): Row {
  return { ...row, origin: primary?.origin ?? null };
}

function toProject(row: Row): Project {
  const { origin } = row;
  if (origin === null) throw new Error(`Project ${row.id} has no primary origin`);
  return {
    id: row.id,
    organizationId: row.organizationId,
    name: readableName(row.name, row.slug),
    slug: row.slug,
    origin,
    rpId: rpIdOf(origin),
    registration: toUnion(REGISTRATIONS, row.registration),
    sessionIdleSeconds: row.sessionIdleSeconds,
    sessionLifetimeSeconds: row.sessionLifetimeSeconds,
    accentColor: row.accentColor,
    logoHash: row.logoHash,
    mailFrom: row.mailFrom,
    mailFromApproval: row.mailFromApproval === null ? null : toUnion(SENDER_APPROVALS, row.mailFromApproval),
    signingAlgorithm: toUnion(SIGNING_ALGORITHMS, row.signingAlgorithm),
    auditRetentionDays: row.auditRetentionDays,
    textsVersion: row.textsVersion,
    recoveryCodes: toUnion(RECOVERY_CODE_POLICIES, row.recoveryCodes),
    deletionGraceDays: row.deletionGraceDays,
    recycleBinDays: row.recycleBinDays,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
