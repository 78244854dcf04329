import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { deliveryJob } from './deliver';
import { purgeFinishedMail } from './purge';

export const mailJobs: Job[] = [
  deliveryJob,
  { name: 'mail.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purgeFinishedMail(new Date(), signal) },
];
