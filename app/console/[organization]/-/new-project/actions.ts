'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { organizationAction } from '@/lib/http/console';
import { createProject } from '@/lib/project/service';

const typed = z.string().max(1000);

export const create = organizationAction(
  { role: 'admin', fresh: true, input: z.strictObject({ name: typed, slug: typed, origin: typed }) },
  async ({ actor, organization }, input) => {
    const { slug } = await createProject(actor, organization.id, input);
    revalidatePath('/console', 'layout');
    return { path: `/console/${organization.slug}/${slug}` };
  },
);
