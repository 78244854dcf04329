import { MAX_MAILED_BYTES, type Picture } from '@/lib/picture/model';
import { findPicture } from '@/lib/picture/service';
import { claimingJob } from '@/lib/platform/job';
import { leaseEnd, withRenewedLease } from '@/lib/platform/lease';
import { errorFields, log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import { decrypt } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { isBeingDeleted } from '@/lib/project/model/origin';
import { findLogo, getProject, textsOf } from '@/lib/project/service';
import { type Mail, nextAttempt, type OutboxMail, type OutboxPayload, outboxPayload } from '../model';
import * as rows from '../repository';
import { renderMail } from '../templates';
import { DeliveryError, deliver } from '../transport';
import { isWithinLimit } from './ceiling';

/** Concurrent deliveries per process, so that one slow delivery does not delay all others. */
const CONCURRENCY = 4;
/** An attempt fails after this time, regardless of what the mail server does. */
const DEADLINE_SECONDS = 60;
const UNREADABLE_PAUSE_SECONDS = 600;

/** `lease` is the end of the lease as last written. */
type Claimed = { mail: OutboxMail; lease: Date };

export const DELIVERY = 'mail.deliver';

/**
 * Sends the mails of the outbox. Several processes may run it: each mail is claimed by one of them. A delivery in
 * progress when the worker stops is completed.
 */
export const deliveryJob = claimingJob<Claimed>({ name: DELIVERY, concurrency: CONCURRENCY, claimNext, run: attempt });

/** Attempts every due mail once, for tests; resolves to the number of attempts. */
export async function deliverDueMail(now = new Date()): Promise<number> {
  for (let tried = 0; ; tried++) {
    const claimed = await claimNext(now);
    if (!claimed) return tried;
    await attempt(claimed);
  }
}

async function claimNext(now: Date): Promise<Claimed | null> {
  const lease = leaseEnd(now);
  for (;;) {
    const ids = await rows.listDue(now, CONCURRENCY);
    for (const id of ids) {
      const mail = await rows.claim(id, now, lease);
      if (mail) return { mail, lease };
    }
    if (ids.length < CONCURRENCY) return null; // other processes claimed all of them
  }
}

/**
 * Attempts one mail and records the outcome. Never throws: if that fails, the mail is retried once the lease expires.
 */
async function attempt(claimed: Claimed): Promise<void> {
  const { id, kind, attempts } = claimed.mail;
  try {
    const outcome = await trySending(claimed);
    metrics().mails.inc({ outcome });
    if (outcome !== 'discarded') log.info(`mail ${outcome}`, { mail_id: id, kind, attempts });
  } catch (error) {
    log.error('mail processing failed', { mail_id: id, kind, ...errorFields(error) });
  }
}

async function trySending(claimed: Claimed): Promise<'sent' | 'discarded' | 'postponed' | 'failed'> {
  const { mail } = claimed;
  const text = decrypted(mail);
  if (text === null) return keepUnreadable(claimed);
  const payload = parsed(text);
  if (!payload) return giveUp(claimed, 'unreadable');
  const project = await getProject(mail.projectId);
  if (payload.isDiscarded || isBeingDeleted(project)) {
    await rows.deleteMail(mail.id);
    return 'discarded';
  }
  // Counted at the first attempt only: a retry is the same mail.
  if (mail.attempts === 1 && !(await isWithinLimit(mail.projectId, payload))) {
    await rows.deleteMail(mail.id);
    return 'discarded';
  }
  if (payload.validUntil !== null && Date.now() >= payload.validUntil) return giveUp(claimed, 'expired');
  try {
    await withRenewedLease(() => renew(claimed), withinDeadline(send(mail, payload, project)));
  } catch (error) {
    return postpone(claimed, payload, error);
  }
  await rows.markSent(mail.id, new Date());
  return 'sent';
}

async function renew(claimed: Claimed): Promise<void> {
  const until = leaseEnd(new Date());
  if (await rows.renewClaim(claimed.mail.id, claimed.lease, until)) claimed.lease = until;
}

async function send(row: OutboxMail, { mail }: OutboxPayload, project: Project): Promise<void> {
  const { origin, mailFrom } = project;
  const [logo, picture] = await Promise.all([logoFor(project), pictureFor(project, mail)]);
  const rendered = renderMail(mail, {
    project: { ...project, hasLogo: logo !== null },
    hasPicture: picture !== null,
    happenedAt: row.createdAt,
    texts: await textsOf(project),
  });
  const { to, locale } = mail;
  await deliver({
    ...rendered,
    id: row.id,
    to,
    from: mailFrom,
    locale,
    origin,
    createdAt: row.createdAt,
    logo,
    picture,
  });
}

async function logoFor(project: Project): Promise<Picture | null> {
  return project.logoHash === null ? null : ifSmall(await findLogo(project, project.logoHash));
}

/** Null also if the person has replaced or removed it since. */
async function pictureFor(project: Project, { picture }: Mail): Promise<Picture | null> {
  return picture === undefined ? null : ifSmall(await findPicture(project.id, picture));
}

function ifSmall(image: Picture | null): Picture | null {
  return image && image.bytes.length <= MAX_MAILED_BYTES ? image : null;
}

async function postpone(claimed: Claimed, { validUntil }: OutboxPayload, error: unknown) {
  const { mail } = claimed;
  const reason = error instanceof DeliveryError ? error.reason : 'internal';
  const isPermanent = error instanceof DeliveryError && error.isPermanent;
  const next = isPermanent ? null : nextAttempt(mail, validUntil, new Date(), Math.random());
  if (!next) return giveUp(claimed, reason);
  log.warn('mail not delivered', { mail_id: mail.id, kind: mail.kind, attempts: mail.attempts, reason });
  await rows.markRetry(mail.id, claimed.lease, next, reason);
  return 'postponed';
}

async function giveUp({ mail, lease }: Claimed, reason: string): Promise<'failed'> {
  log.error('mail delivery abandoned', { mail_id: mail.id, kind: mail.kind, attempts: mail.attempts, reason });
  await rows.markFailed(mail.id, lease, new Date(), reason);
  return 'failed';
}

/** A mail that this SIGNET_SECRET does not decrypt is kept until the right one is back, without a time limit. */
async function keepUnreadable({ mail, lease }: Claimed): Promise<'postponed'> {
  log.error('mail cannot be decrypted: check SIGNET_SECRET', { mail_id: mail.id, kind: mail.kind });
  await rows.markRetry(mail.id, lease, new Date(Date.now() + UNREADABLE_PAUSE_SECONDS * 1000), 'unreadable');
  return 'postponed';
}

function decrypted(mail: OutboxMail): string | null {
  try {
    return decrypt('mail', mail.payload ?? '', mail.id);
  } catch {
    return null;
  }
}

/** Null if a version with other mail kinds queued it. */
function parsed(text: string): OutboxPayload | null {
  const payload = outboxPayload.safeParse(JSON.parse(text));
  return payload.success ? payload.data : null;
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
