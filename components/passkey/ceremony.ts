import type { BrowserFailure } from '@/lib/i18n/error-message';
import type { ActionError, ActionResult } from '@/lib/platform/action-result';

/**
 * The browser's side of passkey ceremonies, in a file per ceremony, as a page loads only what it runs: `authenticate.ts`
 * and `register.ts`. Cancellation, missing browser support and server refusals come back as one kind of failure, which
 * lib/i18n/error-message puts into words; `aborted` means that another ceremony took over, so there is nothing to say.
 */
export type CeremonyFailure = ActionError | BrowserError;
export type CeremonyResult<Output> = { ok: true; value: Output } | { ok: false; error: CeremonyFailure };

export type Begin<Options> = () => Promise<ActionResult<Options>>;
export type Finish<Output> = (response: unknown) => Promise<ActionResult<Output>>;

type Steps<Options, Response> = {
  ceremony: (options: Options) => Promise<Response>;
  /** The server refused the browser's response. */
  refused: (code: string, options: Options, response: Response) => Promise<void> | undefined;
};

export function supportsPasskeys(): boolean {
  return typeof globalThis.PublicKeyCredential === 'function';
}

/** Begins, runs and finishes a ceremony. `cancelled`: what its cancellation is called. */
export async function runCeremony<Options, Response, Output>(
  cancelled: BrowserFailure,
  begin: Begin<Options>,
  finish: Finish<Output>,
  { ceremony, refused }: Steps<Options, Response>,
): Promise<CeremonyResult<Output>> {
  if (!supportsPasskeys()) return { ok: false, error: { code: 'passkeys_unsupported' } };
  try {
    const begun = await begin();
    if (!begun.ok) return begun;
    const outcome = await ceremony(begun.value).catch((error: unknown) => ({ failure: toFailure(error, cancelled) }));
    if (isFailure(outcome)) return { ok: false, error: outcome.failure };
    const result = await finish(outcome);
    if (!result.ok) await refused(result.error.code, begun.value, outcome);
    return result;
  } catch {
    return { ok: false, error: { code: 'offline' } }; // a server action that cannot be reached throws
  }
}

function isFailure(outcome: unknown): outcome is { failure: BrowserError } {
  return typeof outcome === 'object' && outcome !== null && 'failure' in outcome;
}

type BrowserError = { code: BrowserFailure } | { code: 'aborted' };

/** WebAuthn L3 §5.1.3 and §5.1.4 define the errors; a timeout and a cancellation are deliberately the same. */
function toFailure(error: unknown, cancelled: BrowserFailure): BrowserError {
  const name = error instanceof Error ? error.name : '';
  if (name === 'AbortError') return { code: 'aborted' };
  if (name === 'InvalidStateError') return { code: 'passkey_already_registered' };
  if (name === 'NotSupportedError' || name === 'SecurityError') return { code: 'passkeys_unsupported' };
  return { code: cancelled };
}
