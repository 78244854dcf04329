import { notFound } from 'next/navigation';
import { may, type ProjectProof } from '@/lib/http/console';
import type { Identity } from '@/lib/identity/model';
import { findIdentity } from '@/lib/identity/service';
import { isWithinReach } from '@/lib/operator/model';

/** Whom a page under `users/{id}` is about. For pages: another project's is not found. */
export async function userOf({ project }: ProjectProof, id: string): Promise<Identity> {
  return (await findIdentity(project.id, id)) ?? notFound();
}

/** Whether a page offers changes: by the role, and by whom that role reaches. Actions prove both themselves. */
export function mayChange(proof: ProjectProof, identity: Identity): boolean {
  return may(proof, 'admin') && isWithinReach(proof.person.identity, identity);
}
