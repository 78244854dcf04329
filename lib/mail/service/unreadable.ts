import type { Tx } from '@/lib/platform/db/transaction';
import { decrypt } from '@/lib/platform/secret';
import { listSealedMails, markAbandoned } from '../repository';

/** The number of queued mails in all projects, and the IDs of those that SIGNET_SECRET does not decrypt. */
export async function findUnreadableMails(): Promise<{ stored: number; unreadable: string[] }> {
  const mails = await listSealedMails();
  const unreadable = mails.filter(({ id, payload }) => !isReadable(id, payload)).map(({ id }) => id);
  return { stored: mails.length, unreadable };
}

function isReadable(id: string, payload: string): boolean {
  try {
    decrypt('mail', payload, id);
    return true;
  } catch {
    return false;
  }
}

/** Abandons mails whose secret was lost; their payload is kept until the purge of abandoned mails. */
export async function abandonMails(tx: Tx, ids: string[]): Promise<void> {
  await markAbandoned(tx, ids, new Date(), 'secret_replaced');
}
