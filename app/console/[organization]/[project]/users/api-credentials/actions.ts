'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { ShownSecret } from '@/components/api-credential/credential-commands';
import { AUTH_METHODS, GRANTABLE_SCOPES, tokenEndpoint } from '@/lib/api-credential/model';
import {
  createApiCredential,
  revokeApiCredential,
  rotateApiCredential,
  updateApiCredential,
  type WithSecret,
} from '@/lib/api-credential/service';
import { adminAudience } from '@/lib/project/model/origin';
import { requireFresh } from '@/lib/web/action';
import { type ProjectProof, projectAction } from '@/lib/web/console';

/** Admin actions on API credentials. A secret appears only in the response of the action that creates it. */
const clientId = z.string().max(100);
const name = z.string().max(1000);
const scopes = z.array(z.enum(GRANTABLE_SCOPES)).max(100);

export const createCredential = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ name, scopes: scopes.optional() }) },
  async (proof, input) => {
    const made = await createApiCredential(proof.actor, input);
    refresh(proof);
    return toShown(proof, made);
  },
);

const settings = z
  .strictObject({
    name,
    authMethod: z.enum(AUTH_METHODS),
    scopes,
    expiresAt: z.date().nullable(),
  })
  .partial();

/**
 * Every field but the name requires a recent authentication. `base` are the fields as the page showed them: concurrent
 * changes are reported, not overwritten.
 */
export const changeCredential = projectAction(
  { role: 'admin', fresh: 'conditional', input: z.strictObject({ clientId, base: settings, mine: settings }) },
  async (proof, input, isFresh) => {
    const { name: _, ...powers } = input.mine;
    requireFresh(
      isFresh,
      Object.values(powers).some((value) => value !== undefined),
    );
    const changed = await updateApiCredential(proof.actor, input.clientId, input.mine, input.base);
    refresh(proof);
    const { name, authMethod, scopes, expiresAt } = changed;
    return { name, authMethod, scopes, expiresAt };
  },
);

/** `overlapHours`: how long the previous secret keeps working. */
export const rotateSecret = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ clientId, overlapHours: z.number() }) },
  async (proof, input) => {
    const made = await rotateApiCredential(proof.actor, input.clientId, input);
    refresh(proof);
    return { ...toShown(proof, made), previousEndsAt: made.previousEndsAt };
  },
);

export const revokeCredential = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ clientId }) },
  async (proof, input) => {
    await revokeApiCredential(proof.actor, input.clientId);
    refresh(proof);
  },
);

function toShown({ project }: ProjectProof, { credential, clientSecret }: WithSecret): ShownSecret {
  return {
    clientId: credential.clientId,
    clientSecret,
    authMethod: credential.authMethod,
    scopes: credential.scopes,
    tokenEndpoint: tokenEndpoint(project.origin),
    audience: adminAudience(project.origin),
  };
}

/** Revalidates the lists and the detail view, including this tab's router cache. */
function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}/users`, 'layout');
}
