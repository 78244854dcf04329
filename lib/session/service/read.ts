import type { Identity } from '@/lib/identity/model';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { toDevice } from '@/lib/platform/user-agent';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { isLive, type ListedSession, type Session, type SessionProof } from '../model';
import * as rows from '../repository';

/**
 * The session with its project and identity. Lifetime, idle time, state and epoch are checked on every call. Null if
 * the session is not live or belongs to another project. `known`: the project, if it was read for this request.
 */
export async function findSession(
  projectId: string,
  sessionId: string,
  known?: Project,
): Promise<{ project: Project; session: Session; identity: Identity } | null> {
  if (!isUuid(sessionId)) return null;
  const [project, found] = await Promise.all([
    known ?? getProject(projectId),
    rows.findSessionWithIdentity(projectId, sessionId),
  ]);
  return found && isLive(found.session, project, found.identity, new Date()) ? { project, ...found } : null;
}

/** A live session of an identity. Refuses: `not_found`, also for another identity's session. */
export async function getSession(project: Project, identity: Identity, sessionId: string, tx?: Tx): Promise<Session> {
  const session = isUuid(sessionId) ? await rows.findSessionRow(project.id, sessionId, tx) : null;
  if (!session || !isLive(session, project, identity, new Date())) throw new AppError('not_found');
  return session;
}

/** ID of the session's identity, or null. For callers that know only the session ID. */
export async function findSessionOwner(projectId: string, sessionId: string): Promise<string | null> {
  return isUuid(sessionId) ? ((await rows.findSessionRow(projectId, sessionId))?.identityId ?? null) : null;
}

/** Live sessions of an identity, most recently seen first. */
export async function listIdentitySessions(project: Project, identity: Identity): Promise<Session[]> {
  const now = new Date();
  const all = await rows.listSessionRows(project.id, identity.id);
  return all.filter((session) => isLive(session, project, identity, now));
}

/** Live sessions of the signed-in identity: the current one first, then most recently seen first. */
export async function listSessions({ project, identity, session: current }: SessionProof): Promise<ListedSession[]> {
  const all = await listIdentitySessions(project, identity);
  const listed = all.map((session) => ({
    session,
    device: toDevice(session.userAgent),
    isCurrent: session.id === current.id,
  }));
  return listed.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent)); // a stable sort
}
