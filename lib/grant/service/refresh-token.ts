import { isUuid } from '@/lib/platform/ids';
import { hmac, isEqualConstantTime } from '@/lib/platform/secret';
import type { TokenFamily } from '../model';
import { findFamily } from '../repository/family';

/** Family, generation and HMAC. */
const REFRESH_TOKEN = /^srt_([\da-f-]{36})\.(\d{1,9})_([\w-]{43})$/;

type Generation = Pick<TokenFamily, 'id' | 'generation' | 'salt'>;

/**
 * The refresh token of a generation. It is computed, so that a family needs one row, and a lost answer can be repeated.
 */
export function refreshTokenOf({ id, generation, salt }: Generation): string {
  const name = `${id}.${generation}`;
  return `srt_${name}_${hmac('refresh-token', `${name}.${salt}`)}`;
}

/** The family and generation of a refresh token that Signet issued, whatever has become of it; otherwise null. */
export async function verifyRefreshToken(
  projectId: string,
  token: string,
): Promise<{ familyId: string; generation: number; family: TokenFamily } | null> {
  const [, familyId = '', digits = ''] = REFRESH_TOKEN.exec(token) ?? [];
  if (!isUuid(familyId)) return null;
  const family = await findFamily(projectId, familyId);
  const generation = Number(digits);
  if (!family?.isOffline || generation > family.generation) return null;
  if (!isEqualConstantTime(token, refreshTokenOf({ ...family, generation }))) return null;
  return { familyId, generation, family };
}
