import { afterCommit, type Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { wakeWorker } from '@/lib/platform/job';
import { metrics } from '@/lib/platform/metrics';
import { encrypt } from '@/lib/platform/secret';
import type { Mail, OutboxPayload } from '../model';
import { insertMail } from '../repository';
import { DELIVERY } from './deliver';

type QueueOptions = {
  /**
   * Writes the row as usual and later deletes it unsent, so that the request causes the same work as one that sends.
   */
  discard?: boolean;
  /**
   * `notice`, `invitation`: ten of each per mailbox and day, counted separately so that invitations never withhold a
   * notice. `stranger`: a notice to an unverified address, also counted as a mail to an address without an account.
   * Counted on sending, so that a rolled-back transaction counts nothing.
   */
  limit?: OutboxPayload['limit'];
  /** When the mail becomes useless, such as when its code expires. Default: a day. */
  validUntil?: Date;
};

/**
 * Writes a mail to the outbox, encrypted, in the transaction of its cause: no cause without its mail, no mail without
 * its cause. The commit wakes this process's worker, if any. Resolves to the mail's ID.
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
    wakeWorker(DELIVERY);
  });
  return id;
}
