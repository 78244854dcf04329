import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import type { Locale } from '@/lib/i18n/model';
import { withAsciiDomain } from '@/lib/platform/address';
import { env } from '@/lib/platform/env';
import { errorFields, log } from '@/lib/platform/log';
import { readSender } from '@/lib/platform/sender';
import { tlsOf } from '@/lib/platform/smtp-url';
import { isolated } from '@/lib/platform/text';
import { isLoopbackOrigin } from '@/lib/project/model/origin';
import type { RenderedMail } from './templates';

/** The adapter to nodemailer: a rendered mail goes out by SMTP, or without SMTP_URL into a file. */
export type Message = RenderedMail & {
  /** The outbox row's id: the Message-ID comes from it, so that a mail sent twice is recognisable as one. */
  id: string;
  to: string;
  /** The project's own sender as `Name <address>`, or null for MAIL_FROM. */
  from: string | null;
  locale: Locale;
  /** The project's. */
  origin: string;
  createdAt: Date;
};

/** `reason` is for the log and the row: codes only, never an address. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  constructor(
    readonly reason: string,
    /** Trying again would be refused again. */
    readonly isPermanent: boolean,
    cause: unknown,
  ) {
    super(`The mail was not delivered: ${reason}`, { cause });
  }

  /** For the operator of the server. */
  get advice(): string {
    return this.reason.startsWith('ETLS')
      ? 'SMTP_URL requires TLS, but the server does not offer it or its certificate is not trusted. Use smtps://, or add ?tls=opportunistic to allow unencrypted mail (see .env.example).'
      : 'Check SMTP_URL: host, port, TLS, user and password.';
  }
}

/** Hands one mail over. Throws `DeliveryError`. */
export async function deliver(message: Message): Promise<void> {
  const { smtpUrl } = env();
  try {
    if (smtpUrl === undefined) await writeMailFile(message);
    else await sendBySmtp(smtpUrl, message);
  } catch (cause) {
    throw toDeliveryError(cause);
  }
}

/**
 * Longest waits for one mail, in milliseconds, unless SMTP_URL says others. A server that keeps talking is let go by the
 * worker's own deadline.
 */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** No mail of ours may name a file or URL to be read. */
const SAFETY = { disableFileAccess: true, disableUrlAccess: true };

async function sendBySmtp(url: string, message: Message): Promise<void> {
  const transport = smtpTransport(url);
  try {
    await transport.sendMail(toMailOptions(message));
  } finally {
    transport.close();
  }
}

/**
 * Logs as an error when no mail can go out by SMTP, at the start rather than when the first person waits for one. Never
 * throws.
 */
export async function reportMailServer(): Promise<void> {
  try {
    await checkMailServer();
  } catch (error) {
    if (!(error instanceof DeliveryError)) return log.error('mail server check failed', errorFields(error));
    log.error('mail cannot be sent', { reason: error.reason, advice: error.advice });
  }
}

/** Connects and logs in as a mail would, and sends nothing. Throws `DeliveryError`; without SMTP_URL there is nothing to ask. */
export async function checkMailServer(): Promise<void> {
  const { smtpUrl } = env();
  if (smtpUrl === undefined) return;
  const transport = smtpTransport(smtpUrl);
  try {
    await transport.verify();
  } catch (cause) {
    throw toDeliveryError(cause);
  } finally {
    transport.close();
  }
}

/**
 * Given a URL, nodemailer takes its query for the options and drops any that stand beside it: so ours go into the query.
 * Certificates are checked (nodemailer's default) unless the URL itself says `tls.rejectUnauthorized=false`.
 */
export function smtpTransport(smtpUrl: string): Transporter {
  const url = new URL(smtpUrl);
  url.searchParams.delete('tls');
  for (const name of TLS_OPTIONS[tlsOf(smtpUrl)]) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, 'true');
  }
  for (const [name, millis] of Object.entries(TIMEOUTS)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(millis));
  }
  for (const [name, value] of Object.entries(SAFETY)) url.searchParams.set(name, String(value));
  return createTransport(url.href);
}

/** How each setting is said to nodemailer. `smtps://` begins with TLS, whatever these say. */
const TLS_OPTIONS = { required: ['requireTLS'], opportunistic: ['opportunisticTLS'], none: ['ignoreTLS'] } as const;

/** `<data>/mail/<time>-<id>.eml`; a repeat writes the same file. It appears under its name only when it is whole. */
async function writeMailFile(message: Message): Promise<void> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows', ...SAFETY });
  const { message: content } = await transport.sendMail(toMailOptions(message));
  if (!Buffer.isBuffer(content)) throw new Error('nodemailer gave a stream for a buffer');
  const dir = path.join(env().dataDir, 'mail');
  const time = message.createdAt.toISOString().replace(/[-:]|\.\d+/g, '');
  const file = path.join(dir, `${time}-${message.id}.eml`);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.part`, content, { mode: 0o600 });
  await rename(`${file}.part`, file);
  // Whoever reads the terminal of a server on their own machine may read its mails; any other server keeps them in the file.
  if (isLoopbackOrigin(message.origin)) print(message);
}

function toMailOptions({ id, to, from, subject, text, html, locale, origin, createdAt }: Message) {
  return {
    from: senderOf(from ?? env().mailFrom),
    to: { name: '', address: withAsciiDomain(to) }, // an object is not parsed: input cannot become a second address
    subject,
    text: withCrlf(text),
    html: withCrlf(html),
    messageId: `<${id}@${new URL(origin).hostname}>`,
    date: createdAt,
    textEncoding: 'quoted-printable' as const,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale }, // RFC 3834 §5
  };
}

function senderOf(text: string): string | { name: string; address: string } {
  const sender = readSender(text);
  return sender ? { ...sender, name: isolated(sender.name) } : text;
}

/** RFC 5322 §2.3: lines end with CRLF, in a file too. */
function withCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

function print({ to, subject, text }: Message): void {
  if (env().logLevel === 'silent') return;
  const rule = '─'.repeat(72);
  process.stdout.write(`${rule}\nMail to ${to}\n${subject}\n\n${text}${rule}\n`);
}

/**
 * RFC 5321 §4.2.1: a 5yz answer to the recipient or the content will be the same next time. The other refusals (log-in,
 * sender) are ours to set right, and then the mail can still go.
 */
function toDeliveryError(cause: unknown): DeliveryError {
  if (isCertificateRefused(cause)) return new DeliveryError('ETLS certificate', false, cause);
  const { code, responseCode, command } = detailsOf(cause);
  const isPermanent = responseCode !== undefined && responseCode >= 500 && ['RCPT TO', 'DATA'].includes(command ?? '');
  const reason = [code, responseCode, command].filter((part) => part !== undefined).join(' ');
  return new DeliveryError(reason || 'unknown', isPermanent, cause);
}

/** Nodemailer puts codes of its own over those of Node, whose words all name the certificate. */
function isCertificateRefused(error: unknown): boolean {
  const { code } = detailsOf(error);
  return error instanceof Error && ['ESOCKET', 'ETLS'].includes(code ?? '') && /certificate/i.test(error.message);
}

function detailsOf(error: unknown): { code?: string; responseCode?: number; command?: string } {
  if (!(error instanceof Error)) return {};
  return {
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('responseCode' in error && typeof error.responseCode === 'number' && { responseCode: error.responseCode }),
    ...('command' in error && typeof error.command === 'string' && { command: error.command }),
  };
}
