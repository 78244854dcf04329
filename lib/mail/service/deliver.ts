import { EventEmitter } from 'node:events';
import { errorFields, log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import { decrypt } from '@/lib/platform/secret';
import { getProject } from '@/lib/project/service';
import { nextAttempt, type OutboxMail, type OutboxPayload, outboxPayload } from '../model';
import * as rows from '../repository';
import { renderMail } from '../templates';
import { DeliveryError, deliver } from '../transport';

/** How many mails this process sends side by side, so that a slow server holds up few. */
const LANES = 4;
const POLL_MILLIS = 5000;
/** A mail is held this long; the lease of a process that was killed runs out and another one takes over. */
const LEASE_SECONDS = 120;
/** Well before the lease: then this process lets go, whatever the mail server does. */
const DEADLINE_SECONDS = 60;

type Claimed = { mail: OutboxMail; lease: Date };
export type MailWorker = { stop(): Promise<void> };

/** Where committed mails are announced. The front server and Next's build carry a copy each of this module, on one object. */
export function mailbell(): EventEmitter {
  holder[SLOT] ??= new EventEmitter();
  return holder[SLOT];
}

const SLOT = Symbol.for('signet.mailbell');
const holder: { [key: symbol]: EventEmitter | undefined } = globalThis as never;

/**
 * Sends what waits in the outbox, at once when this process queued it, else within seconds. Several processes may run one:
 * each mail is claimed by one of them. `stop` takes no further mail and finishes those under way.
 */
export function startMailWorker(): MailWorker {
  const underWay = new Set<Promise<void>>();
  let isStopped = false;
  let isLooking = false;
  let isRung = false;

  async function look(): Promise<void> {
    isRung = true;
    if (isLooking) return;
    isLooking = true;
    try {
      while (isRung && !isStopped) {
        isRung = false;
        await fillLanes();
      }
    } catch (error) {
      log.error('the outbox cannot be read', errorFields(error));
    } finally {
      isLooking = false;
    }
  }

  async function fillLanes(): Promise<void> {
    while (!isStopped && underWay.size < LANES) {
      const claimed = await claimNext(new Date());
      if (!claimed) return;
      const lane = attempt(claimed).finally(() => {
        underWay.delete(lane);
        ring();
      });
      underWay.add(lane);
    }
  }

  let looking: Promise<void> = Promise.resolve();
  const ring = () => {
    if (!isStopped) looking = Promise.all([looking, look()]).then(() => undefined);
  };
  const timer = setInterval(ring, POLL_MILLIS).unref();
  mailbell().on('queued', ring);
  ring();

  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      mailbell().off('queued', ring);
      await looking;
      await Promise.all(underWay);
    },
  };
}

/** One round over what is due now, for programs that end (the command line) and tests; resolves to how many were tried. */
export async function deliverDueMail(now = new Date()): Promise<number> {
  for (let tried = 0; ; tried++) {
    const claimed = await claimNext(now);
    if (!claimed) return tried;
    await attempt(claimed);
  }
}

async function claimNext(now: Date): Promise<Claimed | null> {
  const lease = new Date(now.getTime() + LEASE_SECONDS * 1000);
  for (;;) {
    const ids = await rows.listDue(now, LANES);
    for (const id of ids) {
      const mail = await rows.claim(id, now, lease);
      if (mail) return { mail, lease };
    }
    if (ids.length < LANES) return null; // other processes were first with all there was
  }
}

/** Tries one mail and writes down how it went. Never throws: what cannot be written now is tried again when the lease is over. */
async function attempt(claimed: Claimed): Promise<void> {
  const { id, kind, attempts } = claimed.mail;
  try {
    const outcome = await trySending(claimed);
    metrics().mails.inc({ outcome: OUTCOMES[outcome] });
    if (outcome !== 'discarded') log.info(`mail ${outcome}`, { mail_id: id, kind, attempts });
  } catch (error) {
    log.error('mail could not be processed', { mail_id: id, kind, ...errorFields(error) });
  }
}

const OUTCOMES = { sent: 'sent', discarded: 'discarded', postponed: 'postponed', 'given up': 'failed' } as const;

async function trySending({ mail, lease }: Claimed): Promise<'sent' | 'discarded' | 'postponed' | 'given up'> {
  const payload = open(mail);
  if (!payload) return giveUp(mail, lease, 'unreadable');
  if (payload.isDiscarded) {
    await rows.deleteMail(mail.id);
    return 'discarded';
  }
  if (payload.validUntil !== null && Date.now() >= payload.validUntil) return giveUp(mail, lease, 'expired');
  try {
    await withinDeadline(send(mail, payload));
  } catch (error) {
    return postpone(mail, lease, payload, error);
  }
  await rows.markSent(mail.id, new Date());
  return 'sent';
}

async function send(row: OutboxMail, { mail }: OutboxPayload): Promise<void> {
  const project = await getProject(row.projectId);
  const { origin, mailFrom } = project;
  const rendered = renderMail(mail, { project, happenedAt: row.createdAt });
  const { to, locale } = mail;
  await deliver({ ...rendered, id: row.id, to, from: mailFrom, locale, origin, createdAt: row.createdAt });
}

async function postpone(mail: OutboxMail, lease: Date, { validUntil }: OutboxPayload, error: unknown) {
  const reason = error instanceof DeliveryError ? error.reason : 'internal';
  const isPermanent = error instanceof DeliveryError && error.isPermanent;
  const next = isPermanent ? null : nextAttempt(mail, validUntil, new Date(), Math.random());
  if (!next) return giveUp(mail, lease, reason);
  log.warn('mail not delivered', { mail_id: mail.id, kind: mail.kind, attempts: mail.attempts, reason });
  await rows.markRetry(mail.id, lease, next, reason);
  return 'postponed';
}

async function giveUp(mail: OutboxMail, lease: Date, reason: string): Promise<'given up'> {
  log.error('mail given up', { mail_id: mail.id, kind: mail.kind, attempts: mail.attempts, reason });
  await rows.markFailed(mail.id, lease, new Date(), reason);
  return 'given up';
}

/** Null when it was encrypted under another SIGNET_SECRET, or by a version that knew other mails. */
function open(mail: OutboxMail): OutboxPayload | null {
  try {
    return outboxPayload.parse(JSON.parse(decrypt('mail', mail.payload ?? '', mail.id)));
  } catch {
    return null;
  }
}

async function withinDeadline(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeliveryError('deadline', false, undefined)), DEADLINE_SECONDS * 1000);
  });
  try {
    await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
