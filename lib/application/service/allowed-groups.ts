import { listGroupsByIds } from '@/lib/group/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { invalidInput } from '@/lib/platform/input';
import type { AllowedGroup, Application, ApplicationSettings } from '../model';
import { isAllowedMember } from '../repository';

/** The groups that settings name; none where everybody may use it. Refuses: `invalid_input` for an unknown group. */
export async function requireGroups(
  tx: Tx,
  projectId: string,
  { access, groupIds }: Pick<ApplicationSettings, 'access' | 'groupIds'>,
): Promise<AllowedGroup[]> {
  if (access === 'everybody') return [];
  const groups = await listGroupsByIds(projectId, groupIds, tx);
  const known = new Set(groups.map(({ id }) => id));
  const unknown = groupIds.findIndex((id) => !known.has(id));
  if (unknown >= 0)
    throw invalidInput('No group has this ID', [
      { pointer: `/groupIds/${unknown}`, message: 'is no group of the project', keyword: 'unknown' },
    ]);
  return groups.map(({ id, name }) => ({ id, name }));
}

/** Whether an identity may use an application: everybody may, or only the members of its groups. */
export async function mayUse(
  { id, projectId, access }: Pick<Application, 'id' | 'projectId' | 'access'>,
  identityId: string,
  tx?: Tx,
): Promise<boolean> {
  return access === 'everybody' || isAllowedMember(projectId, id, identityId, tx);
}
