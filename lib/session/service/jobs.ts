import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeExpiredSessions, purgeKnownBrowsers } from './purge';

export const sessionJobs: Job[] = [
  {
    name: 'session.purge',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeExpiredSessions(new Date(), signal),
  },
  {
    name: 'session.purge-browsers',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeKnownBrowsers(new Date(), signal),
  },
];
