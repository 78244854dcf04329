export { findClaims } from './repository';
export { undoJobs } from './service/jobs';
export {
  actAs,
  type JobActor,
  JobEndedError,
  operatorPrincipal,
  principal,
  programPrincipal,
} from './service/principal';
export type { JobSource } from './service/source';
export { startUndoJob } from './service/start-undo';
export { undoOf, undoSource } from './service/undo-source';
