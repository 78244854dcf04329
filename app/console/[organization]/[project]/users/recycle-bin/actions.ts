'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { confirmationOf } from '@/lib/identity/model/deleted';
import { displayName } from '@/lib/identity/model/name';
import { purgeIdentity, restoreAccount } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { guardReach } from '@/lib/role/service';
import { type ProjectProof, projectAction } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';

/** No one acts on someone whose role, when they were deleted, was above their own (contract 8.1). */
const id = z.string().max(100);
const changes = z.record(z.string().max(1000), z.string().max(1000).nullable());

/** Refuses: `restore_conflict` with what prevents it; `changes` removes the obstacles by their pointers. */
export const restoreUser = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, changes: changes.default({}) }) },
  async (proof, input) => {
    await restoreAccount(proof.actor, input.id, {
      changes: input.changes,
      locale: await getLocale(),
      guard: (deleted) => guardReach(proof.person.identity, deleted),
    });
    refresh(proof);
  },
);

/** Only in the recycle bin: from a stale page, it never deletes someone who was restored since. */
export const purgeUser = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, confirmation: z.string().max(1000) }) },
  async (proof, input) => {
    await purgeIdentity(proof.actor, input.id, {
      guard(deleted) {
        guardReach(proof.person.identity, deleted);
        if (!isTypedConfirmation(input.confirmation, confirmationOf({ ...deleted, name: displayName(deleted) })))
          throw new AppError('invalid_input', {
            violations: [{ pointer: '/confirmation', message: 'does not match' }],
          });
      },
    });
    refresh(proof);
  },
);

function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
}
