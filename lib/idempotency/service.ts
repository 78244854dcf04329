export { blankAnswers } from './repository';
export { type Outcome, once } from './service/once';
export { purgeIdempotencyKeys } from './service/purge';
