import type { Identity } from '@/lib/identity/model';
import type { Project } from '@/lib/project/model';
import { findOrganization } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { startSession } from '@/lib/web/sign-in';
import type { ActionResult } from '../lib/platform/action-result';
import { beginRequest, forgetCookies } from './next-request';
import { makeOperator } from './operators';
import { signIn } from './people';

/** Operators at the console, for tests of its actions. Operators live in `home`, whose host the console is on. */

/** Somebody of `home` with a role in an organization, signed in as a browser would be. */
export async function enterConsole(home: Project, role: OperatorRole, organizationId: string): Promise<Identity> {
  forgetCookies();
  const operator = await makeOperator(home, role, organizationId);
  const { session } = await signIn(home, operator);
  beginRequest(home);
  await startSession(session);
  return operator;
}

/** Slugs as they stand in the path. */
export async function placeOf({ organizationId, slug }: Project): Promise<{ organization: string; project: string }> {
  const organization = await findOrganization(organizationId);
  return { organization: organization?.slug ?? '', project: slug };
}

/** The code of a refusal, or null. */
export function refusalOf(result: ActionResult<unknown>): string | null {
  return result.ok ? null : result.error.code;
}

/** What an action gave. Throws what it refused with. */
export function granted<Value>(result: ActionResult<Value>): Value {
  if (result.ok) return result.value;
  throw new Error(`refused: ${result.error.code}`);
}
