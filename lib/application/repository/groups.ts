import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import type { AllowedGroup, Application } from '../model';

const ALLOWED = { group: { select: { id: true, name: true } } } as const;
const BY_NAME = { group: { foldedName: 'asc' } } as const;

/** The groups that may use an application, by name. */
export async function listAllowedGroups(
  { id, projectId }: Pick<Application, 'id' | 'projectId'>,
  reader?: Db | Tx,
): Promise<AllowedGroup[]> {
  const rows = await (reader ?? (await db())).applicationGroup.findMany({
    where: { applicationId: id, projectId },
    orderBy: BY_NAME,
    select: ALLOWED,
  });
  return rows.map(({ group }) => group);
}

/** The same of many applications, by application ID. */
export async function listAllowedGroupsOf(
  projectId: string,
  applicationIds: readonly string[],
): Promise<Map<string, AllowedGroup[]>> {
  const rows = await (await db()).applicationGroup.findMany({
    where: { applicationId: { in: [...applicationIds] }, projectId },
    orderBy: BY_NAME,
    select: { ...ALLOWED, applicationId: true },
  });
  const groups = new Map<string, AllowedGroup[]>();
  for (const { applicationId, group } of rows) groups.set(applicationId, [...(groups.get(applicationId) ?? []), group]);
  return groups;
}

/** Applications that a group may use. */
export async function listApplicationsOfGroup(
  projectId: string,
  groupId: string,
): Promise<Array<Pick<Application, 'clientId' | 'name'>>> {
  const rows = await (await db()).applicationGroup.findMany({
    where: { groupId, projectId },
    orderBy: { application: { name: 'asc' } },
    select: { application: { select: { clientId: true, name: true } } },
  });
  return rows.map(({ application }) => application);
}

export async function replaceAllowedGroups(
  tx: Tx,
  { id: applicationId, projectId }: Application,
  groupIds: readonly string[],
  now: Date,
): Promise<void> {
  await tx.applicationGroup.deleteMany({ where: { applicationId, projectId, groupId: { notIn: [...groupIds] } } });
  const kept = await tx.applicationGroup.findMany({ where: { applicationId, projectId }, select: { groupId: true } });
  const added = groupIds.filter((groupId) => !kept.some((row) => row.groupId === groupId));
  await tx.applicationGroup.createMany({
    data: added.map((groupId) => ({ applicationId, groupId, projectId, createdAt: now })),
  });
}
