'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { AuditEvent } from '@/lib/audit/model';
import { fieldChangesOf } from '@/lib/audit/model/undo';
import { findEvent } from '@/lib/audit/service';
import type { Guard, Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { preview } from '@/lib/preview/service';
import { guardReach } from '@/lib/role/service';
import { fieldsOf } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { changesAccess } from '@/lib/undo/model';
import type { UndoOutcome, UndoPreview } from '@/lib/undo/model/shown';
import { undoEvent } from '@/lib/undo/service';
import { requireFresh } from '@/lib/web/action';
import { type ProjectProof, projectAction } from '@/lib/web/console';
import { undoOf } from '@/lib/web/undo-of';
import { refusalInWords, undoInWords } from './undo-words';

/** Undo follows the rules of the change it makes: role, reach and a recent authentication where that needs one. */
const input = z.strictObject({ id: z.string().max(100), event: z.uuid() });

export const undoChange = projectAction(
  { role: 'admin', fresh: 'conditional', input },
  async (proof, { id, event: eventId }, isFresh): Promise<UndoOutcome> => {
    const { actor, organization, project } = proof;
    const event = await eventOf(proof, eventId);
    try {
      await undoEvent(actor, id, eventId, { guard: await guardOf(proof, id, event, isFresh) });
    } catch (error) {
      const refusal = await refusalInWords(error, proof, id);
      if (!refusal) throw error;
      return { refusal };
    }
    revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
    return { refusal: null, undo: await undoOf(actor, id) };
  },
);

/** What it would change, and what it would end; or why it is refused. Writes nothing. */
export const previewUndo = projectAction(
  { role: 'admin', fresh: false, input },
  async (proof, { id, event: eventId }): Promise<UndoPreview> => {
    const { actor, project } = proof;
    const event = await eventOf(proof, eventId);
    const guard = await guardOf(proof, id, event, true);
    try {
      const { events, ends } = await preview(project.id, () => undoEvent(actor, id, eventId, { guard }));
      const identity = await getIdentity(project.id, id);
      return { refusal: null, ...(await undoInWords(events, ends.sessions, proof, identity)) };
    } catch (error) {
      const refusal = await refusalInWords(error, proof, id);
      if (!refusal) throw error;
      return { refusal };
    }
  },
);

/** Refuses: `not_found`. */
async function eventOf({ project }: ProjectProof, eventId: string): Promise<AuditEvent> {
  const event = await findEvent(project.id, eventId);
  if (!event) throw new AppError('not_found');
  return event;
}

/**
 * As for the change by hand: state is never the actor's own, and needs a recent authentication, as do an identifier and
 * any operator. Refuses: `forbidden`, `reauthentication_required`, `not_found`.
 */
async function guardOf(
  { person, project }: ProjectProof,
  id: string,
  event: AuditEvent,
  isFresh: boolean,
): Promise<Guard> {
  const { schemaId, schemaVersion } = await getIdentity(project.id, id);
  const { document } = await getSchema(project.id, schemaId, schemaVersion);
  const identifiers = fieldsOf(document).filter(({ isIdentifier }) => isIdentifier);
  const isIdentifying = Object.keys(fieldChangesOf(event)).some(
    (pointer) => /^\/(verified|schema_)/.test(pointer) || identifiers.some((field) => field.pointer === pointer),
  );
  return (current: Identity) => {
    if (changesAccess(event) && current.id === person.identity.id) throw new AppError('forbidden');
    guardReach(person.identity, current);
    requireFresh(isFresh, changesAccess(event) || isIdentifying || current.operatorRoles.length > 0);
  };
}
