import type { Identity } from '@/lib/identity/model';
import { type RecoveryCode, type RecoveryCodeSummary, summarize } from '../model';
import * as rows from '../repository';

/** How many codes of an identity are left; null without any. */
export async function summarizeRecoveryCodes({
  projectId,
  id,
  revocationEpoch,
}: Pick<Identity, 'projectId' | 'id' | 'revocationEpoch'>): Promise<RecoveryCodeSummary | null> {
  return summarize(await rows.listCodes(projectId, id), revocationEpoch);
}

/** Times of the codes, for "Download your data". Their hashes are secret. */
export async function listRecoveryCodes(
  projectId: string,
  identityId: string,
): Promise<Pick<RecoveryCode, 'createdAt' | 'usedAt'>[]> {
  const codes = await rows.listCodes(projectId, identityId);
  return codes.map(({ createdAt, usedAt }) => ({ createdAt, usedAt }));
}
