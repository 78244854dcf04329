'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { emailOf } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import {
  readTraitsForm,
  refusedForm,
  resolveTraits,
  savedForm,
  type TraitsFormState,
  toEdits,
} from '@/lib/identity/model/traits-form';
import { editOwnTraits, removePicture, setPicture } from '@/lib/identity/service';
import { pictureInput } from '@/lib/picture/contract';
import { AppError, isAppError } from '@/lib/platform/errors';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { fieldsOf } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { canUndoOwn } from '@/lib/undo/service';
import { toSentCode } from '@/lib/verification/model';
import { beginEmailChange, cancelEmailChange, deleteOwnAccount, finishEmailChange } from '@/lib/verification/service';
import { action } from '@/lib/web/action';
import { ensureBrowserHash, readBrowserHash } from '@/lib/web/browser';
import { ownershipOf } from '@/lib/web/conflict-authors';
import { postedFields } from '@/lib/web/form-fields';
import { getLocale } from '@/lib/web/locale';
import { removeSessionCookie } from '@/lib/web/sign-in';
import { undoOf } from '@/lib/web/undo-of';

/** Saves the settings form. A refusal returns the typed values, so that nothing is lost without JavaScript. */
export const saveTraits = action(
  { fresh: false, input: postedFields },
  async ({ actor, identity }, posted): Promise<TraitsFormState> => {
    const form = readTraitsForm(posted);
    const [choice, pointer] = form.resolve?.split(/:(.*)/s) ?? [];
    if (pointer && (choice === 'mine' || choice === 'theirs')) return resolveTraits(form, pointer, choice);
    const schema = await getSchema(actor.projectId, identity.schemaId, identity.schemaVersion);
    const fields = fieldsOf(schema.document);
    const edits = toEdits(fields, form);
    try {
      await editOwnTraits(actor, identity.id, edits, { schema });
    } catch (error) {
      if (!isAppError(error) || !(error.details.conflicts || error.details.violations)) throw error;
      return refusedForm(fields, form, error.details, await ownershipOf(error.details, actor, identity.id));
    }
    revalidatePath('/profile', 'layout');
    const event = await undoOf(actor, identity.id);
    return { ...savedForm(fields, edits), undo: event !== null && (await canUndoOwn(actor, event)) ? event : null };
  },
);

export const setOwnPicture = action({ fresh: false, input: pictureInput }, async ({ actor, identity }, bytes) => {
  await setPicture(actor, identity.id, bytes);
  revalidatePath('/profile', 'layout');
});

export const removeOwnPicture = action({ fresh: false }, async ({ actor, identity }) => {
  await removePicture(actor, identity.id);
  revalidatePath('/profile', 'layout');
});

export const sendEmailChangeCode = action(
  { fresh: true, input: z.object({ email: z.string().max(1000) }) },
  async (proof, { email }) => {
    const input = { browserHash: await ensureBrowserHash(), locale: await getLocale(proof.identity.locale) };
    const pending = await beginEmailChange(proof.context, proof, { ...input, address: email });
    revalidatePath('/profile/settings');
    return toSentCode(pending, new Date());
  },
);

/** "Cancel" after the code was sent. */
export const withdrawEmailChange = action({ fresh: false }, async (proof) => {
  await cancelEmailChange(proof, await readBrowserHash());
  revalidatePath('/profile/settings');
});

export const confirmEmailChange = action(
  { fresh: false, input: z.object({ code: z.string().max(100) }) },
  async (proof, { code }) => {
    const input = { browserHash: await readBrowserHash(), locale: await getLocale(proof.identity.locale) };
    const changed = await finishEmailChange(proof.context, proof, { ...input, code });
    revalidatePath('/profile', 'layout');
    return { address: emailOf(changed) ?? '' };
  },
);

/** The confirmation is the email address, or the name if there is none. `graceDays`: as the dialog said. */
export const deleteAccountAction = action(
  { fresh: true, input: z.object({ confirmation: z.string().max(1000), graceDays: z.number() }) },
  async (proof, { confirmation, graceDays }) => {
    const { identity } = proof;
    if (!isTypedConfirmation(confirmation, emailOf(identity) ?? displayName(identity))) {
      throw new AppError('invalid_input', { violations: [{ pointer: '/confirmation', message: 'does not match' }] });
    }
    await deleteOwnAccount(proof, { graceDays, locale: await getLocale(identity.locale) });
    await removeSessionCookie();
    return undefined;
  },
);
