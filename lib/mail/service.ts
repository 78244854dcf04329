import { afterCommit, type Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { metrics } from '@/lib/platform/metrics';
import { decrypt, encrypt } from '@/lib/platform/secret';
import type { Mail, OutboxPayload } from './model';
import { deleteFinished, insertMail, listSealedMails, markAbandoned } from './repository';
import { mailbell } from './service/deliver';

export { readOutboxState } from './repository';
export { admitNewcomerMail } from './service/ceiling';
export { deliverDueMail, type MailWorker, startMailWorker } from './service/deliver';
export { checkMailServer, DeliveryError, reportMailServer } from './transport';

type QueueOptions = {
  /** The row is written like any other and then deleted unsent, so that what is not to be mailed costs the same work. */
  discard?: boolean;
  /**
   * `notice`, `invitation`: a mailbox gets ten a day of each, counted apart so that invitations hold back no notice. `stranger`: a
   * notice that also counts as a mail to an address without an account, because it is unverified. Counted when the mail is sent, so that a transaction that is undone counts nothing.
   */
  limit?: OutboxPayload['limit'];
  /** When the mail loses its use, such as the end of the code in it. Default: a day. */
  validUntil?: Date;
};

/**
 * Lays a mail into the outbox, encrypted, in the transaction of its cause: no cause without its mail, no mail without its
 * cause. The worker of this process, if there is one, is woken once it is committed. Resolves to its id.
 */
export async function queueMail(tx: Tx, projectId: string, mail: Mail, options: QueueOptions = {}): Promise<string> {
  const { discard = false, validUntil, limit } = options;
  const id = newId();
  const payload: OutboxPayload = { mail, isDiscarded: discard, limit, validUntil: validUntil?.getTime() ?? null };
  await insertMail(tx, {
    id,
    projectId,
    kind: mail.kind,
    payload: encrypt('mail', JSON.stringify(payload), id),
    createdAt: new Date(),
  });
  afterCommit(tx, () => {
    metrics().mails.inc({ outcome: 'queued' });
    mailbell().emit('queued');
  });
  return id;
}

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

const KEPT_DAYS = 7;
const PURGE_STEP = 500;

/** Forgets mails sent or given up a week ago; resolves to how many. */
export async function purgeFinishedMail(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1000);
  for (let total = 0; ; ) {
    const count = await deleteFinished(before, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}
