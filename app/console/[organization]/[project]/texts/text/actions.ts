'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { LOCALES } from '@/lib/i18n/model';
import * as projects from '@/lib/project/service';
import { projectAction } from '@/lib/web/console';
import { exampleOf } from '../sample';

const place = { locale: z.enum(LOCALES), key: z.string().max(600) };
const text = z.string().max(10_000);
const fields = z.strictObject({ text: text.nullable() }).partial();

/** `base` is the text as the page showed it: a later change is reported, not overwritten. */
export const saveText = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ ...place, base: fields, mine: fields }) },
  async ({ actor }, { locale, key, ...edit }) => {
    const saved = await projects.changeText(actor, { locale, key }, edit);
    revalidatePath('/console', 'layout');
    return saved;
  },
);

/** The text with examples in place of its arguments. Refuses a text that could not be saved. */
export const previewText = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ ...place, text }) },
  async ({ project }, { locale, key, text: typed }) => {
    const original = await projects.getOriginal(project.id, { locale, key });
    const wanted = typed.trim() || original;
    projects.requireFitting(key, original, wanted);
    return { example: exampleOf({ locale, key }, wanted, project.name) };
  },
);
