import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { type Approval, CLAIM_KINDS, type DomainClaim, type Unreviewed } from '../model';
import { hasUnreachableOrigin } from '../model/origin';

type Reader = Db | Tx;

/** By time of creation; without a project ID, of all projects. */
export async function listClaims(projectId?: string, reader?: Reader): Promise<DomainClaim[]> {
  const where = projectId === undefined ? {} : { projectId };
  const found = await (reader ?? (await db())).domainClaim.findMany({ where, orderBy: { id: 'asc' } });
  return found.map((row) => ({ ...row, kind: toUnion(CLAIM_KINDS, row.kind) }));
}

export async function findClaim(id: string, reader?: Reader): Promise<DomainClaim | null> {
  const row = await (reader ?? (await db())).domainClaim.findUnique({ where: { id } });
  return row && { ...row, kind: toUnion(CLAIM_KINDS, row.kind) };
}

export async function insertClaim(tx: Tx, claim: DomainClaim): Promise<void> {
  await tx.domainClaim.create({ data: claim });
}

/** False if it no longer exists. */
export async function deleteClaim(tx: Tx, id: string): Promise<boolean> {
  return (await tx.domainClaim.deleteMany({ where: { id } })).count === 1;
}

/** Claims of this kind; with a value, only that claim. */
export async function deleteClaims(
  tx: Tx,
  where: Pick<DomainClaim, 'projectId' | 'kind'> & { value?: string },
): Promise<void> {
  await tx.domainClaim.deleteMany({ where });
}

/** Every origin and sender that predates approvals, of all projects. */
export async function listUnreviewed(): Promise<Unreviewed[]> {
  const client = await db();
  const origins = await client.projectOrigin.findMany({ where: { approval: null }, orderBy: { id: 'asc' } });
  const senders = await client.project.findMany({
    where: { mailFrom: { not: null }, mailFromApproval: null },
    orderBy: { id: 'asc' },
  });
  return [
    ...origins
      .filter((row) => !hasUnreachableOrigin(row))
      .map(({ projectId, origin }) => ({ kind: 'origin' as const, projectId, value: origin })),
    ...senders.map(({ id, mailFrom }) => ({ kind: 'sender' as const, projectId: id, value: mailFrom ?? '' })),
  ];
}

/** False after a concurrent change or approval. */
export async function approveUnreviewed(
  tx: Tx,
  { kind, projectId, value }: Unreviewed,
  approval: Approval,
): Promise<boolean> {
  const { count } =
    kind === 'origin'
      ? await tx.projectOrigin.updateMany({ where: { projectId, origin: value, approval: null }, data: { approval } })
      : await tx.project.updateMany({
          where: { id: projectId, mailFrom: value, mailFromApproval: null },
          data: { mailFromApproval: approval },
        });
  return count === 1;
}
