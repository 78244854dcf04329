import type { Conflict, ErrorCode, Violation } from './errors';

/** What a refusal reveals to the page: its code, its sentence, and no more than the service intends. */
export type ActionError = {
  code: ErrorCode;
  /** For the person, in the language of the page. */
  sentence: string;
  /** Logged with the cause. */
  requestId: string;
  violations?: Violation[];
  /** Fields that another writer has changed since. */
  conflicts?: Conflict[];
  retryAfterSeconds?: number;
  triesLeft?: number;
};

export type ActionResult<Output> = { ok: true; value: Output } | { ok: false; error: ActionError };

/**
 * Whether the person must have authenticated within the last 15 minutes, or gets `reauthentication_required`: always,
 * never, or `'conditional'`, where it depends on the input and the action itself refuses.
 */
export type Freshness = true | false | 'conditional';

/**
 * A server action, callable in three ways: with its input from client code; by a plain `<form action>`, which cannot
 * show a refusal, so that it is thrown; and through `useActionState`, which also works without JavaScript.
 */
export type Action<Input, Output> = {
  (...input: undefined extends Input ? [input?: Input] : [input: Input]): Promise<ActionResult<Output>>;
  (form: FormData): Promise<void>;
  (previous: ActionResult<Output> | null, form: FormData): Promise<ActionResult<Output>>;
  /** Absent where no session is required. */
  readonly fresh?: Freshness;
};
