'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { operatorAction } from '@/lib/http/console';
import { createOrganization } from '@/lib/operator/service';
import { isByPasskey } from '@/lib/session/service';

const typed = z.string().max(1000);

export const create = operatorAction(
  { fresh: true, input: z.strictObject({ name: typed, slug: typed }) },
  async ({ actor, person }, input) => {
    // Nobody locks themselves out: whoever came in with a passkey can do so again.
    const consoleNeedsPasskey = isByPasskey(person.session);
    const { slug } = await createOrganization(actor, { ...input, consoleNeedsPasskey });
    revalidatePath('/console', 'layout');
    return { path: `/console/${slug}` };
  },
);
