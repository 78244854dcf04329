import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { contentHasher, hmac } from '@/lib/platform/secret';
import type { Import } from '../model';
import * as rows from '../repository';
import { receiveUpload, type UploadInput } from './receive';

type KeyedInput = UploadInput & { key: string; request: string };

/**
 * Receives an upload once per Idempotency-Key of a program: a repeat with the same query and file resolves to the first
 * import. The key is bound to that import for a day. Refuses: `idempotency_key_reused` for another request,
 * `version_conflict` while the first one is received, and as `receiveUpload`.
 */
export async function receiveOnce({ key, ...input }: KeyedInput): Promise<{ one: Import; isReplayed: boolean }> {
  const { projectId, owner, body, request } = input;
  const keyHash = hmac('import', JSON.stringify([projectId, owner.kind, owner.id, key]));
  const known = await rows.findImportByKey(projectId, keyHash);
  if (known) {
    if (known.phase === 'receiving') throw new AppError('version_conflict');
    const hash = contentHasher().update(`${request}\0`);
    for await (const piece of body) hash.update(piece);
    if (hash.digest('base64url') !== known.requestHash) throw new AppError('idempotency_key_reused');
    return { one: known, isReplayed: true };
  }
  try {
    return { one: await receiveUpload({ ...input, keyHash }), isReplayed: false };
  } catch (error) {
    if (isUniqueViolation(error, 'keyHash')) throw new AppError('version_conflict', { cause: error });
    throw error;
  }
}
