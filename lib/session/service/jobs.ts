import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeExpiredSessions } from './purge';

export const sessionJobs: Job[] = [
  {
    name: 'session.purge',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeExpiredSessions(new Date(), signal),
  },
];
