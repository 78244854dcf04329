export { listLogoutDeliveries, readNoticeQueue } from './repository/notice';
export {
  detachOfflineSessions,
  endOfApplication,
  endOfGrant,
  endOfIdentity,
  endOfSession,
  endOfSessions,
  moveApplicationSessions,
} from './service/end';
export { applicationSessionJobs } from './service/jobs';
export {
  type ClaimedNotice,
  claimNextNotice,
  findNoticePayload,
  recordNoticeFailure,
  recordNoticeSuccess,
} from './service/notice';
export { openApplicationSession } from './service/open';
export { purgeApplicationSessions, purgeLogoutNotices } from './service/purge';
