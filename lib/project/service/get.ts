import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Project } from '../model';
import { findFirstProject, findProject } from '../repository';

/** Refuses: `not_found`. */
export async function getProject(id: string, tx?: Tx): Promise<Project> {
  const project = await findProject(id, tx);
  if (!project) throw new AppError('not_found');
  return project;
}

/** The project of the first start, whose origin is SIGNET_ORIGIN. Refuses: `not_found` before the first start. */
export async function getFirstProject(): Promise<Project> {
  const project = await findFirstProject();
  if (!project) throw new AppError('not_found', { reason: 'No project exists yet; start Signet once' });
  return project;
}
