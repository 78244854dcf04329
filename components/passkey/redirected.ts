import { unstable_rethrow } from 'next/navigation';
import type { ActionResult } from '@/lib/platform/action-result';

/**
 * The result of an action that ends in a redirect when it succeeds. The router follows that by itself and makes the call
 * fail, which for a ceremony is success. (Were the session's cookie set and the result returned, Next would first render
 * the present page anew, with its link used up.)
 */
export async function redirected(result: Promise<ActionResult<never>>): Promise<ActionResult<null>> {
  try {
    return await result;
  } catch (error) {
    if (isRedirect(error)) return { ok: true, value: null };
    throw error;
  }
}

function isRedirect(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}
