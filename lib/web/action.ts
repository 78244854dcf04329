import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { isFreshlyAuthenticated } from '@/lib/credential/service';
import type { Action, ActionResult, Freshness } from '@/lib/platform/action-result';
import { AppError } from '@/lib/platform/errors';
import type { RequestContext } from '../http/context';
import { reportOutage } from '../http/outage';
import { toAppError } from '../http/problem';
import { parseInput, toActionError } from './action-result';
import { fieldsOf } from './form-fields';
import { getLocale } from './locale';
import { currentSession, type Proof, requestContext } from './session';
import { textsOrProduct } from './texts';

type Declared<Input extends z.ZodType> = {
  input?: Input;
  /**
   * Required for every action; an action that grants access needs `true`. A test lists all of them with their reasons.
   */
  fresh: Freshness;
};

/** For a `'conditional'` action. Refuses: `reauthentication_required`. */
export function requireFresh(isFresh: boolean, isNeeded = true): void {
  if (isNeeded && !isFresh) throw new AppError('reauthentication_required');
}

/**
 * An action for a signed-in person. Checked before the input is parsed: the request's origin, the session, and, where
 * required, recent authentication.
 */
export function action<Output, Input extends z.ZodType = z.ZodUndefined>(
  declared: Declared<Input>,
  run: (proof: Proof, input: z.output<Input>, isFresh: boolean) => Promise<Output>,
): Action<z.input<Input>, Output> {
  const called = callable<z.input<Input>, Output>(async (raw, speak) => {
    await requireOwnOrigin();
    const proof = await currentSession();
    if (!proof) throw new AppError('unauthenticated');
    speak(proof.identity.locale);
    const isFresh = await checkFreshness(declared.fresh, proof);
    return run(proof, parseInput(declared.input, raw), isFresh);
  });
  return Object.assign(called, { fresh: declared.fresh });
}

/**
 * Whether the person authenticated recently; false where the action does not ask. Refuses: `reauthentication_required`.
 */
export async function checkFreshness(declared: Freshness, proof: Proof): Promise<boolean> {
  if (declared === false) return false;
  const isFresh = await isFreshlyAuthenticated(proof);
  requireFresh(isFresh, declared === true);
  return isFresh;
}

/** An action for anyone, such as a step of signing in. Only the request's origin is checked. */
export function openAction<Output, Input extends z.ZodType = z.ZodUndefined>(
  declared: Pick<Declared<Input>, 'input'>,
  run: (context: RequestContext, input: z.output<Input>) => Promise<Output>,
): Action<z.input<Input>, Output> {
  return callable(async (raw) => run(await requireOwnOrigin(), parseInput(declared.input, raw)));
}

/**
 * Next compares the host of `Origin` only. This compares scheme and port too, with the one configured origin, and
 * refuses a missing Origin (contract 8.5). The cookie's SameSite is the second line of defense.
 */
async function requireOwnOrigin(): Promise<RequestContext> {
  const context = await requestContext();
  if ((await headers()).get('origin') !== context.origin) throw new AppError('forbidden');
  return context;
}

/** `serve` names the person's language as soon as it knows the person. */
type Serve<Output> = (raw: unknown, speak: (language: string | null) => void) => Promise<Output>;

function callable<Input, Output>(serve: Serve<Output>): Action<Input, Output> {
  const called = async (first?: unknown, second?: unknown): Promise<ActionResult<Output> | undefined> => {
    const isPlainForm = first instanceof FormData;
    const form = isPlainForm ? first : second;
    let language: string | null = null;
    try {
      const raw = form instanceof FormData ? fieldsOf(form) : first;
      const value = await serve(raw, (spoken) => {
        language = spoken;
      });
      return isPlainForm ? undefined : { ok: true, value };
    } catch (error) {
      unstable_rethrow(error); // redirect() and notFound() are Next's to handle
      const id = await requestId();
      const refusal = toAppError(error, id);
      if (isPlainForm) throw refusal;
      // Without scripts the response is the page itself, whose status informs programs in between.
      if (refusal.code === 'overloaded' && !(await headers()).has('next-action')) reportOutage(id, refusal);
      return { ok: false, error: toActionError(refusal, id, await getLocale(language), await textsOrProduct()) };
    }
  };
  return called as Action<Input, Output>;
}

async function requestId(): Promise<string> {
  return (await headers()).get('x-request-id') ?? '';
}
