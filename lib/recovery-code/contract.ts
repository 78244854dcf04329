import type { RecoveryCode } from './model';

/** For "Download your data". */
export function toOwnCodesResponse(codes: Pick<RecoveryCode, 'createdAt' | 'usedAt'>[]) {
  return { recovery_codes: codes.map(({ createdAt, usedAt }) => ({ created_at: createdAt, used_at: usedAt })) };
}
