'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { operatorAction } from '@/lib/web/console';
import { cookieSettings } from '@/lib/web/session-cookie';
import { HIDDEN_STEPS_COOKIE, readHiddenSteps, withHidden } from './hidden-steps';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Hides the first steps of a project, by its ID, in this browser. */
export const hideFirstSteps = operatorAction(
  { fresh: false, input: z.object({ project: z.uuid() }) },
  async ({ person }, { project }) => {
    const settings = { ...cookieSettings(person.context), maxAge: YEAR_SECONDS };
    (await cookies()).set(HIDDEN_STEPS_COOKIE, withHidden(await readHiddenSteps(), project), settings);
    revalidatePath('/console', 'layout');
  },
);
