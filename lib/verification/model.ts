import type { Json } from '@/lib/platform/json';
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
 * What a mailed code or link proves, and what for. Three are not mailed: `recovery` is handed on by an operator; `registration`
 * holds, for the browser that has proven an address without an account, the step that asks for what the schema needs besides; `mailbox`
 * remembers that this browser has answered the code of an `invitation`.
 */
export type CodePurpose = (typeof PURPOSES)[number];

export type Verification = {
  id: string;
  projectId: string;
  purpose: CodePurpose;
  /** Where the mail went, normalised. */
  address: string;
  /** Null: nobody who may sign in had this address when it was asked for. */
  identityId: string | null;
  sessionId: string | null;
  /**
   * The identity's epoch when it was asked for; a raised one ends it. Without an identity it is that of one to be made, zero,
   * or null: it opens nothing.
   */
  revocationEpoch: number | null;
  browserHash: string;
  /** Null: the mail carries the link alone; of a registration: it was the link that proved the address. */
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
 * Wrong codes in any 24 hours: for a mailbox, over all that ask for its codes; for a session, where its person confirms who
 * they are. Then no code is compared any more, mails carry the link alone, and the link works throughout.
 */
export const MAX_WRONG_CODES_PER_DAY = 10;
/** For the page: the button "Resend" waits this long. What is enforced is how many mails an address gets. */
const RESEND_PAUSE_SECONDS = 30;

/** What the code step of a page may know. The same whoever the address belongs to. */
export type PendingCode = {
  /** Where the mail went, if it went anywhere. */
  address: string;
  /** False: only the link was mailed. */
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

export function triesLeft(wrongTries: number, guessesLeft: number): number {
  return Math.max(0, Math.min(MAX_TRIES - wrongTries, guessesLeft));
}

/** The step that asks a newcomer for what the schema needs besides the address they have proven. */
export type PendingRegistration = {
  address: string;
  /** What they may fill in; not all of it need be. */
  fields: SchemaField[];
  returnTo: string | null;
};

/** What somebody has filled in: a field's pointer and its value. Null means empty. */
export type FilledField = { pointer: string; value: Json };

/** The six digits of what somebody typed or pasted ("123 456", "123-456"), or null. */
export function toCode(typed: string): string | null {
  const digits = typed.slice(0, 100).normalize('NFKC').replace(/[\s-]/g, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

/**
 * A recovery code has 120 random bits, because it is good for up to a day and is looked up by its hash alone: guessing it is
 * hopeless, so no limit needs to keep its owner from using it (OWASP ASVS 5.0, 6.5.2).
 */
export const RECOVERY_CODE_LENGTH = 24;

/** In groups of four, as people read and type it: `7K3M-9QXW-…`. */
export function formatRecoveryCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/** The characters of a typed or pasted recovery code, or null. Takes any case, spaces and dashes, O for 0, I and L for 1. */
export function toRecoveryCode(typed: string): string | null {
  const characters = typed
    .slice(0, 200)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212\p{Cf}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isCode = characters.length === RECOVERY_CODE_LENGTH && /^[0-9A-HJKMNP-TV-Z]*$/.test(characters);
  return isCode ? characters : null;
}

/** 144 bits that end in a letter or digit, because mail programs leave a final `-` or `_` out of a link. */
export const LINK_TOKEN = /^[A-Za-z0-9_-]{23}[A-Za-z0-9]$/;

/**
 * The token stands as the bare query: no `=`, which quoted-printable would write as `=3D`, and short enough for a line of 76
 * characters (RFC 2045 §6.7). In the query, because logs and `Referer` leave that out.
 */
export function toLink(origin: string, token: string): string {
  return `${origin}/login/link?${token}`;
}

/** Where the change of an address is undone; made as `toLink`. */
export function toUndoLink(origin: string, token: string): string {
  return `${origin}/login/undo?${token}`;
}

/** Where a recovery code is typed. */
export function toRecoveryPage(origin: string): string {
  return `${origin}/login/recovery`;
}

/** The token of the link that opened the page, from its query as Next parses it, or null. */
export function linkTokenOf(query: Record<string, string | string[] | undefined>): string | null {
  return Object.keys(query).find((name) => LINK_TOKEN.test(name)) ?? null;
}
