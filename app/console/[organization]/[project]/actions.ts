'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { type ProjectPlace, projectAction } from '@/lib/web/console';
import { cookieSettings } from '@/lib/web/session-cookie';
import { HIDDEN_STEPS_COOKIE, readHiddenSteps, withHidden } from './first-steps';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

const hide = projectAction({ role: 'viewer', fresh: false }, async ({ project, person }) => {
  const settings = { ...cookieSettings(person.context), maxAge: YEAR_SECONDS };
  (await cookies()).set(HIDDEN_STEPS_COOKIE, withHidden(await readHiddenSteps(), project.id), settings);
  revalidatePath('/console', 'layout');
});

/** Hides the first steps of a project in this browser. */
export async function hideFirstSteps(place: ProjectPlace): Promise<void> {
  await hide(place);
}
