import { processWide } from '@/lib/platform/process-wide';
import type { Project } from '@/lib/project/model';
import { hasOperators } from '@/lib/role/service';

const known = processWide('set-up', () => new Set<string>());

/**
 * Whether the project's organization has had an operator. Read until it has: an organization keeps an owner
 * (`guardLastOwner`), so the answer does not change afterwards.
 */
export async function isSetUp({ organizationId }: Pick<Project, 'organizationId'>): Promise<boolean> {
  if (known.has(organizationId)) return true;
  if (!(await hasOperators(organizationId))) return false;
  known.add(organizationId);
  return true;
}
