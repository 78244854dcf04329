import type { AuditEventType } from '@/lib/audit/model';
import { db } from '../lib/platform/db/client';

/** The events of a type in a project's log with their actors, newest first. */
export async function readEvents(projectId: string, type: AuditEventType) {
  const rows = await (await db()).auditEvent.findMany({ where: { projectId, type }, orderBy: { id: 'desc' } });
  return rows.map(({ actorId, actorKind, identityId, details }) => ({
    actorId,
    actorKind,
    identityId,
    details: JSON.parse(details),
  }));
}
