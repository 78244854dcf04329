'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { deletePasskey, renamePasskey } from '@/lib/credential/service';
import { emailOf, type Guard, type Identity } from '@/lib/identity/model';
import type { HeldCounts } from '@/lib/identity/model/held';
import { displayName } from '@/lib/identity/model/name';
import { refusedForm, savedForm, type TraitsFormState, toEdits, untouched } from '@/lib/identity/model/traits-form';
import {
  cancelDeletion,
  changeIdentity,
  deleteAccount,
  editIdentity,
  getIdentity,
  removePicture,
  setPicture,
} from '@/lib/identity/service';
import { pictureInput } from '@/lib/picture/contract';
import { AppError, isAppError } from '@/lib/platform/errors';
import { isSameJson } from '@/lib/platform/json';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { preview } from '@/lib/preview/service';
import { revokeRecoveryCodes } from '@/lib/recovery-code/service';
import { guardReach } from '@/lib/role/service';
import { fieldsOf } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { endAllSessions, endSession } from '@/lib/session/service';
import { issueRecovery } from '@/lib/verification/service';
import { requireFresh } from '@/lib/web/action';
import { ownershipOf } from '@/lib/web/conflict-authors';
import { type ProjectProof, projectAction } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { undoOf } from '@/lib/web/undo-of';
import { atFields, editableFields, fieldViolations } from '../user-fields';

/**
 * Admin actions on one user. Each checks its reach against the identity at write time: no one acts on an operator above
 * their own role, and acting on any operator needs a recent authentication.
 */
const id = z.string().max(100);
const texts = z.record(z.string().max(1000), z.string().max(1024 * 1024));

export const saveUser = projectAction(
  { role: 'admin', fresh: 'conditional', input: z.strictObject({ id, base: texts, mine: texts }) },
  async (proof, input, isFresh): Promise<TraitsFormState> => {
    const { actor } = proof;
    const identity = await getIdentity(actor.projectId, input.id);
    const schema = await getSchema(actor.projectId, identity.schemaId, identity.schemaVersion);
    const { document } = schema;
    const fields = editableFields(document);
    const form = { ...untouched(input.mine), base: input.base };
    const violations = fieldViolations(fields, input.mine);
    if (violations.length > 0) return refusedForm(fields, form, { violations });
    const edits = toEdits(fields, form);
    const identifiers = fieldsOf(document).filter(({ isIdentifier }) => isIdentifier);
    const isIdentifierEdited = edits.some(
      ({ pointer, base, mine }) => identifiers.some((field) => field.pointer === pointer) && !isSameJson(mine, base),
    );
    requireFresh(isFresh, isIdentifierEdited);
    try {
      await editIdentity(actor, identity.id, edits, { guard: reach(proof, isFresh), schema });
    } catch (error) {
      const details = atFields(error, fieldsOf(document), edits);
      if (!details) throw error;
      return refusedForm(fields, form, details, await ownershipOf(details, actor, identity.id));
    }
    refresh(proof);
    return { ...savedForm(fields, edits), undo: await undoOf(actor, identity.id) };
  },
);

export const setUserPicture = projectAction(
  { role: 'admin', fresh: 'conditional', input: z.strictObject({ id, picture: pictureInput }) },
  async (proof, input, isFresh) => {
    await setPicture(proof.actor, input.id, input.picture, { guard: reach(proof, isFresh) });
    refresh(proof);
  },
);

export const removeUserPicture = projectAction(
  { role: 'admin', fresh: 'conditional', input: z.strictObject({ id }) },
  async (proof, input, isFresh) => {
    await removePicture(proof.actor, input.id, { guard: reach(proof, isFresh) });
    refresh(proof);
  },
);

/**
 * Deactivation raises the identity's epoch, which permanently revokes sessions, codes, links and pending ceremonies.
 */
export const setUserState = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, state: z.enum(['active', 'inactive']) }) },
  async (proof, { state, ...input }) => {
    await changeIdentity(proof.actor, input.id, () => ({ state }), { guard: reachOthers(proof) });
    refresh(proof);
    return { undo: await undoOf(proof.actor, input.id) };
  },
);

/** Keeps an account that its owner deleted. */
export const cancelUserDeletion = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async (proof, input) => {
    await cancelDeletion(proof.actor, input.id, { guard: reachOthers(proof) });
    refresh(proof);
  },
);

/**
 * Into the recycle bin, or permanently with `purge`, without a recycle bin, or if its owner deleted the account. A permanent deletion is confirmed by the
 * email address, or the name if there is none.
 */
export const deleteUser = projectAction(
  {
    role: 'admin',
    fresh: true,
    input: z.strictObject({ id, confirmation: z.string().max(1000), purge: z.boolean().default(false) }),
  },
  async (proof, input) => {
    const guard = (current: Identity) => {
      reachOthers(proof)(current);
      // An account that its owner deleted never enters the recycle bin.
      const isPermanent = input.purge || proof.project.recycleBinDays === 0 || current.deletionDueAt !== null;
      const expected = emailOf(current) ?? (displayName(current) || current.id);
      if (isPermanent && !isTypedConfirmation(input.confirmation, expected))
        throw new AppError('invalid_input', { violations: [{ pointer: '/confirmation', message: 'does not match' }] });
    };
    // The page leaves for the list.
    await deleteAccount(proof.actor, input.id, { locale: await getLocale(), guard, purge: input.purge });
  },
);

/** What an action would end. Nothing is changed, so no recent authentication is required. */
export const previewUser = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id, action: z.enum(['deactivate', 'delete', 'sign_out']) }) },
  async (proof, { id: userId, action }): Promise<HeldCounts> => {
    const { actor } = proof;
    const work = {
      deactivate: () => changeIdentity(actor, userId, () => ({ state: 'inactive' }), { guard: reachOthers(proof) }),
      delete: () => deleteAccount(actor, userId, { guard: reachOthers(proof) }),
      sign_out: () => endAllSessions(actor, userId, { guard: reach(proof) }),
    };
    return (await preview(actor.projectId, async () => void (await work[action]()))).ends;
  },
);

/** Link and code exist only in this response. */
export const createRecovery = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async (proof, input) => {
    const recovery = await issueRecovery(proof.actor, input.id, { guard: reachOthers(proof) });
    refresh(proof);
    return recovery;
  },
);

export const renameUserPasskey = projectAction(
  {
    role: 'admin',
    fresh: 'conditional',
    input: z.strictObject({ id, passkeyId: z.uuid(), name: z.string().max(1000) }),
  },
  async (proof, input, isFresh) => {
    const { name } = await renamePasskey(proof.actor, input.id, input.passkeyId, input.name, {
      guard: reach(proof, isFresh),
    });
    refresh(proof);
    return { name, undo: await undoOf(proof.actor, input.id) };
  },
);

export const deleteUserPasskey = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, passkeyId: z.uuid() }) },
  async (proof, input) => {
    await deletePasskey(proof.actor, input.id, input.passkeyId, { guard: reach(proof) });
    refresh(proof);
  },
);

export const revokeUserCodes = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async (proof, input) => {
    await revokeRecoveryCodes(proof.actor, input.id, { guard: reach(proof) });
    refresh(proof);
  },
);

export const endUserSession = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, sessionId: z.uuid() }) },
  async (proof, input) => {
    try {
      await endSession(proof.actor, input.id, input.sessionId, { guard: reach(proof) });
    } catch (error) {
      if (!isAppError(error) || error.code !== 'not_found') throw error;
      await getIdentity(proof.actor.projectId, input.id); // the session has ended already
    }
    refresh(proof);
  },
);

export const endUserSessions = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async (proof, input) => {
    const count = await endAllSessions(proof.actor, input.id, { guard: reach(proof) });
    refresh(proof);
    return { count };
  },
);

/**
 * Refuses: `forbidden` for an operator above the actor's role, `reauthentication_required` for any operator unless
 * `isFresh`.
 */
function reach({ person }: ProjectProof, isFresh = true): Guard {
  return (current) => {
    guardReach(person.identity, current);
    requireFresh(isFresh, current.operatorRoles.length > 0);
  };
}

/** Like `reach`, but also refuses the actor's own identity (`forbidden`): that is changed in their account settings. */
function reachOthers(proof: ProjectProof): Guard {
  return (current) => {
    if (current.id === proof.person.identity.id) throw new AppError('forbidden');
    reach(proof)(current);
  };
}

/** Revalidates lists and pages, including this tab's router cache. */
function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
}
