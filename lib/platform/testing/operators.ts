import type { Identity, OperatorRole } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { insertOperator } from '@/lib/operator/repository';
import type { Organization, Project } from '@/lib/project/model';
import { addOrganization } from '@/lib/project/service';
import { type Actor, cliActor } from '../actor';
import { transaction } from '../db/transaction';
import { newId } from '../ids';
import { actorOf, makePerson } from './people';

/** Somebody of this project who holds a role in an organization. */
export async function makeOperator(
  project: Project,
  role: OperatorRole,
  organizationId = project.organizationId,
): Promise<Identity> {
  const { id: identityId } = await makePerson(project, { first: role });
  const now = new Date();
  const operator = { id: newId(), organizationId, identityId, role, createdAt: now, updatedAt: now };
  await transaction((tx) => insertOperator(tx, operator));
  return getIdentity(project.id, identityId);
}

export function operatorActor(identity: Identity): Actor {
  return { ...actorOf(identity), kind: 'operator' };
}

/** An organization without projects and operators. */
export function makeOrganization(project: Project, name = 'Acme'): Promise<Organization> {
  const slug = `o-${newId().slice(-12)}`;
  return transaction((tx) => addOrganization(tx, cliActor(project.id), { name, slug }));
}
