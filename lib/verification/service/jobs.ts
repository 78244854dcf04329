import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeVerifications } from './purge';
import { purgeReturnPaths } from './return-path';

export const verificationJobs: Job[] = [
  {
    name: 'verification.purge',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeVerifications(new Date(), signal),
  },
  {
    name: 'verification.purge-return-paths',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeReturnPaths(new Date(), signal),
  },
];
