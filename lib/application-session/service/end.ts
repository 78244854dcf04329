import { afterCommit, type Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { wakeWorker } from '@/lib/platform/job';
import { encrypt } from '@/lib/platform/secret';
import { LOGOUT_DELIVERY, type LogoutNoticePayload } from '../model';
import * as rows from '../repository';
import { insertNotices } from '../repository/notice';

/**
 * Ends sessions at applications, and queues a logout notice for each application that takes them, in the transaction of the
 * cause: no end without its notice, no notice without its end. Whether tokens are still good is read from these rows.
 */

/** A person was deactivated or deleted, or everything issued to them was revoked: tokens with `offline_access` too. */
export async function endOfIdentity(tx: Tx, { id, projectId }: { id: string; projectId: string }): Promise<void> {
  await endAll(tx, { projectId, identityId: id });
}

/** An application was disabled or is about to be deleted. */
export async function endOfApplication(tx: Tx, { id, projectId }: { id: string; projectId: string }): Promise<void> {
  await endAll(tx, { projectId, applicationId: id });
}

/** A person's access to an application was removed. */
export async function endOfGrant(
  tx: Tx,
  { projectId, applicationId, identityId }: { projectId: string; applicationId: string; identityId: string },
): Promise<void> {
  await endAll(tx, { projectId, applicationId, identityId });
}

/**
 * A browser session is about to be deleted: call before its row goes, which takes the remaining rows with it. Families with
 * `offline_access` continue without it (Back-Channel Logout §2.7).
 */
export async function endOfSession(tx: Tx, { id, projectId }: { id: string; projectId: string }): Promise<void> {
  await leaveSessions(tx, projectId, await rows.listEnding(tx, { projectId, sessionId: id }));
}

/** As `endOfSession`, for all browser sessions of an identity except `exceptId`. */
export async function endOfSessions(
  tx: Tx,
  { projectId, identityId, exceptId }: { projectId: string; identityId: string; exceptId: string | null },
): Promise<void> {
  const all = await rows.listEnding(tx, { projectId, identityId });
  await leaveSessions(
    tx,
    projectId,
    all.filter(({ sessionId }) => sessionId !== null && sessionId !== exceptId),
  );
}

async function leaveSessions(tx: Tx, projectId: string, ending: rows.Ending[]): Promise<void> {
  if (ending.length === 0) return;
  await queueNotices(tx, projectId, ending);
  const offline = ending.filter(({ isOffline }) => isOffline).map((row) => row.id);
  if (offline.length > 0) await rows.detach(tx, projectId, offline);
}

/** Expired browser sessions are about to be deleted: no notice, because the person did not sign out. */
export async function detachOfflineSessions(tx: Tx, sessionIds: string[]): Promise<void> {
  if (sessionIds.length > 0) await rows.detachOffline(tx, sessionIds);
}

/** A step-up replaces a browser session: the person stays signed in to its applications. */
export async function moveApplicationSessions(tx: Tx, projectId: string, from: string, to: string): Promise<void> {
  await rows.move(tx, projectId, from, to);
}

async function endAll(tx: Tx, whose: rows.Whose): Promise<void> {
  const { projectId } = whose;
  const ending = await rows.listEnding(tx, whose);
  if (ending.length === 0) return;
  const now = new Date();
  const ids = ending.map(({ id }) => id);
  await rows.markEnded(tx, projectId, ids, now);
  // A detached row without such a family ended with its browser session, and its notice was queued then.
  await queueNotices(
    tx,
    projectId,
    ending.filter(({ sessionId, isOffline }) => sessionId !== null || isOffline),
  );
}

async function queueNotices(tx: Tx, projectId: string, ended: rows.Ending[]): Promise<void> {
  const createdAt = new Date();
  const notices = ended.flatMap(({ id: sid, identityId: sub, applicationId, clientId, name, logoutUri }) => {
    if (logoutUri === null) return [];
    const id = newId();
    const payload: LogoutNoticePayload = { clientId, name, logoutUri, sub, sid };
    return [
      { id, projectId, applicationId, createdAt, payload: encrypt('logout-notice', JSON.stringify(payload), id) },
    ];
  });
  if (notices.length === 0) return;
  await insertNotices(tx, notices);
  afterCommit(tx, () => wakeWorker(LOGOUT_DELIVERY));
}
