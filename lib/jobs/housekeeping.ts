import { purgeChallenges } from '@/lib/credential/service';
import { purgeIdempotencyKeys } from '@/lib/idempotency/service';
import { purgeEmailChanges } from '@/lib/identity/service';
import { purgeFinishedMail } from '@/lib/mail/service';
import { purgeInvitations } from '@/lib/operator/service';
import { errorFields, log } from '@/lib/platform/log';
import { purgeAuditEvents } from '@/lib/project/service';
import { purgeRateLimits } from '@/lib/rate-limit/service';
import { purgeExpiredSessions } from '@/lib/session/service';
import { purgeRevokedTokens, rotateDueKeys } from '@/lib/token/service';
import { purgeReturnPaths, purgeVerifications } from '@/lib/verification/service';

const EVERY_MILLIS = 10 * 60 * 1000;
const TASKS = [
  purgeExpiredSessions,
  purgeVerifications,
  purgeReturnPaths,
  purgeChallenges,
  purgeInvitations,
  purgeRateLimits,
  purgeFinishedMail,
  purgeRevokedTokens,
  purgeIdempotencyKeys,
  purgeEmailChanges,
  purgeAuditEvents,
  rotateDueKeys,
];

/**
 * Removes what has expired, to keep the tables small and addresses no longer than they are needed (SECURITY.md). No rule
 * relies on it: every expiry is checked when the row is read. Signing keys that have signed for long enough are replaced.
 */
export function startHousekeeping(): { stop(): void } {
  const timer = setInterval(() => void sweep(), EVERY_MILLIS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

async function sweep(): Promise<void> {
  for (const task of TASKS) {
    try {
      await task();
    } catch (error) {
      log.warn('housekeeping failed', { task: task.name, ...errorFields(error) });
    }
  }
}
