import type { Identity } from '@/lib/identity/model';
import type { Project } from '@/lib/project/model';
import { findOrganization } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { startSession } from '@/lib/web/sign-in';
import type { ActionResult } from '../lib/platform/action-result';
import { beginRequest, forgetCookies } from './next-request';
import { makeOperator } from './operators';
import { signIn } from './people';

/** Operators at the console, for tests of its actions. Operators belong to `home`, whose host serves the console. */

/** An operator from `home` with a role in an organization, signed in with session cookies. */
export async function enterConsole(home: Project, role: OperatorRole, organizationId: string): Promise<Identity> {
  forgetCookies();
  const operator = await makeOperator(home, role, organizationId);
  const { session } = await signIn(home, operator);
  beginRequest(home);
  await startSession(session);
  return operator;
}

/** Slugs as in the path. */
export async function placeOf({ organizationId, slug }: Project): Promise<{ organization: string; project: string }> {
  const organization = await findOrganization(organizationId);
  return { organization: organization?.slug ?? '', project: slug };
}

/** The error code of a result, or null. */
export function refusalOf(result: ActionResult<unknown>): string | null {
  return result.ok ? null : result.error.code;
}

/** The value of an action's result. Throws if it was refused. */
export function granted<Value>(result: ActionResult<Value>): Value {
  if (result.ok) return result.value;
  throw new Error(`refused: ${result.error.code}`);
}
