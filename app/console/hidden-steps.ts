import { cookies } from 'next/headers';

/** The projects, by ID, whose list of first steps was hidden in this browser. */
export const HIDDEN_STEPS_COOKIE = 'signet_steps';
const MAX_HIDDEN = 20;

export async function readHiddenSteps(): Promise<string[]> {
  return (await cookies()).get(HIDDEN_STEPS_COOKIE)?.value.split('.').filter(Boolean) ?? [];
}

/** The value of the cookie with one more project; the oldest are dropped. */
export function withHidden(hidden: string[], projectId: string): string {
  return [...hidden.filter((id) => id !== projectId), projectId].slice(-MAX_HIDDEN).join('.');
}
