'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { ACCESSES, APPLICATION_KINDS, CONSENTS, IDENTITY_SCOPES, settingsOf } from '@/lib/application/model';
import { findTemplate } from '@/lib/application/model/templates';
import * as applications from '@/lib/application/service';
import { endOfApplication } from '@/lib/application-session/service';
import { pictureInput } from '@/lib/picture/contract';
import { AppError } from '@/lib/platform/errors';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { requireFresh } from '@/lib/web/action';
import { type ProjectProof, projectAction } from '@/lib/web/console';

/** Admin actions on applications. A secret appears only in the response of the action that creates it. */
const clientId = z.string().max(100);
const uris = z.array(z.string().max(3000)).max(1000);

const settings = z
  .strictObject({
    name: z.string().max(1000),
    redirectUris: uris,
    postLogoutRedirectUris: uris,
    logoutUri: z.string().max(3000).nullable(),
    launchUrl: z.string().max(3000).nullable(),
    scopes: z.array(z.enum(IDENTITY_SCOPES)).max(100),
    audiences: uris,
    consent: z.enum(CONSENTS),
    access: z.enum(ACCESSES),
    groupIds: z.array(z.string().max(100)).max(1000),
    requiresPkce: z.boolean(),
    accessTokenSeconds: z.number(),
    refreshIdleSeconds: z.number(),
    refreshLifetimeSeconds: z.number(),
  })
  .partial();

export const addApplication = projectAction(
  {
    role: 'admin',
    fresh: true,
    input: settings
      .required({ name: true, redirectUris: true })
      .extend({ kind: z.enum(APPLICATION_KINDS), template: z.string().max(100).nullable() }),
  },
  async (proof, { template, ...input }) => {
    const known = findTemplate(template);
    const made = await applications.createApplication(proof.actor, { ...input, template: known?.id ?? null });
    refresh(proof);
    const { clientId: id, name } = made.application;
    return { clientId: id, name, clientSecret: made.clientSecret };
  },
);

/**
 * Every field but name and launch URL requires a recent authentication. `base` are the fields as the page showed them:
 * concurrent changes are reported, not overwritten.
 */
export const changeApplication = projectAction(
  { role: 'admin', fresh: 'conditional', input: z.strictObject({ clientId, base: settings, mine: settings }) },
  async (proof, input, isFresh) => {
    const { name: _n, launchUrl: _l, ...powers } = input.mine;
    requireFresh(
      isFresh,
      Object.values(powers).some((value) => value !== undefined),
    );
    const changed = await applications.updateApplication(proof.actor, input.clientId, input.mine, { base: input.base });
    const groups = await applications.listAllowedGroups(changed);
    refresh(proof);
    return settingsOf(changed, groups);
  },
);

/** `overlapHours`: how long the previous secret keeps working. */
export const rotateSecret = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ clientId, overlapHours: z.number() }) },
  async (proof, input) => {
    const made = await applications.rotateApplicationSecret(proof.actor, input.clientId, input);
    refresh(proof);
    return { clientSecret: made.clientSecret, previousEndsAt: made.previousEndsAt };
  },
);

export const endSecret = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ clientId, secretId: z.string().max(100) }) },
  async (proof, input) => {
    await applications.endApplicationSecret(proof.actor, input.clientId, input.secretId);
    refresh(proof);
  },
);

export const setLogo = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ clientId, picture: pictureInput }) },
  async (proof, input) => {
    await applications.setApplicationLogo(proof.actor, input.clientId, input.picture);
    refresh(proof);
  },
);

export const removeLogo = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ clientId }) },
  async (proof, input) => {
    await applications.removeApplicationLogo(proof.actor, input.clientId);
    refresh(proof);
  },
);

export const disable = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ clientId }) },
  async (proof, input) => {
    await applications.disableApplication(proof.actor, input.clientId, endOfApplication);
    refresh(proof);
  },
);

export const enable = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ clientId }) },
  async (proof, input) => {
    await applications.enableApplication(proof.actor, input.clientId);
    refresh(proof);
  },
);

export const remove = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ clientId, confirmation: z.string().max(1000) }) },
  async (proof, input) => {
    const { name } = await applications.getApplication(proof.project.id, input.clientId);
    if (!isTypedConfirmation(input.confirmation, name)) throw new AppError('invalid_input');
    await applications.deleteApplication(proof.actor, input.clientId, endOfApplication);
    refresh(proof);
  },
);

/** Revalidates the list and the detail view, including this tab's router cache. */
function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}/applications`, 'layout');
}
