import type { Locale } from '@/lib/i18n/model';
import { transaction } from '@/lib/platform/db/transaction';
import type { MailOutcome } from '../model';
import * as rows from '../repository';
import { queueMail } from './queue';

const MINUTES = 10;

/** Queues a test message like any other mail; resolves to its ID for `findTestMail`. */
export async function sendTestMail(projectId: string, to: string, locale: Locale): Promise<string> {
  const validUntil = new Date(Date.now() + MINUTES * 60_000); // the operator no longer waits for it by then
  return transaction((tx) => queueMail(tx, projectId, { kind: 'test', to, locale, params: {} }, { validUntil }));
}

/** The delivery state of a test message of this project; null for any other mail. */
export async function findTestMail(projectId: string, id: string): Promise<MailOutcome | null> {
  return rows.findOutcome(projectId, id, 'test');
}
