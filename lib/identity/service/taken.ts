import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Identity } from '../model';
import * as rows from '../repository';

/**
 * Names what another identity has taken since; the unique indexes decide. For an undo, whose values the request does not
 * contain. Refuses: `identifier_taken`, `external_id_taken`.
 */
export async function refuseTaken(tx: Tx, before: Identity, after: Identity): Promise<void> {
  const { id, projectId } = before;
  const identifiers = after.identifiers.filter((value) => !before.identifiers.includes(value));
  const externalIds = [after.externalId].filter((value) => value !== null && value !== before.externalId);
  if (identifiers.length + externalIds.length === 0) return;
  const keys = { identifiers, externalIds: externalIds.filter((value) => value !== null), userHandles: [] };
  const taken = await rows.findTaken(tx, projectId, keys, id);
  const [identifier] = taken.identifiers;
  if (identifier !== undefined) throw refusal('identifier_taken', identifier);
  const [externalId] = taken.externalIds;
  if (externalId !== undefined) throw refusal('external_id_taken', externalId);
}

function refusal(code: 'identifier_taken' | 'external_id_taken', value: string): AppError {
  const pointer = code === 'external_id_taken' ? '/external_id' : '/traits';
  const message = 'belongs to another identity by now';
  return new AppError(code, {
    reason: `${value} ${message}`,
    violations: [{ pointer, message, params: { value } }],
  });
}
