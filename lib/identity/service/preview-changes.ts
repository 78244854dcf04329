import { diffJson, type FieldChanges } from '@/lib/audit/model';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { type AppError, isAppError } from '@/lib/platform/errors';
import type { Identity, IdentityChange } from '../model';
import * as rows from '../repository';
import { visible } from './build-identity';
import { applyChange } from './change';

/** `identifiers` of the identity after the change. */
export type ChangePreview =
  | { identity: Identity; changes: FieldChanges; identifiers: string[] }
  | { identity: Identity; refusal: AppError };

/**
 * What `changeIdentity` would do to each of these identities of one project, with the same rules for schema and traits;
 * writes nothing. Whether an identifier is free is left to `findTakenIdentifiers`.
 */
export async function previewChanges(
  wanted: ReadonlyArray<{ identity: Identity; change: IdentityChange }>,
  tx?: Tx,
): Promise<ChangePreview[]> {
  const reader = tx ?? (await db());
  const previews: ChangePreview[] = [];
  for (const { identity, change } of wanted) previews.push(await previewOne(reader, identity, change));
  return previews;
}

async function previewOne(reader: Tx, identity: Identity, change: IdentityChange): Promise<ChangePreview> {
  try {
    const after = await applyChange(reader, identity, change);
    return { identity, changes: diffJson(visible(identity), visible(after)), identifiers: after.identifiers };
  } catch (error) {
    if (isAppError(error)) return { identity, refusal: error };
    throw error;
  }
}

/** Those that an identity of the project has, or that are reserved for one. */
export async function findTakenIdentifiers(projectId: string, identifiers: string[]): Promise<Set<string>> {
  if (identifiers.length === 0) return new Set();
  const keys = { identifiers, externalIds: [], userHandles: [] };
  return new Set((await rows.findTaken(await db(), projectId, keys)).identifiers);
}
