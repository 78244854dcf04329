'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { operatorAction } from '@/lib/http/console';
import { createOrganization } from '@/lib/operator/service';

const typed = z.string().max(1000);

export const create = operatorAction(
  { input: z.strictObject({ name: typed, slug: typed }) },
  async ({ actor }, input) => {
    const { slug } = await createOrganization(actor, input);
    revalidatePath('/console', 'layout');
    return { path: `/console/${slug}` };
  },
);
