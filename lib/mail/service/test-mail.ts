import type { Locale } from '@/lib/i18n/model';
import { transaction } from '@/lib/platform/db/transaction';
import type { MailOutcome } from '../model';
import * as rows from '../repository';
import { queueMail } from './queue';

const MINUTES = 10;

/** Mails a test message the way all mails go; resolves to the id by which to ask how it fares. */
export async function sendTestMail(projectId: string, to: string, locale: Locale): Promise<string> {
  const validUntil = new Date(Date.now() + MINUTES * 60_000); // whoever waits for it has gone by then
  return transaction((tx) => queueMail(tx, projectId, { kind: 'test', to, locale, params: {} }, { validUntil }));
}

/** How a test message of this project fares; null for any other mail. */
export async function findTestMail(projectId: string, id: string): Promise<MailOutcome | null> {
  return rows.findOutcome(projectId, id, 'test');
}
