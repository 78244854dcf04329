export {
  blankEvents,
  countByMethod,
  findChangeOfRequest,
  findEvent,
  findNewestEventTime,
  hasIdentityEvent,
  listEvents,
  listIdentityEvents,
  type MethodCounts,
} from './repository';
export { countJobEvents, listJobEvents } from './repository/of-job';
export { findLastAuthors, listChangesSince, listSettledEvents } from './service/list';
export { purgeEvents } from './service/purge';
export { type EventRecord, recordEvent, recordEvents } from './service/record';
