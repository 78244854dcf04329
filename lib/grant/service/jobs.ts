import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeGrants } from './purge';

export const grantJobs: Job[] = [
  { name: 'grant.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purgeGrants(new Date(), signal) },
];
