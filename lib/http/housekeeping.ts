import { purgeChallenges } from '@/lib/credential/service';
import { purgeFinishedMail } from '@/lib/mail/service';
import { purgeInvitations } from '@/lib/operator/service';
import { errorFields, log } from '@/lib/platform/log';
import { purgeRateLimits } from '@/lib/rate-limit/service';
import { purgeExpiredSessions } from '@/lib/session/service';
import { purgeVerifications } from '@/lib/verification/service';

const EVERY_MILLIS = 10 * 60 * 1000;
const PURGES = [
  purgeExpiredSessions,
  purgeVerifications,
  purgeChallenges,
  purgeInvitations,
  purgeRateLimits,
  purgeFinishedMail,
];

/**
 * Removes what has expired, to keep the tables small and addresses no longer than they are needed (SECURITY.md). No rule
 * relies on it: every expiry is checked when the row is read.
 */
export function startHousekeeping(): { stop(): void } {
  const timer = setInterval(() => void sweep(), EVERY_MILLIS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

async function sweep(): Promise<void> {
  for (const purge of PURGES) {
    try {
      await purge();
    } catch (error) {
      log.warn('housekeeping failed', { task: purge.name, ...errorFields(error) });
    }
  }
}
