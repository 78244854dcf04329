import { unstable_rethrow } from 'next/navigation';
import type { ActionResult } from '@/lib/platform/action-result';

/**
 * The result of an action that redirects on success. The router follows the redirect and rejects the call, which for a
 * ceremony means success. (If the action set the session cookie and returned instead, Next would first re-render the
 * current page, whose link is used by then.)
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
