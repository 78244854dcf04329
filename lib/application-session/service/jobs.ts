import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeApplicationSessions, purgeLogoutNotices } from './purge';

export const applicationSessionJobs: Job[] = [
  {
    name: 'application-session.purge',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeApplicationSessions(new Date(), signal),
  },
  {
    name: 'application-session.purge-notices',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeLogoutNotices(new Date(), signal),
  },
];
