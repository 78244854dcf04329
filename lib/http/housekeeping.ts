import { purgeChallenges } from '@/lib/credential/service';
import { purgeFinishedMail } from '@/lib/mail/service';
import { errorFields, log } from '@/lib/platform/log';
import { purgeRateLimits } from '@/lib/rate-limit/service';
import { purgeExpiredSessions } from '@/lib/session/service';
import { purgeVerifications } from '@/lib/verification/service';

const EVERY_MILLIS = 10 * 60 * 1000;

/**
 * Removes what has expired, to keep the tables small. Nothing relies on it: every expiry is checked when the row is read.
 */
export function startHousekeeping(): { stop(): void } {
  const timer = setInterval(() => void sweep(), EVERY_MILLIS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

async function sweep(): Promise<void> {
  for (const purge of [purgeExpiredSessions, purgeVerifications, purgeChallenges, purgeRateLimits, purgeFinishedMail]) {
    try {
      await purge();
    } catch (error) {
      log.warn('housekeeping failed', { task: purge.name, ...errorFields(error) });
    }
  }
}
