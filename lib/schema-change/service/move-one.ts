import type { Guard, Identity } from '@/lib/identity/model';
import { getIdentityForWrite, moveIdentities } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { IdentitySchema } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { Fault } from '../model/reason';
import type { Repair } from '../model/repair';
import { identifierChange, judge } from './judge';

/** `isLocked`: the identity would lose its last identifier. */
export type MovePreview = { schema: IdentitySchema; isLocked: boolean; faults: Fault[] };

/** Whether the newest version of a schema accepts an identity after the repairs. Refuses: `unknown_schema`. */
export async function previewMove(identity: Identity, schemaId: string, repairs: Repair[]): Promise<MovePreview> {
  const { projectId, identifierPointer } = identity;
  const [schema, current] = await Promise.all([
    getSchema(projectId, schemaId),
    getSchema(projectId, identity.schemaId, identity.schemaVersion),
  ]);
  const { traits, faults } = judge({ schema, repairs }, identity);
  const before = { schema: current, traits: identity.traits };
  const { isLocked } = identifierChange(before, { schema, traits }, identifierPointer);
  return { schema, isLocked, faults };
}

/** `version`: that of the identity, `schemaVersion`: that of the schema, as they were shown. */
export type Move = { schemaId: string; schemaVersion: number; version: number; repairs: Repair[] };

/**
 * Moves one identity to the newest version of a schema. Refuses: `not_found`, `version_conflict` after a change of the
 * identity, `schema_changed` after one of the schema, `unknown_schema`, `invalid_traits`, `identifier_taken`,
 * `operator_protected`, and what `guard` throws.
 */
export async function moveToSchema(
  actor: Actor,
  identityId: string,
  { schemaId, schemaVersion, version, repairs }: Move,
  { guard }: { guard?: Guard } = {},
): Promise<void> {
  await transaction(async (tx) => {
    const before = await getIdentityForWrite(tx, actor, identityId, { guard });
    if (before.version !== version) throw new AppError('version_conflict');
    const schema = await getSchema(actor.projectId, schemaId, undefined, tx);
    if (schema.version !== schemaVersion) throw new AppError('schema_changed');
    const { traits, faults } = judge({ schema, repairs }, before);
    if (faults.length > 0) throw new AppError('invalid_traits', { violations: faults });
    const refused = await moveIdentities(tx, actor, [{ before, schema, traits, isChecked: true }]);
    const refusal = refused.get(before.id);
    if (refusal) throw refusal;
  });
}
