import type { Tx } from '@/lib/platform/db/transaction';
import { decrypt } from '@/lib/platform/secret';
import { listSealedMails, markAbandoned } from '../repository';

/** How many mails wait in all projects, and the ids of those that SIGNET_SECRET does not decrypt. */
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

/** Gives up mails whose secret is lost for good; what is in them is kept for as long as that of any mail that was given up. */
export async function abandonMails(tx: Tx, ids: string[]): Promise<void> {
  await markAbandoned(tx, ids, new Date(), 'secret_replaced');
}
