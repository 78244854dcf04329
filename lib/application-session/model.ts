import { backOffSeconds } from '@/lib/platform/back-off';

/** A person signed in to an application within one browser session. */
export type ApplicationSession = {
  /** The `sid` of ID tokens and logout tokens. */
  id: string;
  projectId: string;
  applicationId: string;
  identityId: string;
  /** Null once the browser session has ended and only families with `offline_access` continue. */
  sessionId: string | null;
  /** The identity's epoch when it began. Incrementing the identity's epoch ends it. */
  revocationEpoch: number;
  authenticatedAt: Date;
  /** As the browser session's. */
  method: string;
  createdAt: Date;
  endedAt: Date | null;
};

/** A logout token to be sent to an application (Back-Channel Logout §2.5). */
export type LogoutNotice = {
  id: string;
  projectId: string;
  /** Null once the application was deleted. */
  applicationId: string | null;
  /** Encrypted; null once sent or abandoned. */
  payload: string | null;
  attempts: number;
  createdAt: Date;
};

/** What a delivery needs, stored encrypted. It outlives identity and application. `name`: the application's. */
export type LogoutNoticePayload = { clientId: string; name: string; logoutUri: string; sub: string; sid: string };

/** Delivery state of a notice, for the application's page. `reason`: the code of the last failure. */
export type LogoutDelivery = {
  id: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  reason: string | null;
  createdAt: Date;
  /** When it was sent or abandoned; else null. */
  finishedAt: Date | null;
};

/** Notices of all projects: queued ones, since when, and those abandoned lately. */
export type NoticeQueueState = { waiting: number; waitsSince: Date | null; failed: number; lastError: string | null };

export const LOGOUT_DELIVERY = 'application-session.deliver-notices';

/** A notice is abandoned after this time without success. */
const GIVE_UP_SECONDS = 24 * 60 * 60;
const MAX_PAUSE_SECONDS = 60 * 60;

/** The time of the next attempt after a failure, 10 seconds later at first, or null to abandon the notice. `random` is in [0, 1). */
export function nextNoticeAttempt(
  { attempts, createdAt }: Pick<LogoutNotice, 'attempts' | 'createdAt'>,
  now: Date,
  random: number,
): Date | null {
  const next = now.getTime() + 2 * backOffSeconds(attempts, MAX_PAUSE_SECONDS / 2, random) * 1000;
  return next < createdAt.getTime() + GIVE_UP_SECONDS * 1000 ? new Date(next) : null;
}
