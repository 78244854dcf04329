import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgePairings } from './purge';

export const pairingJobs: Job[] = [
  { name: 'pairing.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purgePairings(new Date(), signal) },
];
