'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { AUDIT_EVENT_TYPES } from '@/lib/audit/model';
import { type ProjectProof, projectAction } from '@/lib/web/console';
import {
  createWebhook as create,
  deleteWebhook as remove,
  sendAgain as requeue,
  rotateWebhookSecret,
  sendTestEvent,
  updateWebhook,
} from '@/lib/webhook/service';

/** Admin actions on webhooks. A secret appears only in the response of the action that creates it. */
const id = z.string().max(100);
const settings = z.strictObject({
  url: z.string().max(10_000),
  description: z.string().max(10_000),
  eventTypes: z.array(z.enum(AUDIT_EVENT_TYPES)).max(AUDIT_EVENT_TYPES.length).nullable(),
  isActive: z.boolean(),
});

export const createWebhook = projectAction({ role: 'admin', fresh: true, input: settings }, async (proof, input) => {
  const { webhook, secret } = await create(proof.actor, input);
  refresh(proof);
  return { id: webhook.id, secret };
});

/** `base` are the fields as the page showed them: later changes are reported, not overwritten. */
export const changeWebhook = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, base: settings.partial(), mine: settings.partial() }) },
  async (proof, { base, mine, ...input }) => {
    const changed = await updateWebhook(proof.actor, input.id, mine, { base });
    refresh(proof);
    const { url, description, eventTypes, isActive } = changed;
    return { url, description, eventTypes, isActive };
  },
);

/** `overlapHours`: how long the previous secret signs too. */
export const rotateSecret = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, overlapHours: z.number() }) },
  async (proof, input) => {
    const { webhook, secret } = await rotateWebhookSecret(proof.actor, input.id, input);
    refresh(proof);
    return { secret, previousUntil: webhook.previousUntil };
  },
);

export const deleteWebhook = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async (proof, input) => {
    await remove(proof.actor, input.id);
    refresh(proof);
  },
);

export const sendTest = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id }) },
  async (proof, input) => {
    await sendTestEvent(proof.project.id, input.id);
    refresh(proof);
  },
);

export const sendAgain = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id, event: z.string().max(100) }) },
  async (proof, input) => {
    await requeue(proof.project.id, input.id, input.event);
    refresh(proof);
  },
);

function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}/settings`, 'layout');
}
