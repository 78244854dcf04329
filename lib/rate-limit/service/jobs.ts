import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeRateLimits } from './limits';

export const rateLimitJobs: Job[] = [
  {
    name: 'rate-limit.purge',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeRateLimits(new Date(), signal),
  },
];
