import { processWide } from '../process-wide';
import { databaseKind, db } from './client';
import { isImpaired } from './violations';

/**
 * Whether the database accepts writes, for `/health/ready`. PostgreSQL reports it; SQLite is probed by a write, but
 * only after one has failed.
 */
const state = processWide('database_impaired', () => ({ isSuspected: false }));

/** Records that a write failed because the database accepts none. */
export function recordImpairment(error: unknown): void {
  if (isImpaired(error)) state.isSuspected = true;
}

/** Throws when the database cannot be reached. */
export async function isWritable(): Promise<boolean> {
  const client = await db();
  if (databaseKind() === 'postgresql') {
    const [row] = await client.$queryRawUnsafe<Array<{ setting: string }>>(
      `SELECT current_setting('transaction_read_only') AS "setting"`,
    );
    if (row?.setting === 'on') return false;
  }
  if (!state.isSuspected) return true;
  try {
    await client.installation.updateMany({ data: { updatedAt: new Date() } });
    state.isSuspected = false;
    return true;
  } catch (error) {
    if (isImpaired(error)) return false;
    throw error;
  }
}
