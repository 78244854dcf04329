'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { createProject } from '@/lib/project/service';
import { isInstallationOwner, organizationAction } from '@/lib/web/console';

const typed = z.string().max(1000);

export const create = organizationAction(
  { role: 'admin', fresh: true, input: z.strictObject({ name: typed, slug: typed, origin: typed }) },
  async (proof, input) => {
    const { actor, organization } = proof;
    const approver = { isInstallationOwner: await isInstallationOwner(proof) };
    const { slug } = await createProject(actor, organization.id, input, approver);
    revalidatePath('/console', 'layout');
    return { path: `/console/${organization.slug}/${slug}` };
  },
);
