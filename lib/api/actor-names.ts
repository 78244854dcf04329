import { findApiCredential } from '@/lib/api-credential/service';
import type { AuditEvent } from '@/lib/audit/model';
import { displayName } from '@/lib/identity/model/name';
import { listAfter } from '@/lib/identity/service';

/**
 * The current names of the actors of events, for programs: people and API credentials of the project itself. Null for
 * all others, including operators whose account is in another project.
 */
export async function actorNames(
  projectId: string,
  events: AuditEvent[],
): Promise<(event: AuditEvent) => string | null> {
  const idsOf = (matches: (event: AuditEvent) => boolean) =>
    [...new Set(events.filter(matches).map(({ actorId }) => actorId))].filter((id) => id !== null);
  const people = idsOf(({ actorKind }) => actorKind === 'identity' || actorKind === 'operator');
  const programs = idsOf(({ actorKind }) => actorKind === 'api_credential');
  const [identities, credentials] = await Promise.all([
    people.length === 0 ? [] : listAfter(projectId, { ids: people }, null, people.length),
    Promise.all(programs.map((clientId) => findApiCredential(projectId, clientId))),
  ]);
  const names = new Map<string, string>();
  for (const identity of identities) names.set(identity.id, displayName(identity));
  for (const credential of credentials) if (credential) names.set(credential.clientId, credential.name);
  return ({ actorId }) => (actorId === null ? null : names.get(actorId) || null);
}
