import { LOGOUT_DELIVERY } from '@/lib/application-session/model';
import {
  type ClaimedNotice,
  claimNextNotice,
  findNoticePayload,
  recordNoticeFailure,
  recordNoticeSuccess,
} from '@/lib/application-session/service';
import { claimingJob } from '@/lib/platform/job';
import { errorFields, log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import { OutboundError, sendOutbound } from '@/lib/platform/outbound/send';
import { getProject } from '@/lib/project/service';
import { signLogoutToken } from '@/lib/token/service';

/** Concurrent deliveries per process, so that one endpoint that hangs does not delay all others. */
const CONCURRENCY = 8;
const TIMEOUT_MILLIS = 5000;

/**
 * Sends logout tokens (Back-Channel Logout §2.5) to applications. Several processes may run it: each notice is claimed by
 * one of them. Each attempt signs a new token, which is valid for two minutes.
 */
export const deliverLogoutJob = claimingJob<ClaimedNotice>({
  name: LOGOUT_DELIVERY,
  concurrency: CONCURRENCY,
  claimNext: claimNextNotice,
  run: attempt,
});

/** Attempts every due notice once, for tests; resolves to the number of attempts. */
export async function deliverDueNotices(now = new Date()): Promise<number> {
  for (let tried = 0; ; tried++) {
    const claimed = await claimNextNotice(now);
    if (!claimed) return tried;
    await attempt(claimed);
  }
}

/** Never throws: if the outcome cannot be recorded, the notice is retried once the lease expires. */
async function attempt(claimed: ClaimedNotice): Promise<void> {
  const { id, attempts } = claimed.notice;
  try {
    const outcome = await trySending(claimed);
    metrics().logoutNotices.inc({ outcome });
    log.info(`logout notice ${outcome}`, { notice_id: id, attempts });
  } catch (error) {
    log.error('logout notice processing failed', { notice_id: id, ...errorFields(error) });
  }
}

async function trySending(claimed: ClaimedNotice): Promise<'sent' | 'postponed' | 'failed'> {
  const { notice } = claimed;
  const payload = findNoticePayload(notice);
  if (!payload) {
    log.error('logout notice cannot be decrypted: check SIGNET_SECRET', { notice_id: notice.id });
    return recordNoticeFailure(claimed, null, 'unreadable');
  }
  const { origin } = await getProject(notice.projectId);
  const token = await signLogoutToken({ projectId: notice.projectId, origin }, payload);
  const reason = await post(payload.logoutUri, token);
  if (reason !== null) return recordNoticeFailure(claimed, payload, reason);
  await recordNoticeSuccess(claimed);
  return 'sent';
}

/** Null if the application has accepted the token, else the code of the fault. Its body is not read. */
async function post(url: string, token: string): Promise<string | null> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ logout_token: token }).toString();
  try {
    const { status } = await sendOutbound({ url, headers, body }, { timeoutMillis: TIMEOUT_MILLIS, maxAnswerBytes: 0 });
    return status >= 200 && status < 300 ? null : `http_${status}`;
  } catch (error) {
    if (error instanceof OutboundError) return error.fault;
    throw error;
  }
}
