import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { countFleets } from './fleet';
import { purgeChallenges } from './purge';
import { deletionJob } from './undo-deletion';

export const credentialJobs: Job[] = [
  deletionJob,
  {
    name: 'credential.purge-challenges',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeChallenges(new Date(), signal),
  },
  {
    name: 'credential.count-fleets',
    everySeconds: 300,
    run: (signal) => countFleets(new Date(), signal),
  },
];
