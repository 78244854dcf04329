import type { Locale } from '@/lib/i18n/model';
import { type Mail, type MailKind, mailboxOf } from '@/lib/mail/model';
import { sourceOf } from '@/lib/mail/model/source';
import { queueMail } from '@/lib/mail/service';
import { isAddress } from '@/lib/platform/address';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { LINK_TOKEN } from '@/lib/platform/link-token';
import { addressKey } from '@/lib/platform/network';
import { hmac, randomCode, randomLinkToken, randomReadable } from '@/lib/platform/secret';
import { type RateLimit, rateLimited } from '@/lib/rate-limit/model';
import { consumeLimits } from '@/lib/rate-limit/service';
import { CODE_MINUTES, type CodePurpose, RECOVERY_CODE_LENGTH, toLink, type Verification } from '../model';
import * as rows from '../repository';
import { guessAvailability } from './guesses';

type MailedKind = Extract<MailKind, 'sign_in' | 'registration' | 'step_up' | 'email_change_code' | 'invitation_code'>;

/** The origin of a request, as determined by the front server. The request context contains these fields. */
export type ClientContext = {
  projectId: string;
  origin: string;
  requestId: string;
  address: string;
  userAgent?: string;
};

export type IssueInput = {
  purpose: CodePurpose;
  /** The kind of mail that carries it. */
  kind: MailedKind;
  address: string;
  browserHash: string;
  locale: Locale;
  /** The holder's name for the greeting, unless the mailbox is unproven. */
  name?: string;
  identityId: string | null;
  revocationEpoch: number | null;
  sessionId: string | null;
  returnTo: string | null;
  hasCode: boolean;
  /** False: the same work is done, but no mail is sent. */
  isMailed: boolean;
};

/** Creates code and link, expires earlier ones of this browser, and queues the mail, in one transaction. */
export async function issue(client: ClientContext, input: IssueInput): Promise<Verification> {
  const { verification, mail } = prepare(client, input);
  const { projectId, purpose, browserHash, createdAt, expiresAt } = verification;
  await transaction(async (tx) => {
    await rows.expirePending(tx, { projectId, purpose, browserHash }, createdAt);
    await rows.insertVerification(tx, verification);
    await queueMail(tx, projectId, mail, { discard: !input.isMailed, validUntil: expiresAt });
  });
  return verification;
}

function prepare(client: ClientContext, input: IssueInput): { verification: Verification; mail: Mail } {
  const {
    purpose,
    kind,
    address,
    locale,
    name,
    browserHash,
    identityId,
    revocationEpoch,
    sessionId,
    returnTo,
    hasCode,
  } = input;
  const code = randomCode();
  const token = newLinkToken();
  const verification: Verification = {
    ...blank(client.projectId, purpose, token, new Date()),
    ...{ address, browserHash, identityId, revocationEpoch, sessionId, returnTo },
  };
  verification.codeHash = hasCode ? hashCode(verification.id, code) : null;
  const link = toLink(client.origin, token);
  return {
    verification,
    mail: toMail({ kind, to: address, locale, name, source: sourceOf(client), code, link, hasCode }),
  };
}

type MailFacts = Pick<Mail, 'to' | 'locale' | 'name' | 'source'> & {
  kind: MailedKind;
  code: string;
  link: string;
  hasCode: boolean;
};

function toMail({ kind, code, link, hasCode, ...envelope }: MailFacts): Mail {
  const minutes = CODE_MINUTES;
  switch (kind) {
    case 'sign_in':
    case 'registration':
      return { ...envelope, kind, params: { code: hasCode ? code : null, link, minutes } };
    case 'step_up':
    case 'email_change_code':
    case 'invitation_code':
      return { ...envelope, kind, params: { code, minutes } };
  }
}

/** An unanswerable verification; the caller sets holder and address. */
export function blank(projectId: string, purpose: CodePurpose, token: string, now: Date): Verification {
  return {
    id: newId(),
    projectId,
    purpose,
    address: '',
    identityId: null,
    sessionId: null,
    revocationEpoch: null,
    browserHash: '',
    codeHash: null,
    linkHash: hashLink(token),
    wrongTries: 0,
    returnTo: null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CODE_MINUTES * 60 * 1000),
    consumedAt: null,
  };
}

export const newLinkToken = randomLinkToken;

/** Six digits have little entropy: the hash is keyed and includes the row's ID. */
export function hashCode(verificationId: string, code: string): string {
  return hmac('code', `${verificationId}\0${code}`);
}

/** A recovery code for an operator to hand over, and the token of its link. */
export function newRecoveryCode(projectId: string): { code: string; token: string } {
  for (;;) {
    const code = randomReadable(RECOVERY_CODE_LENGTH);
    const token = recoveryToken(projectId, code);
    if (LINK_TOKEN.test(token)) return { code, token };
  }
}

/**
 * Derives the link's token from the code with a server key, so that one row and one index find both; neither reveals
 * the other.
 */
export function recoveryToken(projectId: string, code: string): string {
  return hmac('recovery-code', `${projectId}\0${code}`).slice(0, 24);
}

export function hashLink(token: string): string {
  return hmac('link', token);
}

const HOUR_SECONDS = 60 * 60;
const UNANSWERED = { max: 3, windowSeconds: 15 * 60 };
/** Mails to one mailbox: for strangers in one network, for all strangers, and separately for familiar browsers. */
const MAX_MAILS_PER_HOUR = { network: 12, strangers: 20, familiar: 10 };

/** A request for a code. */
export type CodeRequest = {
  purpose: CodePurpose;
  address: string;
  browserHash: string;
  /** For step-up of a signed-in person. */
  sessionId: string | null;
  identityId?: string | null;
  /** Whether this address has signed in in this browser. All other browsers are strangers. */
  isFamiliar: boolean;
};

/** The mail may carry a code while `guessesLeft` is not zero; `nextAt` is the time of the next guess. */
export type Admission = { guessesLeft: number; nextAt: Date | null };

/**
 * Admits one more mail to this address, with or without a code. Counts per mailbox, ignoring any `+tag`,
 * and equally for addresses without an account. A browser may have three unanswered mails in 15 minutes (a used code or
 * link does not count). Requests of strangers do not reduce that limit or the share of familiar browsers, and one
 * network cannot use up the strangers' share; no mailbox gets more than thirty an hour. Refuses: `rate_limited`.
 */
export async function admit(client: ClientContext, request: CodeRequest): Promise<Admission> {
  const now = new Date();
  const { browserHash, purpose } = request;
  const since = before(now, UNANSWERED.windowSeconds);
  guardUnanswered(
    await rows.listUnanswered({ projectId: client.projectId, purpose, browserHash }, since),
    request,
    now,
  );
  await consumeLimits(...limitsOf(client, request));
  const { left, nextAt } = await guessAvailability({ projectId: client.projectId, ...request });
  return { guessesLeft: left, nextAt };
}

function guardUnanswered(unanswered: rows.Trace[], { address }: CodeRequest, now: Date): void {
  const oldest = unanswered.filter((trace) => mailboxOf(trace.address) === mailboxOf(address)).at(-UNANSWERED.max);
  if (oldest) throw rateLimited(new Date(oldest.createdAt.getTime() + UNANSWERED.windowSeconds * 1000), now);
}

function limitsOf(client: ClientContext, { address, isFamiliar }: CodeRequest): RateLimit[] {
  const key = `${client.projectId}\0${mailboxOf(address)}`;
  const network = addressKey(client.address);
  const perHour = (name: string, of: string, max: number) => ({ name, key: of, max, windowSeconds: HOUR_SECONDS });
  const perClient = { name: 'code-mail-client', key: network, max: 100, windowSeconds: 15 * 60 };
  if (isFamiliar) return [perHour('code-mail-familiar', key, MAX_MAILS_PER_HOUR.familiar), perClient];
  return [
    perHour('code-mail-network', `${key}\0${network}`, MAX_MAILS_PER_HOUR.network),
    perHour('code-mail-address', key, MAX_MAILS_PER_HOUR.strangers),
    perClient,
  ];
}

/** Validates a normalized address. Refuses: `invalid_input` at `/email`. */
export function requireAddress(normalized: string): string {
  if (isAddress(normalized)) return normalized;
  throw new AppError('invalid_input', { violations: [{ pointer: '/email', message: 'is not a valid email address' }] });
}

function before(now: Date, seconds: number): Date {
  return new Date(now.getTime() - seconds * 1000);
}
