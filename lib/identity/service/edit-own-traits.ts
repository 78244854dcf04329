import type { Actor } from '@/lib/platform/actor';
import { AppError, type Conflict } from '@/lib/platform/errors';
import { getAt, type Json, setAt } from '@/lib/platform/json';
import { fieldsOf, isSelfEditable } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { Identity } from '../model';
import { changeIdentity, getIdentity } from '../service';

/** One field of the form: what it showed when the page was made, and what the person sent. Null means empty. */
export type OwnTrait = { pointer: string; base: Json; mine: Json };

/**
 * A person changes their own traits. Only fields that the schema opens for self-service count, never an identifier; the
 * rest of what was sent is not looked at. A field that somebody else changed meanwhile is neither overwritten nor lost:
 * unless both want the same, nothing is written and the refusal shows both values.
 * Refuses: `version_conflict` with `conflicts`, `invalid_traits`, `not_found`.
 */
export async function editOwnTraits(actor: Actor, identityId: string, edits: OwnTrait[]): Promise<Identity> {
  const seen = await getIdentity(actor.projectId, identityId);
  const { document } = await getSchema(actor.projectId, seen.schemaId, seen.schemaVersion);
  const editable = fieldsOf(document).filter(isSelfEditable);
  return changeIdentity(actor, identityId, (current) => {
    // The schema was looked up for this version of it; should that have moved, the person looks again.
    if (current.schemaId !== seen.schemaId || current.schemaVersion !== seen.schemaVersion)
      throw new AppError('version_conflict');
    const conflicts: Conflict[] = [];
    let { traits } = current;
    for (const { path, pointer } of editable) {
      const edit = edits.find((candidate) => candidate.pointer === pointer);
      if (!edit || edit.mine === edit.base) continue;
      const theirs = getAt(current.traits, path) ?? null;
      if (theirs !== edit.base && theirs !== edit.mine) conflicts.push({ ...edit, theirs });
      traits = setAt(traits, path, edit.mine ?? undefined);
    }
    if (conflicts.length > 0) throw new AppError('version_conflict', { conflicts });
    return { traits };
  });
}
