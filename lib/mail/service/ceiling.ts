import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import type { RateLimit } from '@/lib/rate-limit/model';
import { count } from '@/lib/rate-limit/service';
import { mailboxOf, type OutboxPayload } from '../model';

const HOUR_SECONDS = 60 * 60;
/** The daily limit as a multiple of the hourly one. */
const HOURS_PER_DAY = 5;

/**
 * Counts a mail that an anonymous client caused and returns whether it may be sent. Mails to addresses without an
 * account are limited per project, because a limit per address does not stop invented addresses. Mails to known
 * addresses are counted under another name and never withheld: the same work, so that timing reveals nothing.
 */
export async function admitNewcomerMail(projectId: string, isNewcomer: boolean): Promise<boolean> {
  const isWithinHour = await countIn(projectId, isNewcomer, 'hour');
  // A mail withheld by the hourly limit does not count towards the daily one.
  const isWithinDay = await countIn(projectId, isNewcomer && isWithinHour, 'day');
  const isAllowed = isWithinHour && isWithinDay;
  if (!isAllowed) metrics().mails.inc({ outcome: 'withheld' });
  return isAllowed;
}

/** Per mailbox: this many notices, and separately this many invitations. */
const MAX_PER_DAY = 10;

/** Counts a mail that others can trigger without limit; returns whether it may be sent to its address. */
export async function isWithinLimit(projectId: string, { mail, limit }: OutboxPayload): Promise<boolean> {
  if (limit === undefined) return true;
  const key = `${projectId}\0${mailboxOf(mail.to)}`;
  const name = limit === 'invitation' ? 'invitation-mail' : 'notice-mail';
  const position = await count({ name, key, max: MAX_PER_DAY, windowSeconds: 24 * HOUR_SECONDS });
  if (position > MAX_PER_DAY) {
    metrics().mails.inc({ outcome: 'withheld' });
    return false;
  }
  return limit !== 'stranger' || admitNewcomerMail(projectId, true);
}

async function countIn(projectId: string, isNewcomer: boolean, span: 'hour' | 'day'): Promise<boolean> {
  const limit = limitOf(projectId, isNewcomer, span);
  const position = await count(limit);
  if (!isNewcomer || position <= limit.max) return true;
  // Exactly one caller across all processes gets this number.
  if (position === limit.max + 1) log.warn(`newcomer mail limit for this ${span} reached`, { project_id: projectId });
  return false;
}

function limitOf(projectId: string, isNewcomer: boolean, span: 'hour' | 'day'): RateLimit {
  const perHour = env().newcomerMailsPerHour;
  return {
    name: isNewcomer ? 'newcomer-mail' : 'other-mail',
    key: projectId,
    max: span === 'hour' ? perHour : perHour * HOURS_PER_DAY,
    windowSeconds: span === 'hour' ? HOUR_SECONDS : 24 * HOUR_SECONDS,
  };
}
