import { readHiddenSteps } from '@/app/console/hidden-steps';
import { countUsableCredentials } from '@/lib/api-credential/service';
import { hasUsers } from '@/lib/identity/service';
import { env } from '@/lib/platform/env';
import { isInstallationOwner, may, type ProjectProof } from '@/lib/web/console';

export type Step = { id: 'mail' | 'user' | 'credential'; isDone: boolean /** Where it is done. */; href: string };

/**
 * The first steps of a project that this operator may take, by the current state. None once all are done, if the
 * operator hid them, or for a viewer.
 */
export async function listFirstSteps(proof: ProjectProof): Promise<Step[]> {
  const { organization, project } = proof;
  if (!may(proof, 'admin') || (await readHiddenSteps()).includes(project.id)) return [];
  const [ownsInstallation, hasUser, credentials] = await Promise.all([
    isInstallationOwner(proof),
    hasUsers(project.id),
    countUsableCredentials(project.id),
  ]);
  const base = `/console/${organization.slug}/${project.slug}`;
  const steps: Step[] = [
    // The mail server is a setting of the installation.
    ...(ownsInstallation
      ? [{ id: 'mail' as const, isDone: env().smtpUrl !== undefined, href: `${base}/settings#mail` }]
      : []),
    { id: 'user', isDone: hasUser, href: `${base}/users/new` },
    { id: 'credential', isDone: credentials > 0, href: `${base}/users/api-credentials` },
  ];
  return steps.every(({ isDone }) => isDone) ? [] : steps;
}
