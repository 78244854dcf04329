import { diffJson } from '@/lib/audit/model';
import { type EventRecord, recordEvents } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';
import { type IdentitySchema, identifierValues } from '@/lib/schema/model';
import { validateTraits } from '@/lib/schema/service';
import { guardOperators, type Identity } from '../model';
import * as rows from '../repository';
import { announceAddresses } from './announce';
import { versioned } from './build-identity';
import { detailsOfChange, displacedByOthers, guardIdentifier } from './change';
import { deriveAddresses } from './derive-addresses';

/** `isChecked`: the schema accepts the traits, so that they are not checked again. `undoes`: the event that it undoes. */
export type IdentityMove = {
  before: Identity;
  schema: IdentitySchema;
  traits: JsonObject;
  isChecked?: boolean;
  undoes?: string;
};

/**
 * Moves identities of one project to a version of a schema, with the traits it needs: by the same rules as
 * `changeIdentity`, and at a fraction of its cost. Resolves to the refusal of each that stays as it is:
 * `operator_protected`, `invalid_traits`, `identifier_taken`. `moves` were read in this transaction; the rest is written
 * or, after a concurrent update of one, the transaction is retried.
 */
export async function moveIdentities(
  tx: Tx,
  actor: Actor,
  moves: readonly IdentityMove[],
): Promise<Map<string, AppError>> {
  const refused = new Map<string, AppError>();
  const candidates: Array<IdentityMove & { after: Identity }> = [];
  for (const move of moves) {
    try {
      guardOperators(actor, move.before);
      candidates.push({ ...move, after: await moved(tx, move) });
    } catch (error) {
      if (!isAppError(error)) throw error;
      refused.set(move.before.id, error);
    }
  }
  const free = await withoutTaken(tx, actor.projectId, candidates, refused);
  await write(tx, actor, free);
  return refused;
}

async function moved(tx: Tx, { before, schema, traits, isChecked = false }: IdentityMove): Promise<Identity> {
  if (!isChecked) validateTraits(schema, traits, before.traits);
  if (before.identifierPointer !== null) guardIdentifier(schema, before);
  const now = new Date();
  const values = identifierValues(schema.document, traits, before.identifierPointer);
  return {
    ...before,
    schemaId: schema.schemaId,
    schemaVersion: schema.version,
    traits,
    version: before.version + 1,
    updatedAt: now,
    ...deriveAddresses(values, before, {}, now, await displacedByOthers(tx, before)),
  };
}

type Candidate = IdentityMove & { after: Identity };

const addedIdentifiers = ({ before, after }: Candidate) =>
  after.identifiers.filter((value) => !before.identifiers.includes(value));

/** The first of several that claim an address keeps it; a concurrent claim is found when the transaction is retried. */
async function withoutTaken(
  tx: Tx,
  projectId: string,
  candidates: Candidate[],
  refused: Map<string, AppError>,
): Promise<Candidate[]> {
  const identifiers = candidates.flatMap(addedIdentifiers);
  if (identifiers.length === 0) return candidates;
  const found = await rows.findTaken(tx, projectId, { identifiers, externalIds: [], userHandles: [] });
  const taken = new Set(found.identifiers);
  return candidates.filter((candidate) => {
    const added = addedIdentifiers(candidate);
    if (added.some((value) => taken.has(value))) {
      refused.set(candidate.before.id, new AppError('identifier_taken'));
      return false;
    }
    for (const value of added) taken.add(value);
    return true;
  });
}

async function write(tx: Tx, actor: Actor, candidates: Candidate[]): Promise<void> {
  if (candidates.length === 0) return;
  if (!(await rows.updateIdentities(tx, candidates))) throw new ConcurrentUpdateError();
  for (const { before, after } of candidates) {
    if (hasSameAddresses(before, after)) continue;
    try {
      await rows.updateOwned(tx, before, after);
    } catch (error) {
      throw isAppError(error) ? new ConcurrentUpdateError() : error;
    }
  }
  await recordEvents(tx, actor, candidates.map(toEvent));
  for (const { before, after } of candidates)
    if (!hasSameAddresses(before, after)) await announceAddresses(tx, actor, before, after);
}

function toEvent({ before, after, undoes }: Candidate): EventRecord {
  const changes = diffJson(versioned(before), versioned(after));
  const details = detailsOfChange(before, after, changes, undoes === undefined ? {} : { undoes });
  return { type: 'identity.updated', identityId: before.id, details };
}

function hasSameAddresses(before: Identity, after: Identity): boolean {
  const keys = ({ identifiers, verifiableAddresses, recoveryAddresses }: Identity) =>
    [...identifiers, ...[...verifiableAddresses, ...recoveryAddresses].map(({ id }) => id)].join('\n');
  return keys(before) === keys(after);
}
