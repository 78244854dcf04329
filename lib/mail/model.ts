import { z } from 'zod';
import { LOCALES } from '@/lib/i18n/model';
import { backOffSeconds } from '@/lib/platform/back-off';

/** The browser that caused a mail, and its IP address. Null: unknown. */
const mailSource = z.object({
  browser: z.string().nullable(),
  system: z.string().nullable(),
  address: z.string().nullable(),
});
export type MailSource = z.infer<typeof mailSource>;

const of = <Kind extends string, Params extends z.ZodRawShape>(kind: Kind, params: Params) =>
  z.object({
    kind: z.literal(kind),
    to: z.string(),
    locale: z.enum(LOCALES),
    /** The recipient's name for the greeting. Absent if unknown, or if the mailbox may be a stranger's. */
    name: z.string().optional(),
    /** ID of the recipient's picture, beside the greeting. Absent where the name is, and without a picture. */
    picture: z.string().optional(),
    /** Absent if no person's browser caused the mail. */
    source: mailSource.optional(),
    params: z.object(params),
  });

/** Every mail the product sends, with its parameters. */
const mailShape = z.discriminatedUnion('kind', [
  /** `code` is null if only the link is sent. */
  of('sign_in', { code: z.string().nullable(), link: z.string(), minutes: z.number() }),
  /** To an address without an account: as `sign_in`, and using it creates the account. */
  of('registration', { code: z.string().nullable(), link: z.string(), minutes: z.number() }),
  /** `inviter`: their name. `expiresAt`: Unix time in milliseconds. */
  of('registration_invitation', { link: z.string(), inviter: z.string().optional(), expiresAt: z.number() }),
  /** To the holder of an account that an operator created. `inviter`: their name. */
  of('invitation', { link: z.string(), inviter: z.string().optional() }),
  of('step_up', { code: z.string(), minutes: z.number() }),
  of('email_change_code', { code: z.string(), minutes: z.number() }),
  /** To an invited operator, from the invitation's page. */
  of('invitation_code', { code: z.string(), minutes: z.number() }),
  /** To an address that no longer signs in. `newAddress` is absent if this mailbox must not learn it. */
  of('email_change_notice', {
    newAddress: z.string().optional(),
    /** Absent: the account holder. */
    by: z.enum(['holder', 'administrator']).optional(),
    /** Restores this address, until `undoUntil` (Unix time in milliseconds). */
    undoLink: z.string().optional(),
    undoUntil: z.number().optional(),
  }),
  /** To an address set by an operator or API client. Does not identify the account, as the address may be mistyped. */
  of('email_changed', {}),
  /** To the restored address (`isBack`) and to the one it replaced. */
  of('email_change_undone', { isBack: z.boolean(), removedPasskeys: z.number() }),
  /** `expiresAt`: Unix time in milliseconds. The mail contains neither link nor code. */
  of('recovery_issued', { expiresAt: z.number() }),
  /** `link` ends that sign-in, until `until` (Unix time in milliseconds). Absent for an unproven mailbox. */
  of('recovery_used', { link: z.string().optional(), until: z.number().optional() }),
  /** About a sign-in in a browser that the account was never used in. `link` ends it, until `until` (Unix time in milliseconds). */
  of('new_sign_in', { method: z.string(), link: z.string(), until: z.number() }),
  /** An operator asks the holder to add a passkey. `hasPasskey`: they have one, on one device only. */
  of('passkey_invitation', { hasPasskey: z.boolean() }),
  /** `isPaired`: on another device, which a session of the recipient confirmed. */
  of('passkey_added', { passkeyName: z.string(), isPaired: z.boolean().optional() }),
  of('passkey_deleted', { passkeyName: z.string() }),
  /**
   * `left`: unused codes. `link` ends the sign-in with the used code, until `until` (Unix time in milliseconds). Absent for
   * an unproven mailbox.
   */
  of('recovery_codes', {
    ...{ change: z.enum(['created', 'used', 'revoked']), left: z.number() },
    ...{ link: z.string().optional(), until: z.number().optional() },
  }),
  /** Signing in keeps the account until `until` (Unix time in milliseconds). */
  of('account_deletion_requested', { until: z.number() }),
  /** The account is not deleted after all. */
  of('account_kept', { reason: z.enum(['sign_in', 'administrator', 'email_change_undone']) }),
  /** `restorableUntil`: Unix time in milliseconds; absent: deleted permanently. */
  of('account_deleted', { restorableUntil: z.number().optional() }),
  of('account_restored', {}),
  /** `inviter`: their name. `organization`: its name, default the project's. `expiresAt`: Unix time in milliseconds. */
  of('operator_invitation', {
    link: z.string(),
    role: z.enum(['owner', 'admin', 'viewer']),
    organization: z.string().optional(),
    inviter: z.string().optional(),
    expiresAt: z.number().optional(),
  }),
  /**
   * To a new operator or one with a raised role. `passkeys` (names) and `identifiers` are those the promotion removed.
   */
  of('operator_promoted', {
    role: z.enum(['owner', 'admin', 'viewer']),
    organization: z.string(),
    passkeys: z.array(z.string()),
    identifiers: z.array(z.string()),
  }),
  /** To owners and admins: a webhook was switched off. `link`: its page in the console. */
  of('webhook_disabled', {
    project: z.string(),
    host: z.string(),
    reason: z.enum(['failing', 'gone']),
    link: z.string(),
  }),
  /** A test message sent by an operator. */
  of('test', {}),
]);

export type Mail = z.infer<typeof mailShape>;
export type MailKind = Mail['kind'];

/** The content of an outbox row, stored encrypted. */
export const outboxPayload = z.object({
  mail: mailShape,
  /** The worker deletes it unsent, so that an unknown address causes the same work as a known one. */
  isDiscarded: z.boolean(),
  /** Applied on sending, to mails that others can trigger without limit. */
  limit: z.enum(['notice', 'stranger', 'invitation']).optional(),
  /** Unix time in milliseconds after which the mail is useless (its code has expired); null: a day. */
  validUntil: z.number().nullable(),
});
export type OutboxPayload = z.infer<typeof outboxPayload>;

export type OutboxMail = {
  id: string;
  projectId: string;
  kind: string;
  /** Encrypted; null once sent or abandoned. */
  payload: string | null;
  attempts: number;
  createdAt: Date;
};

/**
 * The mailbox behind an address: most providers deliver `jane+news@` to `jane@` (RFC 5233), so tags would multiply a
 * limit at will. Used only as a key of limits. Keeps dots: only one provider ignores them. Expects a normalized
 * address.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const [mailbox = ''] = address.slice(0, at).split('+', 1);
  return mailbox === '' ? address : mailbox + address.slice(at);
}

/** State of the outbox across all projects. */
export type OutboxState = { waiting: number; waitsSince: Date | null; failed: number; lastError: string | null };

/** Delivery state of a mail. `reason` is the code of the last failure, also while it is still retried. */
export type MailOutcome = { state: 'queued' | 'sent' | 'failed'; reason: string | null };

/** A mail is abandoned after this time without success. */
const GIVE_UP_SECONDS = 24 * 60 * 60;

const MAX_PAUSE_SECONDS = 2 * 60 * 60;

/** The time of the next attempt after a failure, or null to abandon the mail. */
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
