'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { z } from 'zod';
import type { Failure } from '@/lib/i18n/error-message';
import { PAIRING_MINUTES } from '@/lib/pairing/model';
import { answerPairing, cancelOwnPairing, startPairing } from '@/lib/pairing/service';
import { action } from '@/lib/web/action';
import { PAIRING_COOKIE } from '@/lib/web/pairing-cookie';
import { cookieName, cookieSettings } from '@/lib/web/session-cookie';

/** "Use another device", on the signed-in device. Forms work without JavaScript. */
export type DeviceState = { failure: Failure | null };

/** The code stays in this browser, whose page shows it; the server stores its hash. */
const showCode = action({ fresh: true }, async (proof) => {
  const { context } = proof;
  const { code } = await startPairing(proof);
  const settings = { ...cookieSettings(context), maxAge: PAIRING_MINUTES * 60 };
  (await cookies()).set(cookieName(context, PAIRING_COOKIE), code, settings);
  revalidatePath('/profile/device');
  return undefined;
});

export async function submitStart(_: DeviceState, form: FormData): Promise<DeviceState> {
  const result = await showCode(null, form);
  return { failure: result.ok ? null : result.error };
}

/** Within ten minutes of a fresh start, by the session that started. */
const answerDevice = action(
  { fresh: false, input: z.object({ id: z.uuid(), answer: z.enum(['confirm', 'refuse']) }) },
  async (proof, { id, answer }) => {
    await answerPairing(proof, { id, isConfirmed: answer === 'confirm' });
    revalidatePath('/profile', 'layout');
    return undefined;
  },
);

export async function submitAnswer(_: DeviceState, form: FormData): Promise<DeviceState> {
  const result = await answerDevice(null, form);
  revalidatePath('/profile/device'); // a refusal shows what has happened since
  return { failure: result.ok ? null : result.error };
}

const cancelDevice = action({ fresh: false }, async (proof) => {
  await cancelOwnPairing(proof);
  revalidatePath('/profile/device');
  return undefined;
});

export async function submitCancel(_: DeviceState, form: FormData): Promise<DeviceState> {
  const result = await cancelDevice(null, form);
  return { failure: result.ok ? null : result.error };
}
