import { type Actor, cliActor } from '@/lib/platform/actor';
import { env } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject, getFirstProject } from '@/lib/project/service';
import { migrate } from '../../scripts/migrate.mjs';

/**
 * The project that commands act on, and the one who acts. Where Signet was never started, the database and the first project
 * are made as a start would; where it was, its origin stays as that start left it, whatever the settings of this shell say.
 */
export async function openProject(): Promise<{ project: Project; actor: Actor }> {
  const settings = env();
  await migrate(settings.databaseUrl);
  const project = await getFirstProject().catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') return ensureFirstProject(settings.origin);
    throw error;
  });
  return { project, actor: cliActor(project.id) };
}
