import { z } from 'zod';
import { LOCALES } from '@/lib/i18n/model';
import { backOffSeconds } from '@/lib/platform/back-off';

const of = <Kind extends string, Params extends z.ZodRawShape>(kind: Kind, params: Params) =>
  z.object({ kind: z.literal(kind), to: z.string(), locale: z.enum(LOCALES), params: z.object(params) });

/** Every mail the product sends, and what each must know. */
const mailShape = z.discriminatedUnion('kind', [
  /** `code` is null when only the link is to be sent. */
  of('sign_in', { code: z.string().nullable(), link: z.string(), minutes: z.number() }),
  /** To an address of nobody's: the same, and using it makes the account. */
  of('registration', { code: z.string().nullable(), link: z.string(), minutes: z.number() }),
  /** `inviter`: their name. `expiresAt` in milliseconds since 1970. */
  of('registration_invitation', { link: z.string(), inviter: z.string().optional(), expiresAt: z.number() }),
  /** To somebody whose account an operator has made. `inviter`: their name. */
  of('invitation', { link: z.string(), inviter: z.string().optional() }),
  of('step_up', { code: z.string(), minutes: z.number() }),
  of('email_change_code', { code: z.string(), minutes: z.number() }),
  /** To someone invited to become an operator, at the invitation's page. */
  of('invitation_code', { code: z.string(), minutes: z.number() }),
  /** To an address that no longer signs in. `newAddress` is absent where it is not for this mailbox to know. */
  of('email_change_notice', {
    newAddress: z.string().optional(),
    /** Absent: the holder of the account. */
    by: z.enum(['holder', 'administrator']).optional(),
    /** Brings this address back, until `undoUntil` (milliseconds since 1970). */
    undoLink: z.string().optional(),
    undoUntil: z.number().optional(),
  }),
  /** To an address that an operator or a program has set. It says nothing of whose the account is: it may be mistyped. */
  of('email_changed', {}),
  /** To the address that is back, and to the one that is not any more. */
  of('email_change_undone', { isBack: z.boolean(), removedPasskeys: z.number() }),
  /** `expiresAt` in milliseconds since 1970. The mail carries neither link nor code. */
  of('recovery_issued', { expiresAt: z.number() }),
  of('recovery_used', {}),
  of('passkey_added', { passkeyName: z.string() }),
  of('passkey_deleted', { passkeyName: z.string() }),
  of('account_deleted', {}),
  /** `inviter`: their name. `organization`: its name, or that of the project. `expiresAt` in milliseconds since 1970. */
  of('operator_invitation', {
    link: z.string(),
    role: z.enum(['owner', 'admin', 'viewer']),
    organization: z.string().optional(),
    inviter: z.string().optional(),
    expiresAt: z.number().optional(),
  }),
  /** Someone has become an operator, or has a higher role now; `passkeys` (names) and `identifiers` were removed for it. */
  of('operator_promoted', {
    role: z.enum(['owner', 'admin', 'viewer']),
    organization: z.string(),
    passkeys: z.array(z.string()),
    identifiers: z.array(z.string()),
  }),
  /** An operator tries whether mails go out. */
  of('test', {}),
]);

export type Mail = z.infer<typeof mailShape>;
export type MailKind = Mail['kind'];

/** What waits in the outbox, encrypted. */
export const outboxPayload = z.object({
  mail: mailShape,
  /** Deleted unsent by the worker: an unknown address costs the same work as a known one. */
  isDiscarded: z.boolean(),
  /** What others can cause without end is limited when it is sent. */
  limit: z.enum(['notice', 'stranger', 'invitation']).optional(),
  /** Later than this the mail is of no use any more (its code has expired), in milliseconds since 1970; null: a day. */
  validUntil: z.number().nullable(),
});
export type OutboxPayload = z.infer<typeof outboxPayload>;

export type OutboxMail = {
  id: string;
  projectId: string;
  kind: string;
  /** Encrypted; null once sent or given up. */
  payload: string | null;
  attempts: number;
  createdAt: Date;
};

/**
 * The mailbox behind an address: most providers deliver `jane+news@` to `jane@` (RFC 5233), so whoever may invent tags would
 * otherwise have as many mailboxes as they like. Only limits count by it. Dots are kept: outside one provider they tell
 * mailboxes apart. Expects the address normalised.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const [mailbox = ''] = address.slice(0, at).split('+', 1);
  return mailbox === '' ? address : mailbox + address.slice(at);
}

/** How the mails of all projects fare. */
export type OutboxState = { waiting: number; waitsSince: Date | null; failed: number; lastError: string | null };

/** How a mail fares: `reason` is the code of the last refusal, also while it is still tried. */
export type MailOutcome = { state: 'queued' | 'sent' | 'failed'; reason: string | null };

/** After this time without success a mail is given up. */
const GIVE_UP_SECONDS = 24 * 60 * 60;

const MAX_PAUSE_SECONDS = 2 * 60 * 60;

/** When to try again after a failure, or null when the mail is to be given up. */
export function nextAttempt(
  mail: Pick<OutboxMail, 'attempts' | 'createdAt'>,
  validUntil: number | null,
  now: Date,
  random: number,
): Date | null {
  const next = now.getTime() + backOffSeconds(mail.attempts, MAX_PAUSE_SECONDS, random) * 1000;
  const end = Math.min(mail.createdAt.getTime() + GIVE_UP_SECONDS * 1000, validUntil ?? Number.POSITIVE_INFINITY);
  return next < end ? new Date(next) : null;
}
