'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { Failure } from '@/lib/i18n/error-message';
import { displayName } from '@/lib/identity/model/name';
import { inviteToRegister, revokeRegistrationInvitation } from '@/lib/invitation/service';
import { type ProjectPlace, type ProjectProof, projectAction } from '@/lib/web/console';
import { textOf } from '@/lib/web/form-fields';
import { getLocale } from '@/lib/web/locale';

/** `fault`: the problem with the address. A refusal returns the typed value. */
export type InviteState = {
  email: string;
  sentTo: string | null;
  fault: 'taken' | 'malformed' | null;
  failure: Failure | null;
};

export const sendInvitation = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ email: z.string().max(1000) }) },
  async (proof, { email }) => {
    const { identity } = proof.person;
    const words = { locale: await getLocale(identity.locale), inviter: displayName(identity) };
    const invitation = await inviteToRegister(proof.actor, { email, ...words });
    refresh(proof);
    return { email: invitation.email };
  },
);

/** The form, with and without script. */
export async function invite(place: ProjectPlace, _: InviteState, form: FormData): Promise<InviteState> {
  const email = textOf(form, 'email');
  const result = await sendInvitation(place, { email });
  if (result.ok) return { email: '', sentTo: result.value.email, fault: null, failure: null };
  if (result.error.code !== 'invalid_input') return { email, sentTo: null, fault: null, failure: result.error };
  const isTaken = result.error.violations?.some(({ keyword }) => keyword === 'taken');
  return { email, sentTo: null, fault: isTaken ? 'taken' : 'malformed', failure: null };
}

export const revokeInvitation = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id: z.string().max(100) }) },
  async (proof, { id }) => {
    await revokeRegistrationInvitation(proof.actor, id);
    refresh(proof);
  },
);

function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}/users/invitations`);
}
