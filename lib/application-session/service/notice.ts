import { z } from 'zod';
import { recordEvent } from '@/lib/audit/service';
import { systemActor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { leaseEnd } from '@/lib/platform/lease';
import { decrypt } from '@/lib/platform/secret';
import { type LogoutNotice, type LogoutNoticePayload, nextNoticeAttempt } from '../model';
import * as rows from '../repository/notice';

/** `lease`: until when this process has it. */
export type ClaimedNotice = { notice: LogoutNotice; lease: Date };

const BATCH = 4;

/** The next due notice, claimed by this process, or null. */
export async function claimNextNotice(now: Date): Promise<ClaimedNotice | null> {
  const lease = leaseEnd(now);
  for (;;) {
    const ids = await rows.listDueNotices(now, BATCH);
    for (const id of ids) {
      const notice = await rows.claimNotice(id, now, lease);
      if (notice) return { notice, lease };
    }
    if (ids.length < BATCH) return null; // other processes claimed all of them
  }
}

const payloadShape = z.object({
  clientId: z.string(),
  name: z.string(),
  logoutUri: z.string(),
  sub: z.string(),
  sid: z.string(),
});

/** What the delivery needs, or null if SIGNET_SECRET does not decrypt it. */
export function findNoticePayload({ id, payload }: LogoutNotice): LogoutNoticePayload | null {
  try {
    return payloadShape.parse(JSON.parse(decrypt('logout-notice', payload ?? '', id)));
  } catch {
    return null;
  }
}

export async function recordNoticeSuccess({ notice }: ClaimedNotice): Promise<void> {
  await rows.markNoticeSent(notice.id, new Date());
}

/**
 * Schedules the next attempt; after a day the notice is abandoned, with an event. `reason` is a code. Resolves to the
 * outcome.
 */
export async function recordNoticeFailure(
  { notice, lease }: ClaimedNotice,
  payload: LogoutNoticePayload | null,
  reason: string,
): Promise<'postponed' | 'failed'> {
  const now = new Date();
  const next = nextNoticeAttempt(notice, now, Math.random());
  if (next) {
    await rows.markNoticeRetry(notice.id, lease, next, reason);
    return 'postponed';
  }
  await transaction(async (tx) => {
    if (!(await rows.markNoticeFailed(tx, notice.id, lease, { now, lastError: reason }))) return;
    const { projectId, applicationId, attempts } = notice;
    const { clientId = null, name = null } = payload ?? {};
    const details = { application_id: applicationId, client_id: clientId, name, attempts, reason };
    await recordEvent(tx, systemActor(projectId), { type: 'logout_notice.failed', details });
  });
  return 'failed';
}
