import { diffJson, type FieldChanges } from '@/lib/audit/model';
import type { Identity, IdentityChange } from '@/lib/identity/model';
import { findByKeys } from '@/lib/identity/service';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';
import type { ImportSettings } from '../model';
import { type Incoming, mergeJson } from './person';

/** What a row is about: a new identity, an existing one, or neither. */
export type Planned =
  | { row: number; type: 'create'; incoming: Incoming }
  | { row: number; type: 'existing'; incoming: Incoming; current: Identity }
  | { row: number; type: 'failed'; error: AppError };

type Row = { number: number; incoming: Incoming | AppError };

/**
 * The keys of the rows so far. A file may name an identity once: otherwise the outcome would depend on the order, and a
 * dry run could not say what an import does. Derived from the rows alone, so that a resumed job knows the same.
 */
export class SeenKeys {
  readonly #rows = new Map<string, number>();

  /** The refusal of a row that names the same identity as an earlier one. */
  add(row: number, keys: string[]): AppError | null {
    const earlier = keys.map((key) => this.#rows.get(key)).find((found) => found !== undefined);
    for (const key of keys) if (!this.#rows.has(key)) this.#rows.set(key, row);
    return earlier === undefined
      ? null
      : new AppError('invalid_input', { reason: `Row ${earlier} is about the same user` });
  }
}

/** What identifies the identity that a row is about, as chosen. */
export function keysOf({ person, identifiers }: Incoming, { match }: ImportSettings): string[] {
  const { id, externalId } = person.identity;
  if (match === 'id') return id === undefined ? [] : [id];
  if (match === 'external_id') return externalId ? [externalId] : [];
  return identifiers;
}

/** Finds the identities that rows are about. `current` is as of now; a change reads it again in its transaction. */
export async function planRows(
  projectId: string,
  settings: ImportSettings,
  rows: Row[],
  seen: SeenKeys,
): Promise<Planned[]> {
  const checked = rows.map(({ number, incoming }): Row => {
    if (isAppError(incoming)) return { number, incoming };
    return { number, incoming: seen.add(number, keysOf(incoming, settings)) ?? incoming };
  });
  const keys = checked.flatMap(({ incoming }) => (isAppError(incoming) ? [] : keysOf(incoming, settings)));
  const found = keys.length === 0 ? [] : await findByKeys(projectId, byMatch(settings, keys));
  const holders = new Map(found.flatMap((one) => keysHeldBy(one, settings).map((key) => [key, one] as const)));
  return checked.map(({ number, incoming }) => {
    if (isAppError(incoming)) return { row: number, type: 'failed', error: incoming };
    const matches = new Set(keysOf(incoming, settings).flatMap((key) => holders.get(key) ?? []));
    const [current, other] = matches;
    if (other) return { row: number, type: 'failed', error: several() };
    return current ? { row: number, type: 'existing', incoming, current } : { row: number, type: 'create', incoming };
  });
}

function byMatch({ match }: ImportSettings, keys: string[]) {
  if (match === 'id') return { ids: keys };
  return match === 'external_id' ? { externalIds: keys } : { identifiers: keys };
}

function keysHeldBy(identity: Identity, { match }: ImportSettings): string[] {
  if (match === 'id') return [identity.id];
  if (match === 'external_id') return identity.externalId === null ? [] : [identity.externalId];
  return identity.identifiers;
}

function several(): AppError {
  return new AppError('invalid_input', { reason: 'The identifiers of the row belong to several users' });
}

/**
 * What a row changes in an existing identity: only fields that differ. Traits and metadata are merged member by member;
 * members that the row does not have stay. Refuses: `invalid_input` for a row of another schema.
 */
export function mergeInto(current: Identity, { change, ownSchemaId }: Incoming): IdentityChange {
  if (ownSchemaId !== null && ownSchemaId !== current.schemaId)
    throw new AppError('invalid_input', {
      reason: `The user has the schema ${current.schemaId}; an import does not move users to another one`,
    });
  const { traits, metadataPublic, metadataAdmin, ...others } = change;
  return {
    ...others,
    ...(traits && { traits: mergeJson(current.traits, traits) as JsonObject }),
    ...(metadataPublic !== undefined && { metadataPublic: mergeJson(current.metadataPublic, metadataPublic) }),
    ...(metadataAdmin !== undefined && { metadataAdmin: mergeJson(current.metadataAdmin, metadataAdmin) }),
  };
}

/** The fields that differ, as the audit event lists them; addresses that the change adds are `false` before. */
export function changesOf(current: Identity, wanted: IdentityChange): FieldChanges {
  const flags = (given: Record<string, boolean>) =>
    Object.fromEntries(current.verifiableAddresses.map(({ value, verified }) => [value, given[value] ?? verified]));
  return diffJson(
    {
      state: current.state,
      traits: current.traits,
      metadata_public: current.metadataPublic,
      metadata_admin: current.metadataAdmin,
      external_id: current.externalId,
      verified: flags({}),
    },
    {
      state: wanted.state ?? current.state,
      traits: wanted.traits ?? current.traits,
      metadata_public: wanted.metadataPublic === undefined ? current.metadataPublic : wanted.metadataPublic,
      metadata_admin: wanted.metadataAdmin === undefined ? current.metadataAdmin : wanted.metadataAdmin,
      external_id: wanted.externalId === undefined ? current.externalId : wanted.externalId,
      verified: flags(wanted.verified ?? {}),
    },
  );
}
