import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeEmailChanges } from './email-change';

export const identityJobs: Job[] = [
  {
    name: 'identity.purge-email-changes',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeEmailChanges(new Date(), signal),
  },
];
