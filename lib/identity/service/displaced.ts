import { listEvents } from '@/lib/audit/service';
import { listAllProjects } from '@/lib/project/service';
import { displacedAddresses } from '../model';
import { findIdentity } from '../repository';

/** An identity with an address that signs another one in. `project`: `organization/project`. */
export type DisplacedIdentity = { project: string; identityId: string; holderId: string };

/** Each is looked up separately, and the list must stay readable. */
const MAX_LISTED = 100;

/**
 * Identities without an identifier because an older one has the same address in another form; found when an upgrade
 * began to compare domains as A-labels. Excludes those that have reclaimed or changed the address.
 */
export async function listDisplacedIdentities(): Promise<DisplacedIdentity[]> {
  const found: DisplacedIdentity[] = [];
  for (const { path, project } of await listAllProjects()) {
    const events = await listEvents(project.id, { type: 'identity.identifier_displaced' }, { limit: MAX_LISTED });
    for (const { identityId, details } of events) {
      const identity = identityId === null ? null : await findIdentity(project.id, identityId);
      const { identifier, holder_id: holderId } = details;
      if (!identity || typeof identifier !== 'string' || typeof holderId !== 'string') continue;
      if (!displacedAddresses(identity).includes(identifier)) continue;
      found.push({ project: path, identityId: identity.id, holderId });
    }
  }
  return found;
}

/** For terminal and log, which must not contain addresses. */
export function describeDisplaced({ project, identityId, holderId }: DisplacedIdentity): string {
  return `${project}: identity ${identityId} has the same address as the older identity ${holderId}, which keeps it for sign-in`;
}
