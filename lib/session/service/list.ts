import type { Identity } from '@/lib/identity/model';
import { getIdentity, listAfter } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { isLive, type Session, type SessionWithState } from '../model';
import * as rows from '../repository';

/**
 * Sessions as programs list them: those that are over too, until their rows are purged, and said to be over.
 */

/** One session, whoever it belongs to. Refuses: `not_found`. */
export async function getSessionWithState(projectId: string, sessionId: string): Promise<SessionWithState> {
  const id = sessionId.toLowerCase();
  const session = isUuid(id) ? await rows.findSessionRow(projectId, id) : null;
  if (!session) throw new AppError('not_found');
  const [project, identity] = await Promise.all([getProject(projectId), getIdentity(projectId, session.identityId)]);
  return toKnown(project, identity, session);
}

/** All sessions of an identity, the newest first. Refuses: `not_found`. */
export async function listIdentitySessionsWithState(
  projectId: string,
  identityId: string,
): Promise<SessionWithState[]> {
  const [project, identity] = await Promise.all([getProject(projectId), getIdentity(projectId, identityId)]);
  const all = await rows.listSessionRows(projectId, identity.id);
  const known = all.map((session) => toKnown(project, identity, session));
  return known.sort((one, other) => (one.id < other.id ? 1 : -1));
}

/** The sessions of a project, the newest first; with `before` those older than the one of that id. */
export async function listProjectSessionsWithState(
  projectId: string,
  before: string | null,
  limit: number,
): Promise<SessionWithState[]> {
  const [project, all] = await Promise.all([getProject(projectId), rows.listProjectSessions(projectId, before, limit)]);
  const ids = [...new Set(all.map(({ identityId }) => identityId))];
  const identities = ids.length === 0 ? [] : await listAfter(projectId, { ids }, null, ids.length);
  // Somebody was deleted between the two reads, and their sessions with them: read what is there now.
  if (identities.length < ids.length) return listProjectSessionsWithState(projectId, before, limit);
  const byId = new Map(identities.map((identity) => [identity.id, identity]));
  return all.flatMap((session) => {
    const identity = byId.get(session.identityId);
    return identity ? [toKnown(project, identity, session)] : [];
  });
}

function toKnown(project: Project, identity: Identity, session: Session): SessionWithState {
  const lifetimeEnd = new Date(session.createdAt.getTime() + project.sessionLifetimeSeconds * 1000);
  const expiresAt = session.expiresAt < lifetimeEnd ? session.expiresAt : lifetimeEnd;
  return {
    id: session.id,
    session: { ...session, expiresAt },
    identity,
    isLive: isLive(session, project, identity, new Date()),
  };
}
