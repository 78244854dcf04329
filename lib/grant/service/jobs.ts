import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { deliverLogoutJob } from './deliver-logout';
import { purgeGrants } from './purge';

export const grantJobs: Job[] = [
  deliverLogoutJob,
  { name: 'grant.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purgeGrants(new Date(), signal) },
];
