import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import type { ProjectContents } from '../model';

type Reader = Db | Tx;

/**
 * Counts rows of a project for the rules on domains and deletion. The tables belong to nouns above, which a project may
 * not import: like their removal, counting them belongs to the tenant (scripts/lib/import-rules.mjs).
 */
export async function countContents(projectId: string, reader?: Reader): Promise<ProjectContents> {
  const client = reader ?? (await db());
  const where = { projectId };
  return {
    identities: await client.identity.count({ where }),
    passkeys: await client.passkey.count({ where }),
    sessions: await client.session.count({ where: { ...where, expiresAt: { gt: new Date() } } }),
    apiCredentials: await client.apiCredential.count({ where: { ...where, revokedAt: null } }),
  };
}

/** Passkeys bound to a host name. */
export async function countPasskeys(projectId: string, rpId: string, reader?: Reader): Promise<number> {
  return (reader ?? (await db())).passkey.count({ where: { projectId, rpId } });
}
