export { disownSignIn, peekSignInAlert } from './service/disown';
export { endAllSessions, endCurrentSession, endOtherSessions, endSession, endSessionById } from './service/end';
export { sessionJobs } from './service/jobs';
export { getSessionWithState, listIdentitySessionsWithState, listProjectSessionsWithState } from './service/list';
export { type OpenSessionInput, openSession } from './service/open';
export { purgeExpiredSessions, purgeKnownBrowsers } from './service/purge';
export { findSession, findSessionOwner, getSession, listIdentitySessions, listSessions } from './service/read';
export { countAllSessions, countSessions, countSessionsOf, countSignIns, type SignInDay } from './service/statistics';
export { touchSession } from './service/touch';
