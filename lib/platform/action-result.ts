import type { Conflict, ErrorCode, Violation } from './errors';

/** What a refusal tells the page: a code that lib/i18n has words for, and never more than the service meant to say. */
export type ActionError = {
  code: ErrorCode;
  /** Stands in the log beside what happened. */
  requestId: string;
  violations?: Violation[];
  /** Fields that somebody else changed meanwhile. */
  conflicts?: Conflict[];
  retryAfterSeconds?: number;
  triesLeft?: number;
};

export type ActionResult<Output> = { ok: true; value: Output } | { ok: false; error: ActionError };

/**
 * Whether the person must have authenticated less than 15 minutes ago, else `reauthentication_required`: always, never, or
 * `'conditional'`, where what the action is about to do decides and the action itself refuses.
 */
export type Freshness = true | false | 'conditional';

/**
 * A server action, callable in three ways: with its input from the browser's code, by a plain `<form action>` (which has
 * nowhere to show a refusal, so that is thrown), and through `useActionState`, which works without JavaScript too.
 */
export type Action<Input, Output> = {
  (...input: undefined extends Input ? [input?: Input] : [input: Input]): Promise<ActionResult<Output>>;
  (form: FormData): Promise<void>;
  (previous: ActionResult<Output> | null, form: FormData): Promise<ActionResult<Output>>;
  /** Absent where no session is needed. */
  readonly fresh?: Freshness;
};
