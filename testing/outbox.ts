import { type Mail, type OutboxPayload, outboxPayload } from '@/lib/mail/model';
import { db } from '../lib/platform/db/client';
import { decrypt } from '../lib/platform/secret';

/** The decrypted outbox, oldest first: for tests that follow a mail without a mail server. */
export async function readOutbox(): Promise<OutboxPayload[]> {
  const rows = await (await db()).outboxMail.findMany({ where: { payload: { not: null } }, orderBy: { id: 'asc' } });
  return rows.map(({ id, payload }) => outboxPayload.parse(JSON.parse(decrypt('mail', payload ?? '', id))));
}

/** The newest queued mail to this address. Throws when there is none. */
export async function lastMailTo(address: string): Promise<Mail> {
  const mails = (await readOutbox()).filter(({ mail, isDiscarded }) => mail.to === address && !isDiscarded);
  const last = mails.at(-1);
  if (!last) throw new Error(`no mail to ${address}`);
  return last.mail;
}

/** Code and link of a mail; an empty string for the one it does not contain. */
export function codeAndLink(mail: Mail): { code: string; link: string; token: string } {
  const code = 'code' in mail.params ? (mail.params.code ?? '') : '';
  const link = 'link' in mail.params ? (mail.params.link ?? '') : '';
  return { code, link, token: link.split('?')[1] ?? '' };
}
