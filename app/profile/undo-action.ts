'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { UndoOutcome } from '@/lib/undo/model/shown';
import { undoOwnEvent } from '@/lib/undo/service';
import { action } from '@/lib/web/action';
import { undoOf } from '@/lib/web/undo-of';

/** Undoes a change that the person made themselves, of traits they may edit or of a passkey's name. */
export const undoOwnChange = action(
  { fresh: false, input: z.strictObject({ event: z.uuid() }) },
  async ({ actor, identity }, { event }): Promise<UndoOutcome> => {
    await undoOwnEvent(actor, event);
    revalidatePath('/profile', 'layout');
    return { refusal: null, undo: await undoOf(actor, identity.id) };
  },
);
