import { findLastAuthors } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import type { ErrorDetails } from '@/lib/platform/errors';

/** Tells for each conflicting field whether the actor saved the other value too, such as in another tab. */
export async function ownershipOf(
  { conflicts = [] }: Pick<ErrorDetails, 'conflicts'>,
  actor: Actor,
  identityId: string,
): Promise<(pointer: string) => boolean | undefined> {
  if (conflicts.length === 0) return () => undefined;
  const pointers = conflicts.map(({ pointer }) => pointer);
  const authors = await findLastAuthors(actor.projectId, identityId, pointers);
  return (pointer) => (authors.has(pointer) ? authors.get(pointer) === actor.id : undefined);
}
