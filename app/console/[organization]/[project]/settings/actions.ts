'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { emailOf } from '@/lib/identity/model';
import { findTestMail, sendTestMail } from '@/lib/mail/service';
import { pictureInput } from '@/lib/picture/contract';
import { mergeEdit } from '@/lib/platform/edit';
import { AppError } from '@/lib/platform/errors';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { RECOVERY_CODE_POLICIES, REGISTRATIONS, SIGNING_ALGORITHMS } from '@/lib/project/model';
import { rpIdOf } from '@/lib/project/model/origin';
import * as projects from '@/lib/project/service';
import { consumeLimits } from '@/lib/rate-limit/service';
import { SIGNING_PURPOSES } from '@/lib/token/model';
import { revokeSigningKey, rotateSigningKey, setSigningAlgorithm } from '@/lib/token/service';
import { requireFresh } from '@/lib/web/action';
import { isInstallationOwner, projectAction } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';

/** Project settings for admins; the primary domain and deletion are for owners. */
const id = z.string().max(100);

const settings = z
  .strictObject({
    name: z.string().max(1000),
    slug: z.string().max(1000),
    registration: z.enum(REGISTRATIONS),
    sessionIdleSeconds: z.number(),
    sessionLifetimeSeconds: z.number(),
    accentColor: z.string().max(100).nullable(),
    mailFrom: z.string().max(1000).nullable(),
    auditRetentionDays: z.number().nullable(),
    recoveryCodes: z.enum(RECOVERY_CODE_POLICIES),
    deletionGraceDays: z.number(),
    recycleBinDays: z.number(),
  })
  .partial();

/**
 * Registration, recovery codes, grace time of account deletion, session lengths, email sender, audit retention and
 * recycle bin.
 */
const FRESH_FIELDS = [
  'registration',
  'sessionIdleSeconds',
  'sessionLifetimeSeconds',
  'mailFrom',
  'auditRetentionDays',
  'recoveryCodes',
  'deletionGraceDays',
  'recycleBinDays',
] as const;

/** `base` are the fields as the page showed them: later changes are reported, not overwritten. */
export const updateSettings = projectAction(
  { role: 'admin', fresh: 'conditional', input: z.strictObject({ base: settings, mine: settings }) },
  async (proof, edit, isFresh) => {
    const { actor, project } = proof;
    requireFresh(
      isFresh,
      FRESH_FIELDS.some((field) => edit.mine[field] !== edit.base[field]),
    );
    const approver = { isInstallationOwner: await isInstallationOwner(proof) };
    const changed = await projects.updateProject(actor, edit, approver);
    // A new slug moves this page: the browser navigates there by itself.
    if (changed.slug === project.slug) refresh();
    return projects.settingsOf(changed);
  },
);

export const setLogo = projectAction({ role: 'admin', fresh: false, input: pictureInput }, async ({ actor }, bytes) => {
  const { logoHash } = await projects.setLogo(actor, bytes);
  refresh();
  return { logoHash };
});

export const removeLogo = projectAction({ role: 'admin', fresh: false }, async ({ actor }) => {
  const { logoHash } = await projects.removeLogo(actor);
  refresh();
  return { logoHash };
});

export const addDomain = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ origin: z.string().max(1000) }) },
  async (proof, { origin }) => {
    const approver = { isInstallationOwner: await isInstallationOwner(proof) };
    const added = await projects.requestOrigin(proof.actor, origin, approver);
    refresh();
    return { origin: added?.origin ?? origin, isWaiting: added === null };
  },
);

/** Each check sends a DNS query for a name the project chooses. */
const DOMAIN_CHECKS = { name: 'domain-check', max: 30, windowSeconds: 10 * 60 };

/** Looks up the DNS record of a pending domain or sender, and puts it into use if found. */
export const checkDomain = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async ({ actor, project }, input) => {
    await consumeLimits({ ...DOMAIN_CHECKS, key: project.id });
    const check = await projects.checkClaim(actor, input.id);
    if (check === 'proven') refresh();
    return { check };
  },
);

export const withdrawDomain = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async ({ actor }, input) => {
    await projects.withdrawClaim(actor, input.id);
    refresh();
  },
);

export const removeDomain = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async ({ actor }, input) => {
    await projects.removeOrigin(actor, input.id);
    refresh();
  },
);

/** How many passkeys stop working under another primary domain; none if the host name stays the same. */
export const countPasskeysLost = projectAction(
  { role: 'owner', fresh: false, input: z.strictObject({ id }) },
  async ({ project }, input) => {
    const next = (await projects.listOrigins(project.id)).find((origin) => origin.id === input.id);
    if (!next) throw new AppError('not_found');
    const isSameName = rpIdOf(next.origin) === project.rpId;
    return { passkeys: isSameName ? 0 : await projects.countLivePasskeys(project.id, project.origin) };
  },
);

export const makeDomainPrimary = projectAction(
  { role: 'owner', fresh: true, input: z.strictObject({ id }) },
  async ({ actor }, input) => {
    await projects.makePrimaryOrigin(actor, input.id);
    refresh();
  },
);

const TEST_MAILS = { name: 'test-mail', max: 10, windowSeconds: 60 * 60 };

/** Sends to the operator's own address, never to one from the input. */
export const sendTest = projectAction({ role: 'admin', fresh: false }, async ({ person, project }) => {
  const to = emailOf(person.identity);
  if (to === null) throw new AppError('invalid_input');
  await consumeLimits({ ...TEST_MAILS, key: person.identity.id });
  const mailId = await sendTestMail(project.id, to, await getLocale(person.identity.locale));
  return { id: mailId, to };
});

export const readTest = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id }) },
  async ({ project }, input) => {
    const outcome = await findTestMail(project.id, input.id);
    if (!outcome) throw new AppError('not_found');
    return outcome;
  },
);

/** `isUrgent`: rotates even while clients may cache a key set without the next key. */
export const rotateKey = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ purpose: z.enum(SIGNING_PURPOSES), isUrgent: z.boolean() }) },
  async ({ actor }, { purpose, isUrgent }) => {
    await rotateSigningKey(actor, { purpose, isUrgent });
    refresh();
  },
);

/** Every token the key signed is rejected from then on. */
export const revokeKey = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ kid: id }) },
  async ({ actor }, { kid }) => {
    await revokeSigningKey(actor, kid);
    refresh();
  },
);

const algorithm = z.strictObject({ signingAlgorithm: z.enum(SIGNING_ALGORITHMS) }).partial();

/** Like `updateSettings`; keys are replaced automatically. */
export const setAlgorithm = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ base: algorithm, mine: algorithm }) },
  async ({ actor, project }, edit) => {
    const { signingAlgorithm } = mergeEdit({ signingAlgorithm: project.signingAlgorithm }, edit);
    if (signingAlgorithm !== project.signingAlgorithm) await setSigningAlgorithm(actor, signingAlgorithm);
    refresh();
    return { signingAlgorithm };
  },
);

/** How much is deleted with the project. */
export const countContents = projectAction({ role: 'owner', fresh: false }, ({ project }) =>
  projects.countContents(project.id),
);

/** The confirmation is the slug. */
export const deleteProject = projectAction(
  { role: 'owner', fresh: true, input: z.strictObject({ confirmation: z.string().max(1000) }) },
  async ({ actor, project }, { confirmation }) => {
    if (!isTypedConfirmation(confirmation, project.slug))
      throw new AppError('invalid_input', { violations: [{ pointer: '/confirmation', message: 'does not match' }] });
    await projects.deleteProject(actor);
  },
);

/** A project's name and branding appear in the layout of every console page. */
function refresh(): void {
  revalidatePath('/console', 'layout');
}
