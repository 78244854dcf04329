import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { queuedJob } from '@/lib/queue/service';
import { DELETION, removeContents } from './delete';
import { purgeAuditEvents } from './retention';

export const projectJobs: Job[] = [
  queuedJob({ name: DELETION, run: removeContents }),
  {
    name: 'project.purge-audit-events',
    everySeconds: PURGE_EVERY_SECONDS,
    run: (signal) => purgeAuditEvents(new Date(), signal),
  },
];
