'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { AppError } from '@/lib/platform/errors';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import {
  approveClaim,
  confirmUnreviewed,
  deleteOrganization,
  rejectClaim,
  setConsoleNeedsPasskey,
  updateOrganization,
} from '@/lib/project/service';
import { isPasskeySession } from '@/lib/session/model';
import { isInstallationOwner, type OrganizationProof, organizationAction } from '@/lib/web/console';

const fields = z.strictObject({ name: z.string().max(1000), slug: z.string().max(1000) }).partial();

/** `base` are the fields as the page showed them: later changes are reported, not overwritten. */
export const update = organizationAction(
  { role: 'admin', fresh: false, input: z.strictObject({ base: fields, mine: fields }) },
  async ({ actor, organization }, edit) => {
    const { name, slug } = await updateOrganization(actor, organization.id, edit);
    // A new slug moves this page: the browser navigates there by itself.
    if (slug === organization.slug) revalidatePath('/console', 'layout');
    return { name, slug };
  },
);

/**
 * "Require a passkey for the console". The owner's own session must come from a passkey, so that no owner locks
 * themselves out. Refuses: `passkey_required`.
 */
export const setPasskeyNeeded = organizationAction(
  { role: 'owner', fresh: true, input: z.strictObject({ isNeeded: z.boolean() }) },
  async ({ actor, organization, person }, { isNeeded }) => {
    if (!isPasskeySession(person.session)) throw new AppError('passkey_required');
    const { consoleNeedsPasskey } = await setConsoleNeedsPasskey(actor, organization.id, isNeeded);
    revalidatePath('/console', 'layout');
    return { isNeeded: consoleNeedsPasskey };
  },
);

const claim = z.strictObject({ id: z.string().max(100) });
const unreviewed = z.strictObject({
  kind: z.enum(['origin', 'sender']),
  projectId: z.string().max(100),
  value: z.string().max(1000),
});

/** Approval across organizations is for owners of the installation; not found for anyone else. */
export const approveDomain = organizationAction({ role: 'owner', fresh: true, input: claim }, async (proof, { id }) => {
  await requireInstallationOwner(proof);
  await approveClaim(proof.actor, id);
  revalidatePath('/console', 'layout');
});

export const rejectDomain = organizationAction({ role: 'owner', fresh: true, input: claim }, async (proof, { id }) => {
  await requireInstallationOwner(proof);
  await rejectClaim(proof.actor, id);
  revalidatePath('/console', 'layout');
});

export const keepDomain = organizationAction(
  { role: 'owner', fresh: true, input: unreviewed },
  async (proof, input) => {
    await requireInstallationOwner(proof);
    await confirmUnreviewed(proof.actor, input);
    revalidatePath('/console', 'layout');
  },
);

async function requireInstallationOwner(proof: OrganizationProof): Promise<void> {
  if (!(await isInstallationOwner(proof))) throw new AppError('not_found');
}

/** The confirmation is the slug. */
export const remove = organizationAction(
  { role: 'owner', fresh: true, input: z.strictObject({ confirmation: z.string().max(1000) }) },
  async ({ actor, organization }, { confirmation }) => {
    if (!isTypedConfirmation(confirmation, organization.slug))
      throw new AppError('invalid_input', { violations: [{ pointer: '/confirmation', message: 'does not match' }] });
    await deleteOrganization(actor, organization.id);
  },
);
