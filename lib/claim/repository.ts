import { first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { claimRules } from './contract';
import type { ClaimRule } from './model';

const BY_PROJECT = statement<{ claims: string }>(
  'claim.by_project',
  'SELECT m.claims FROM "ClaimMapping" m WHERE m."projectId" = $1',
);

export async function findClaimRules(projectId: string, tx?: Tx): Promise<ClaimRule[]> {
  return toClaimRules((await first(BY_PROJECT, [projectId], tx))?.claims ?? null);
}

/** `text`: the column `claims`, or null without a row. */
export function toClaimRules(text: string | null): ClaimRule[] {
  return text === null ? [] : claimRules.parse(JSON.parse(text));
}

export async function saveClaimRules(tx: Tx, projectId: string, rules: ClaimRule[], now: Date): Promise<void> {
  const claims = JSON.stringify(rules);
  await tx.claimMapping.upsert({
    where: { projectId },
    create: { projectId, claims, createdAt: now, updatedAt: now },
    update: { claims, updatedAt: now },
  });
}
