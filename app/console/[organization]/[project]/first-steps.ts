import { cookies } from 'next/headers';
import { countUsableCredentials } from '@/lib/api-credential/service';
import { hasUsers } from '@/lib/identity/service';
import { env } from '@/lib/platform/env';
import { isInstallationOwner, may, type ProjectProof } from '@/lib/web/console';

export type Step = { id: 'mail' | 'user' | 'credential'; isDone: boolean /** Where it is done. */; href: string };

/** The projects, by ID, whose list of first steps was hidden in this browser. */
export const HIDDEN_STEPS_COOKIE = 'signet_steps';
const MAX_HIDDEN = 20;

export async function readHiddenSteps(): Promise<string[]> {
  return (await cookies()).get(HIDDEN_STEPS_COOKIE)?.value.split('.').filter(Boolean) ?? [];
}

/** The value of the cookie with one more project; the oldest are dropped. */
export function withHidden(hidden: string[], projectId: string): string {
  return [...hidden.filter((id) => id !== projectId), projectId].slice(-MAX_HIDDEN).join('.');
}

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
