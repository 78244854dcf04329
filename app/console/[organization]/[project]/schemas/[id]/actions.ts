'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { deleteSchema } from '@/lib/schema-change/service';
import { projectAction } from '@/lib/web/console';

/** A schema without users. */
export const remove = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ schemaId: z.string().max(100) }) },
  async ({ actor, organization, project }, { schemaId }) => {
    await deleteSchema(actor, schemaId);
    revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
  },
);
