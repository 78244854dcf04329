export { listQueued, readQueueState } from './repository';
export { enqueue } from './service/enqueue';
export { holdLease } from './service/lease';
export { periodicJobs } from './service/periodic';
export { queuedJob, runNow } from './service/queued-job';
