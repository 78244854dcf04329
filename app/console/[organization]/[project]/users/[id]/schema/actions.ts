'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { fieldName } from '@/components/audit/event-fields';
import { suggestionText } from '@/components/schema/repair-text';
import type { Locale } from '@/lib/i18n/model';
import { getIdentity } from '@/lib/identity/service';
import { preview } from '@/lib/preview/service';
import { guardReach } from '@/lib/role/service';
import { fieldsOf, fieldTitle, type IdentitySchema } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { repairBody } from '@/lib/schema-change/contract';
import type { Fault } from '@/lib/schema-change/model/reason';
import { MAX_REPAIRS, type Repair } from '@/lib/schema-change/model/repair';
import { suggestionsFor } from '@/lib/schema-change/model/suggest';
import { type Move, moveToSchema, previewMove } from '@/lib/schema-change/service';
import type { ShownChange } from '@/lib/undo/model/shown';
import { type ProjectProof, projectAction } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { undoOf } from '@/lib/web/undo-of';
import { undoInWords } from '../undo-words';

const id = z.uuid();
const schemaId = z.string().max(100);
const repairs = z.array(repairBody).max(MAX_REPAIRS);

/** A place that the schema refuses, with the repairs that could solve it. */
export type ShownFault = {
  key: string;
  field: string;
  message: string;
  options: Array<{ text: string; repairs: Repair[] }>;
};

/** What a move would do: either changes, or faults that prevent it. */
export type MoveShown = {
  move: Move;
  changes: ShownChange[];
  notes: string[];
  isLocked: boolean;
  faults: ShownFault[];
};

/** Writes nothing. */
export const previewUserMove = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id, schemaId, repairs }) },
  async (proof, input): Promise<MoveShown> => {
    const { actor, project, person } = proof;
    const identity = await getIdentity(project.id, input.id);
    guardReach(person.identity, identity); // before the faults, which quote values
    const { schema, isLocked, faults } = await previewMove(identity, input.schemaId, input.repairs);
    const { schemaId: _, ...rest } = input;
    const move: Move = {
      ...{ schemaId: schema.schemaId, schemaVersion: schema.version },
      ...{ version: identity.version, repairs: rest.repairs },
    };
    if (faults.length > 0) {
      const before = await getSchema(project.id, identity.schemaId, identity.schemaVersion);
      const locale = await getLocale(person.identity.locale);
      return { move, changes: [], notes: [], isLocked, faults: shownFaults(faults, { before, after: schema }, locale) };
    }
    const { events, ends } = await preview(project.id, () => moveToSchema(actor, input.id, move, guardOf(proof)));
    const moved = { ...identity, schemaId: schema.schemaId, schemaVersion: schema.version };
    return { move, faults: [], isLocked, ...(await undoInWords(events, ends.sessions, proof, moved)) };
  },
);

/** Exactly what the preview has shown: a change since is a conflict. */
export const moveUser = projectAction(
  {
    role: 'admin',
    fresh: true,
    input: z.strictObject({
      id,
      move: z.strictObject({ schemaId, schemaVersion: z.int(), version: z.int(), repairs }),
    }),
  },
  async (proof, input) => {
    const { actor, organization, project } = proof;
    await moveToSchema(actor, input.id, input.move, guardOf(proof));
    revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
    return { undo: await undoOf(actor, input.id) };
  },
);

const guardOf = ({ person }: ProjectProof) => ({
  guard: (current: Parameters<typeof guardReach>[1]) => guardReach(person.identity, current),
});

/** Leaving the user on their version is no choice here: that is what happens without a move. */
function shownFaults(
  faults: readonly Fault[],
  { before, after }: { before: IdentitySchema; after: IdentitySchema },
  locale: Locale,
): ShownFault[] {
  const titles = new Map(fieldsOf(after.document).map((field) => [field.pointer, fieldTitle(field, locale)]));
  const reasons = faults.map(({ found, ...fault }) => ({ ...fault, found: [found], count: 1, people: [] }));
  const context = { before: before.document, after: after.document, others: reasons };
  return reasons.map((reason) => ({
    key: `${reason.keyword} ${reason.pointer}`,
    field: titles.get(reason.pointer.replace(/\/\*$/, '')) ?? fieldName(reason.pointer, titles, locale),
    message: reason.message,
    options: suggestionsFor(reason, context)
      .filter(([first]) => first?.op !== 'leave')
      .map((suggestion) => ({ repairs: suggestion, text: suggestionText(suggestion, locale) })),
  }));
}
