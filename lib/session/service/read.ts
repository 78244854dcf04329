import type { Identity } from '@/lib/identity/model';
import { findIdentity } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { isLive, type ListedSession, type Session, type SessionProof } from '../model';
import * as rows from '../repository';
import { toDevice } from '../user-agent';

/**
 * The session, its project and its identity, read now and compared now: lifetime, idle time, state, epoch. Null when it opens
 * nothing (any more), or belongs to another project.
 */
export async function findSession(
  projectId: string,
  sessionId: string,
): Promise<{ project: Project; session: Session; identity: Identity } | null> {
  if (!isUuid(sessionId)) return null;
  const [project, session] = await Promise.all([getProject(projectId), rows.findSessionRow(projectId, sessionId)]);
  if (!session) return null;
  const identity = await findIdentity(projectId, session.identityId);
  return identity && isLive(session, project, identity, new Date()) ? { project, session, identity } : null;
}

/** One session of an identity that is still live. Refuses: `not_found`, also for another identity's. */
export async function getSession(project: Project, identity: Identity, sessionId: string): Promise<Session> {
  const session = isUuid(sessionId) ? await rows.findSessionRow(project.id, sessionId) : null;
  if (!session || !isLive(session, project, identity, new Date())) throw new AppError('not_found');
  return session;
}

/** Whose session this is, or null. For programs and operators, who name a session by its id alone. */
export async function findSessionOwner(projectId: string, sessionId: string): Promise<string | null> {
  return isUuid(sessionId) ? ((await rows.findSessionRow(projectId, sessionId))?.identityId ?? null) : null;
}

/** The live sessions of an identity, the last seen first. */
export async function listIdentitySessions(project: Project, identity: Identity): Promise<Session[]> {
  const now = new Date();
  const all = await rows.listSessionRows(project.id, identity.id);
  return all.filter((session) => isLive(session, project, identity, now));
}

/** A person's own live sessions in words: the one they are in first, then the last seen. */
export async function listSessions({ project, identity, session: current }: SessionProof): Promise<ListedSession[]> {
  const all = await listIdentitySessions(project, identity);
  const listed = all.map((session) => ({
    session,
    device: toDevice(session.userAgent),
    isCurrent: session.id === current.id,
  }));
  return listed.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent)); // sort is stable: the rest keeps its order
}
