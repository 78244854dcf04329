import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeIdempotencyKeys } from './purge';

export const idempotencyJobs: Job[] = [
  {
    name: 'idempotency.purge',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeIdempotencyKeys(new Date(), signal),
  },
];
