'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { createOrganization } from '@/lib/operator/service';
import { AppError } from '@/lib/platform/errors';
import { listOrganizations } from '@/lib/project/service';
import { isPasskeySession } from '@/lib/session/model';
import { isConsoleOpen, operatorAction } from '@/lib/web/console';
import type { Proof } from '@/lib/web/session';

/** Ownership counts only where this session may use the console. Refuses: `passkey_required`. */
async function requireOpenOwnership(person: Proof): Promise<void> {
  const owned = person.identity.operatorRoles.filter(({ role }) => role === 'owner');
  const organizations = await listOrganizations(owned.map(({ organizationId }) => organizationId));
  const isClosed = organizations.length > 0 && !organizations.some((one) => isConsoleOpen(one, person));
  if (isClosed) throw new AppError('passkey_required');
}

const typed = z.string().max(1000);

export const create = operatorAction(
  { fresh: true, input: z.strictObject({ name: typed, slug: typed }) },
  async ({ actor, person }, input) => {
    await requireOpenOwnership(person);
    // No lockout: this session was opened with a passkey, so the next one can be too.
    const consoleNeedsPasskey = isPasskeySession(person.session);
    const { slug } = await createOrganization(actor, { ...input, consoleNeedsPasskey });
    revalidatePath('/console', 'layout');
    return { path: `/console/${slug}` };
  },
);
