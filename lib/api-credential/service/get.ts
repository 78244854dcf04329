import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { ApiCredential } from '../model';
import * as rows from '../repository';

/** Refuses: `not_found`, also for another project's credential. */
export async function getApiCredential(projectId: string, clientId: string, tx?: Tx): Promise<ApiCredential> {
  const credential = await rows.findApiCredential(projectId, clientId, tx);
  if (!credential) throw new AppError('not_found', { reason: 'No API credential has this client ID' });
  return credential;
}
