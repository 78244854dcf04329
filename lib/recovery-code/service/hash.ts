import { hmac } from '@/lib/platform/secret';

/** Keyed, so that a stolen database alone confirms no code; see PERSONAL_CODE_LENGTH for why it need not be slow. */
export function hashPersonalCode(identityId: string, code: string): string {
  return hmac('personal-recovery-code', `${identityId}\0${code}`);
}
