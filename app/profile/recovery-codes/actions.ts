'use server';

import { revalidatePath } from 'next/cache';
import type { Failure } from '@/lib/i18n/error-message';
import { createRecoveryCodes, revokeOwnRecoveryCodes } from '@/lib/recovery-code/service';
import { action } from '@/lib/web/action';

/** The codes exist only in the response that creates them. */
export const createCodes = action({ fresh: true }, async (proof) => {
  const codes = await createRecoveryCodes(proof);
  revalidatePath('/profile', 'layout');
  return { codes };
});

export type CodesState = { codes: string[] | null; failure: Failure | null };

/** For a form, which works without JavaScript. */
export async function submitCreate(_: CodesState, form: FormData): Promise<CodesState> {
  const result = await createCodes(null, form);
  return result.ok ? { codes: result.value.codes, failure: null } : { codes: null, failure: result.error };
}

export const deleteCodes = action({ fresh: true }, async (proof) => {
  await revokeOwnRecoveryCodes(proof);
  revalidatePath('/profile', 'layout');
});
