import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeRateLimits } from './hit';

export const rateLimitJobs: Job[] = [
  { name: 'rate-limit.purge', everySeconds: PURGE_EVERY_SECONDS, run: () => purgeRateLimits() },
];
