import { afterCommit, type Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { wakeWorker } from '@/lib/platform/job';
import { metrics } from '@/lib/platform/metrics';
import { encrypt } from '@/lib/platform/secret';
import type { Mail, OutboxPayload } from '../model';
import { insertMail } from '../repository';
import { DELIVERY } from './deliver';

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
    wakeWorker(DELIVERY);
  });
  return id;
}
