'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { displayName } from '@/lib/identity/model/name';
import { toEdits } from '@/lib/identity/model/traits-form';
import { createIdentity } from '@/lib/identity/service';
import { createInvitedIdentity } from '@/lib/invitation/service';
import { AppError } from '@/lib/platform/errors';
import { fieldsOf } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { projectAction } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { atFields, editableFields, fieldViolations } from '../user-fields';
import { toNewIdentity } from './new-identity';

const input = z.strictObject({
  schemaId: z.string().max(255),
  values: z.record(z.string().max(1000), z.string().max(100_000)),
  state: z.enum(['active', 'inactive']),
  isInvited: z.boolean(),
});

/** Creates an identity from the form and optionally emails an invitation. Refusals name their fields. */
export const createUser = projectAction(
  { role: 'admin', fresh: true, input },
  async ({ actor, person, organization, project }, { schemaId, values, state, isInvited }) => {
    const { document } = await getSchema(actor.projectId, schemaId);
    const fields = editableFields(document);
    const violations = fieldViolations(fields, values);
    if (violations.length > 0) throw new AppError('invalid_traits', { violations });
    const edits = toEdits(fields, { mine: values, base: {} });
    const wanted = toNewIdentity(fieldsOf(document), edits, { schemaId, state });
    try {
      const mail = { locale: await getLocale(), inviter: displayName(person.identity) };
      const made = isInvited ? createInvitedIdentity(actor, wanted, mail) : createIdentity(actor, wanted);
      const identity = await made;
      revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
      return { id: identity.id, name: displayName(identity) };
    } catch (error) {
      const details = atFields(error, fieldsOf(document), edits);
      throw details ? new AppError('invalid_traits', { ...details, cause: error }) : error;
    }
  },
);
