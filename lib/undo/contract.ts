import { z } from 'zod';
import { UNDO_OBSTACLES } from '@/lib/platform/errors';
import type { UndoState } from './model';

/** Whether an event of a history can be undone. */
export const undoResponse = z
  .object({
    possible: z.boolean(),
    obstacle: z
      .enum([...UNDO_OBSTACLES, 'conflict'])
      .nullable()
      .meta({
        description:
          'Why not. `kind`: changes of this kind are final; `erased`: its values were erased; `undone`: it was undone already; `unchanged`: every field already has its former value; `gone`: what it changed was removed; `conflict`: a later change touched the same fields.',
      }),
    event: z.string().nullable().meta({ description: 'ID of the later event that prevents it.' }),
  })
  .meta({ description: 'Whether the event can be undone, as far as later events say.' });

export function toUndoResponse(state: UndoState | undefined): z.output<typeof undoResponse> {
  const { obstacle, eventId } = state ?? { obstacle: 'kind', eventId: null };
  return { possible: obstacle === null, obstacle, event: eventId };
}
