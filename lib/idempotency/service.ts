export { blankResponses } from './repository';
export { idempotencyJobs } from './service/jobs';
export { type Outcome, once } from './service/once';
export { purgeIdempotencyKeys } from './service/purge';
