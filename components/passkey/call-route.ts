import type { ActionResult } from '@/lib/platform/action-result';

/** Calls a route for scripts (`app/api/script-route.ts`). Rejects when the server cannot be reached, as an action does. */
export async function callRoute<Output>(path: string, input: unknown): Promise<ActionResult<Output>> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const result: unknown = await response.json();
  if (isResult<Output>(result)) return result;
  throw new Error(`${path} answered ${response.status}`); // refused before the route
}

function isResult<Output>(value: unknown): value is ActionResult<Output> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}
