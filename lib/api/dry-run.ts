import { AppError } from '@/lib/platform/errors';
import { isJsonObject, type JsonObject } from '@/lib/platform/json';
import { toPreviewResponse } from '@/lib/preview/contract';
import { preview } from '@/lib/preview/service';
import { type Answer, json } from '../http/answer';
import type { DryRun } from './routes/route';

/**
 * `dry_run=true`: what a call would do, without doing it. The same handler runs, after the same checks, in transactions
 * that are rolled back (lib/platform/db/preview.ts).
 */
export const DRY_RUN_PARAMETER = 'dry_run';

/**
 * Takes the parameter out of the query. Refuses: `invalid_input` for a value other than `true` and `false`, a repetition,
 * and on a call that has no dry run.
 */
export function takeDryRun(search: URLSearchParams, known: DryRun | undefined): boolean {
  if (!search.has(DRY_RUN_PARAMETER)) return false;
  const [value, ...more] = search.getAll(DRY_RUN_PARAMETER);
  if (known === undefined || 'refused' in known) throw refusal('is not known to this call');
  if (more.length > 0) throw refusal('must not be repeated');
  if (value !== 'true' && value !== 'false') throw refusal('must be true or false');
  search.delete(DRY_RUN_PARAMETER);
  return value === 'true';
}

function refusal(message: string): AppError {
  const pointer = `/${DRY_RUN_PARAMETER}`;
  return new AppError('invalid_input', {
    reason: `query${pointer}: ${message}`,
    violations: [{ pointer, message }],
  });
}

/** Answers a dry run. `canRead`: the token may read identities. Rejects as `serve`. */
export async function answerDryRun(
  projectId: string,
  known: DryRun | undefined,
  canRead: boolean,
  serve: () => Promise<Answer>,
): Promise<Answer> {
  const previewed = await preview(projectId, serve);
  if (known && 'body' in known) return previewed.result;
  return json({ ...toPreviewResponse(previewed, canRead), ...repeated(previewed.result, known) });
}

/** The members of the real response that a dry run returns too. */
function repeated({ body }: Answer, known: DryRun | undefined): JsonObject {
  if (!known || !('members' in known) || typeof body !== 'string') return {};
  const whole = JSON.parse(body);
  if (!isJsonObject(whole)) return {};
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name in known.members));
}
