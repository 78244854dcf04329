import type { Json } from '@/lib/platform/json';
import { formatReadableCode, toReadableCode } from '@/lib/platform/readable-code';
import { toWesternDigits } from '@/lib/platform/text';
import type { SchemaField } from '@/lib/schema/model';

export const PURPOSES = [
  'sign_in',
  'step_up',
  'email_change',
  'recovery',
  'registration',
  'invitation',
  'mailbox',
] as const;
/**
 * The purpose of a code or link. Three are not mailed: an operator hands over `recovery`; `registration` is the step,
 * in the browser that has proven an address without an account, that asks for further required traits; `mailbox`
 * records that this browser has answered the code of an `invitation`.
 */
export type CodePurpose = (typeof PURPOSES)[number];

export type Verification = {
  id: string;
  projectId: string;
  purpose: CodePurpose;
  /** The recipient of the mail, normalized. */
  address: string;
  /** Null: no active identity had this address at the time of the request. */
  identityId: string | null;
  sessionId: string | null;
  /**
   * The identity's epoch at the time of the request; a higher one revokes this. Without an identity: zero for a
   * registration, or null, which opens nothing.
   */
  revocationEpoch: number | null;
  browserHash: string;
  /** Null: the mail has only the link; for a registration: the link proved the address. */
  codeHash: string | null;
  linkHash: string;
  wrongTries: number;
  returnTo: string | null;
  createdAt: Date;
  expiresAt: Date;
  consumedAt: Date | null;
};

export const CODE_MINUTES = 10;
export const RECOVERY_SECONDS = 60 * 60;
export const MAX_RECOVERY_SECONDS = 24 * 60 * 60;
export const MIN_RECOVERY_SECONDS = 60;
export const MAX_TRIES = 5;
/**
 * Wrong codes within 24 hours: for a mailbox, over all requests; for a session, over its step-ups. After that, no code
 * is compared and mails have only the link, which keeps working.
 */
export const MAX_WRONG_CODES_PER_DAY = 10;
/** The page disables "Resend" for this long. The server enforces the number of mails per address. */
const RESEND_PAUSE_SECONDS = 30;

/** The state of a page's code step. Independent of whether the address has an account. */
export type PendingCode = {
  /** The recipient of the mail, if one was sent. */
  address: string;
  /** False: the mail has only the link. */
  hasCode: boolean;
  triesLeft: number;
  resendAt: Date;
  expiresAt: Date;
};

/** `guessesLeft`: how many more codes may be compared today. */
export function toPendingCode(verification: Verification, guessesLeft: number): PendingCode {
  const { address, codeHash, wrongTries, createdAt, expiresAt } = verification;
  return {
    address,
    hasCode: codeHash !== null,
    triesLeft: triesLeft(wrongTries, guessesLeft),
    resendAt: new Date(createdAt.getTime() + RESEND_PAUSE_SECONDS * 1000),
    expiresAt,
  };
}

/** How long the page disables "Resend". */
export function secondsUntilResend({ resendAt }: Pick<PendingCode, 'resendAt'>, now: Date): number {
  return Math.max(0, Math.ceil((resendAt.getTime() - now.getTime()) / 1000));
}

/** An emailed code as the page that asked for it shows it. */
export type SentCode = { address: string; pauseSeconds: number };

export function toSentCode(pending: PendingCode, now: Date): SentCode {
  return { address: pending.address, pauseSeconds: secondsUntilResend(pending, now) };
}

export function triesLeft(wrongTries: number, guessesLeft: number): number {
  return Math.max(0, Math.min(MAX_TRIES - wrongTries, guessesLeft));
}

/** The step that asks a newcomer for required traits beyond the proven address. */
export type PendingRegistration = {
  address: string;
  schemaId: string;
  /** The fields to fill in; some are optional. */
  fields: readonly SchemaField[];
  returnTo: string | null;
};

/** A submitted value by the field's pointer. Null: empty. */
export type FilledField = { pointer: string; value: Json };

/** The six digits of typed or pasted text ("123 456", "123-456"), or null. */
export function toCode(typed: string): string | null {
  const digits = toWesternDigits(typed.slice(0, 100).normalize('NFKC')).replace(/[\s\p{Cf}-]/gu, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

/**
 * A recovery code has 120 random bits, because it lives up to a day and is looked up by its hash alone: guessing is
 * infeasible, so no limit has to block its owner (OWASP ASVS 5.0, 6.5.2).
 */
export const RECOVERY_CODE_LENGTH = 24;

export const formatRecoveryCode = formatReadableCode;

/** The characters of a typed or pasted recovery code, or null. */
export function toRecoveryCode(typed: string): string | null {
  return toReadableCode(typed, RECOVERY_CODE_LENGTH);
}

/**
 * The token is the bare query: without `=`, which quoted-printable encodes as `=3D`, and short enough for a line of 76
 * characters (RFC 2045 §6.7). Logs and `Referer` omit the query.
 */
export function toLink(origin: string, token: string): string {
  return `${origin}/login/link?${token}`;
}

/** The link that undoes an email change; built like `toLink`. */
export function toUndoLink(origin: string, token: string): string {
  return `${origin}/login/undo?${token}`;
}

/** The page that asks for a recovery code. */
export function toRecoveryPage(origin: string): string {
  return `${origin}/login/recovery`;
}
