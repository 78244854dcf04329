'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import * as groups from '@/lib/group/service';
import { AppError } from '@/lib/platform/errors';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { type ProjectProof, projectAction } from '@/lib/web/console';

/** Admin actions on groups. */
const id = z.string().max(100);
const name = z.string().max(1000);
const settings = z.strictObject({ name, description: z.string().max(5000).nullable() }).partial();

export const addGroup = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ name }) },
  async (proof, input) => {
    const group = await groups.createGroup(proof.actor, input);
    refresh(proof);
    return { id: group.id };
  },
);

/** `base` are the fields as the page showed them: concurrent changes are reported, not overwritten. */
export const changeGroup = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, base: settings, mine: settings }) },
  async (proof, { id: groupId, base, mine }) => {
    const changed = await groups.updateGroup(proof.actor, groupId, mine, { base });
    refresh(proof);
    return { name: changed.name, description: changed.description };
  },
);

export const addMember = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, identityId: id }) },
  async (proof, input) => {
    await groups.addMember(proof.actor, input.id, input.identityId);
    refresh(proof);
  },
);

export const removeMember = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, identityId: id }) },
  async (proof, input) => {
    await groups.removeMember(proof.actor, input.id, input.identityId);
    refresh(proof);
  },
);

export const remove = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, confirmation: z.string().max(1000) }) },
  async (proof, input) => {
    const group = await groups.getGroup(proof.project.id, input.id);
    if (!isTypedConfirmation(input.confirmation, group.name)) throw new AppError('invalid_input');
    await groups.deleteGroup(proof.actor, group.id);
    refresh(proof);
  },
);

/** Revalidates the pages of the project, including this tab's router cache: applications show groups. */
function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
}
