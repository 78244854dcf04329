import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { purgeInvitations } from './purge';

export const invitationJobs: Job[] = [
  {
    name: 'invitation.purge',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeInvitations(new Date(), signal),
  },
];
