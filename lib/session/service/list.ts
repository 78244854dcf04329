import type { Identity } from '@/lib/identity/model';
import { getIdentity, listAfter } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { isLive, type Session, type SessionWithState } from '../model';
import * as rows from '../repository';

// Sessions in the admin API: ended ones are included, as inactive, until their rows are purged.

/** A session of any identity in the project. Refuses: `not_found`. */
export async function getSessionWithState(projectId: string, sessionId: string): Promise<SessionWithState> {
  const id = sessionId.toLowerCase();
  const session = isUuid(id) ? await rows.findSessionRow(projectId, id) : null;
  if (!session) throw new AppError('not_found');
  const [project, identity] = await Promise.all([getProject(projectId), getIdentity(projectId, session.identityId)]);
  return withState(project, identity, session);
}

/** All sessions of an identity, newest first. Refuses: `not_found`. */
export async function listIdentitySessionsWithState(
  projectId: string,
  identityId: string,
): Promise<SessionWithState[]> {
  const [project, identity] = await Promise.all([getProject(projectId), getIdentity(projectId, identityId)]);
  const all = await rows.listSessionRows(projectId, identity.id);
  const sessions = all.map((session) => withState(project, identity, session));
  return sessions.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Sessions of a project, newest first; with `before`, those older than that session ID. */
export async function listProjectSessionsWithState(
  projectId: string,
  before: string | null,
  limit: number,
): Promise<SessionWithState[]> {
  const [project, all] = await Promise.all([getProject(projectId), rows.listProjectSessions(projectId, before, limit)]);
  const ids = [...new Set(all.map(({ identityId }) => identityId))];
  const identities = ids.length === 0 ? [] : await listAfter(projectId, { ids }, null, ids.length);
  // An identity and its sessions were deleted between the two reads: read again.
  if (identities.length < ids.length) return listProjectSessionsWithState(projectId, before, limit);
  const byId = new Map(identities.map((identity) => [identity.id, identity]));
  return all.flatMap((session) => {
    const identity = byId.get(session.identityId);
    return identity ? [withState(project, identity, session)] : [];
  });
}

function withState(project: Project, identity: Identity, session: Session): SessionWithState {
  const lifetimeEnd = new Date(session.createdAt.getTime() + project.sessionLifetimeSeconds * 1000);
  const expiresAt = session.expiresAt < lifetimeEnd ? session.expiresAt : lifetimeEnd;
  return {
    id: session.id,
    session: { ...session, expiresAt },
    identity,
    isLive: isLive(session, project, identity, new Date()),
  };
}
