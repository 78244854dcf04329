import { ConcurrentUpdateError, type Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { newId } from '@/lib/platform/ids';
import type { ApplicationSession } from '../model';
import * as rows from '../repository';

export type OpenApplicationSession = {
  application: { id: string; projectId: string };
  identity: { id: string; revocationEpoch: number };
  /** Of the browser. */
  session: { id: string };
  method: string;
  authenticatedAt: Date;
};

/**
 * The session of a person at an application within a browser session: the one there is, with this authentication, or a
 * new one. One that has ended, or is of an earlier epoch, is left behind, so that none of its tokens revive.
 */
export async function openApplicationSession(
  tx: Tx,
  { application, identity, session, method, authenticatedAt }: OpenApplicationSession,
): Promise<ApplicationSession> {
  const { id: applicationId, projectId } = application;
  const found = await rows.findInSession(tx, { projectId, sessionId: session.id, applicationId });
  if (found) {
    const isSame = found.identityId === identity.id && found.revocationEpoch === identity.revocationEpoch;
    if (isSame && found.endedAt === null) {
      if (!(await rows.renew(tx, found, { authenticatedAt, method }))) throw new ConcurrentUpdateError();
      return { ...found, authenticatedAt, method };
    }
    await rows.detach(tx, projectId, [found.id]);
    await rows.markEnded(tx, projectId, [found.id], new Date());
  }
  const opened: ApplicationSession = {
    id: newId(),
    projectId,
    applicationId,
    identityId: identity.id,
    sessionId: session.id,
    revocationEpoch: identity.revocationEpoch,
    authenticatedAt,
    method,
    createdAt: new Date(),
    endedAt: null,
  };
  try {
    await rows.insertApplicationSession(tx, opened);
  } catch (error) {
    // Another tab opened it.
    if (isUniqueViolation(error)) throw new ConcurrentUpdateError();
    throw error;
  }
  return opened;
}
