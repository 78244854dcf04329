import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Application } from '../model';
import * as rows from '../repository';

/** Refuses: `not_found`, also for another project's application. */
export async function getApplication(projectId: string, clientId: string, tx?: Tx): Promise<Application> {
  const application = await rows.findApplication(projectId, clientId, tx);
  if (!application) throw new AppError('not_found', { reason: 'No application has this client ID' });
  return application;
}
