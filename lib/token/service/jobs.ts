import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeRevokedTokens } from './revoke';
import { rotateDueKeys } from './rotate';

export const tokenJobs: Job[] = [
  {
    name: 'token.purge-revoked',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeRevokedTokens(new Date(), signal),
  },
  // Keys past `MAX_SIGNING_DAYS` and pending algorithm changes.
  { name: 'token.rotate-keys', everySeconds: 600, run: () => rotateDueKeys() },
];
