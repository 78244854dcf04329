'use server';

import { revalidatePath } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { RedirectType, redirect } from 'next/navigation';
import { z } from 'zod';
import { operatorAction } from '@/lib/web/console';
import { MAX_LOCAL_PATH_LENGTH, toLocalPath } from '@/lib/web/local-path';
import { cookieSettings } from '@/lib/web/session-cookie';
import { COLUMNS, COLUMNS_COOKIE, writeColumns } from './[organization]/[project]/users/columns';
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

const columnNames = z.union([z.string(), z.array(z.string())]).default([]);

/** The columns of lists of users in this browser. For the form without script: with it, the menu writes the cookie. */
export const setUserColumns = operatorAction(
  { fresh: false, input: z.object({ column: columnNames }) },
  async ({ person }, { column }) => {
    const chosen = COLUMNS.filter((one) => [column].flat().includes(one));
    const settings = { ...cookieSettings(person.context), httpOnly: false, path: '/console', maxAge: YEAR_SECONDS };
    (await cookies()).set(COLUMNS_COOKIE, writeColumns(chosen), settings);
    // So that a reload posts nothing.
    redirect(
      toLocalPath((await headers()).get('x-signet-path'), MAX_LOCAL_PATH_LENGTH) ?? '/console',
      RedirectType.replace,
    );
  },
);
