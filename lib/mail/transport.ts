import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import type { Locale } from '@/lib/i18n/model';
import { imageFileName, type Picture } from '@/lib/picture/model';
import { withAsciiDomain } from '@/lib/platform/address';
import { env } from '@/lib/platform/env';
import { errorFields, log } from '@/lib/platform/log';
import { readSender } from '@/lib/platform/sender';
import { tlsOf } from '@/lib/platform/smtp-url';
import { isolated } from '@/lib/platform/text';
import { isLoopbackOrigin } from '@/lib/project/model/origin';
import type { RenderedMail } from './templates';
import { LOGO_CONTENT_ID, PICTURE_CONTENT_ID } from './templates/layout';

/** The adapter to nodemailer: sends a rendered mail by SMTP, or writes it to a file if SMTP_URL is not set. */
export type Message = RenderedMail & {
  /** The outbox row's ID. The Message-ID derives from it, so that a mail sent twice can be recognized as one. */
  id: string;
  to: string;
  /** The project's own sender as `Name <address>`, or null for MAIL_FROM. */
  from: string | null;
  locale: Locale;
  /** The project's primary origin. */
  origin: string;
  createdAt: Date;
  /** Shown by the HTML part as `LOGO_CONTENT_ID`. */
  logo?: Picture | null;
  /** The recipient's, shown as `PICTURE_CONTENT_ID`. */
  picture?: Picture | null;
};

/** `reason` goes to the log and the row: codes only, never an address. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  constructor(
    readonly reason: string,
    /** A retry would be refused again. */
    readonly isPermanent: boolean,
    cause: unknown,
  ) {
    super(`The mail was not delivered: ${reason}`, { cause });
  }

  /** Advice for the server's operator. */
  get advice(): string {
    return this.reason.startsWith('ETLS')
      ? 'SMTP_URL requires TLS, but the server does not offer it or its certificate is not trusted. Use smtps://, or add ?tls=opportunistic to allow unencrypted mail (see .env.example).'
      : 'Check SMTP_URL: host, port, TLS, user and password.';
  }
}

/** Delivers one mail. Throws `DeliveryError`. */
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
 * Timeouts of one delivery, in milliseconds, unless SMTP_URL sets others. The worker's deadline ends a delivery to a
 * server that keeps sending data.
 */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** Keeps mail content from reading files or URLs. */
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
 * Logs an error if mail cannot be sent by SMTP, at the start rather than when the first user waits for a mail. Never
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

/**
 * Connects and authenticates as for a mail, but sends nothing. Does nothing without SMTP_URL. Throws `DeliveryError`.
 */
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
 * Given a URL, nodemailer reads its options from the query and ignores any passed separately, so ours are added to the
 * query. Certificates are checked (nodemailer's default) unless the URL sets `tls.rejectUnauthorized=false`.
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

/** The nodemailer option for each setting. `smtps://` always starts with TLS. */
const TLS_OPTIONS = { required: ['requireTLS'], opportunistic: ['opportunisticTLS'], none: ['ignoreTLS'] } as const;

/** Writes `<data>/mail/<time>-<id>.eml`; a retry overwrites it. The file appears under its name once it is complete. */
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
  // The terminal of a server on a loopback origin belongs to its developer; any other server only writes the file.
  if (isLoopbackOrigin(message.origin)) print(message);
}

function toMailOptions({ id, to, from, subject, text, html, locale, origin, createdAt, ...images }: Message) {
  return {
    from: senderOf(from ?? env().mailFrom),
    to: { name: '', address: withAsciiDomain(to) }, // an object is not parsed: input cannot add a second address
    subject,
    text: withCrlf(text),
    html: withCrlf(html),
    messageId: `<${id}@${new URL(origin).hostname}>`,
    date: createdAt,
    textEncoding: 'quoted-printable' as const,
    attachments: attachmentsOf(images),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale }, // RFC 3834 §5
  };
}

/** Parts of the message (RFC 2387), so that reading it loads nothing and reports nothing to a server. */
function attachmentsOf({ logo, picture }: Pick<Message, 'logo' | 'picture'>) {
  return [
    ...(logo ? [attachmentOf(logo, LOGO_CONTENT_ID)] : []),
    ...(picture ? [attachmentOf(picture, PICTURE_CONTENT_ID)] : []),
  ];
}

/** The file is named as the part before the `@`. */
function attachmentOf(image: Picture, cid: string) {
  return {
    cid,
    filename: imageFileName(cid.slice(0, cid.indexOf('@')), image),
    contentType: image.mediaType,
    contentDisposition: 'inline' as const,
    content: Buffer.from(image.bytes),
  };
}

function senderOf(text: string): string | { name: string; address: string } {
  const sender = readSender(text);
  return sender ? { ...sender, name: isolated(sender.name) } : text;
}

/** RFC 5322 §2.3: lines end with CRLF, also in a file. */
function withCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

function print({ to, subject, text }: Message): void {
  if (env().logLevel === 'silent') return;
  const rule = '─'.repeat(72);
  process.stdout.write(`${rule}\nMail to ${to}\n${subject}\n\n${text}${rule}\n`);
}

/**
 * RFC 5321 §4.2.1: a 5yz reply to the recipient or the content is permanent. Other refusals (authentication, sender)
 * depend on our settings; once those are corrected, the mail can still be sent.
 */
function toDeliveryError(cause: unknown): DeliveryError {
  if (isCertificateRefused(cause)) return new DeliveryError('ETLS certificate', false, cause);
  const { code, responseCode, command } = detailsOf(cause);
  const isPermanent = responseCode !== undefined && responseCode >= 500 && ['RCPT TO', 'DATA'].includes(command ?? '');
  const reason = [code, responseCode, command].filter((part) => part !== undefined).join(' ');
  return new DeliveryError(reason || 'unknown', isPermanent, cause);
}

/** Nodemailer replaces Node's error codes with its own, but Node's messages all mention the certificate. */
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
