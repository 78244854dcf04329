import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { foldCounts } from '../repository';
import { purgeDueAccounts } from './account-deletion';
import { purgeEmailChanges } from './email-change';
import { purgeDueIdentities } from './purge';

/** Until then, a count sums the parts. */
const FOLD_EVERY_SECONDS = 30;
/** Mails name the minute until which signing in keeps an account. */
const PURGE_ACCOUNTS_EVERY_SECONDS = 60;

export const identityJobs: Job[] = [
  {
    name: 'identity.purge-email-changes',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeEmailChanges(new Date(), signal),
  },
  {
    name: 'identity.purge-accounts',
    everySeconds: PURGE_ACCOUNTS_EVERY_SECONDS,
    run: (signal) => purgeDueAccounts(new Date(), signal),
  },
  {
    name: 'identity.purge-deleted',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeDueIdentities(new Date(), signal),
  },
  { name: 'identity.fold-counts', everySeconds: FOLD_EVERY_SECONDS, run: () => foldCounts() },
];
