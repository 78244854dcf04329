export {
  actAs,
  type JobActor,
  JobEndedError,
  operatorPrincipal,
  principal,
  programPrincipal,
} from './service/principal';
export type { JobSource } from './service/source';
