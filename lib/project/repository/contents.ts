import { type Db, db } from '@/lib/platform/db/client';
import { first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import type { ProjectContents } from '../model';

type Reader = Db | Tx;

const IDENTITIES = statement<{ total: number }>(
  'project.count_identities',
  `SELECT coalesce(sum(c.count), 0) AS total FROM "IdentityCount" c WHERE c."projectId" = $1`,
);

/**
 * Counts rows of a project for deletion. The tables belong to nouns above, which a project may not import: like their
 * removal, counting them belongs to the tenant (scripts/lib/import-rules.mjs). Not in a transaction: it takes steps.
 */
export async function countContents(projectId: string, step = STEP): Promise<ProjectContents> {
  const client = await db();
  return {
    identities: Number((await first(IDENTITIES, [projectId]))?.total ?? 0),
    passkeys: await countPasskeysInSteps(client, projectId, step),
    sessions: await countSessionsInSteps(client, projectId, step),
    apiCredentials: await client.apiCredential.count({ where: { projectId, revokedAt: null } }),
  };
}

/** Rows per statement: SQLite blocks the process for as long as it counts. */
const STEP = 10_000;

function countPasskeysInSteps({ passkey }: Db, projectId: string, step: number): Promise<number> {
  const within = (identityId: Range) => ({ projectId, identityId });
  return countInSteps(
    (gt) =>
      passkey
        .findFirst({ where: within({ gt }), orderBy: { identityId: 'asc' }, skip: step, select: { identityId: true } })
        .then((row) => row?.identityId),
    (range) => passkey.count({ where: within(range) }),
  );
}

function countSessionsInSteps({ session }: Db, projectId: string, step: number): Promise<number> {
  const within = (id: Range) => ({ projectId, id });
  const expiresAt = { gt: new Date() };
  return countInSteps(
    (gt) =>
      session
        .findFirst({ where: within({ gt }), orderBy: { id: 'asc' }, skip: step, select: { id: true } })
        .then((row) => row?.id),
    (range) => session.count({ where: { ...within(range), expiresAt } }),
  );
}

type Range = { gt: string; lte?: string };

/** `endOf` finds the last key of the step that begins after a key; undefined in the last step. */
async function countInSteps(
  endOf: (after: string) => Promise<string | undefined>,
  countWithin: (range: Range) => Promise<number>,
): Promise<number> {
  for (let total = 0, after = ''; ; ) {
    const end = await endOf(after);
    total += await countWithin({ gt: after, ...(end !== undefined && { lte: end }) });
    if (end === undefined) return total;
    after = end;
    await yieldToEventLoop();
  }
}

/** Passkeys bound to a host name. */
export async function countPasskeys(projectId: string, rpId: string, reader?: Reader): Promise<number> {
  return (reader ?? (await db())).passkey.count({ where: { projectId, rpId } });
}
