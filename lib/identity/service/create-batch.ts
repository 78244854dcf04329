import { recordEvents } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { isPreview } from '@/lib/platform/db/preview';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import { errorFields, log } from '@/lib/platform/log';
import type { IdentitySchema } from '@/lib/schema/model';
import { DEFAULT_SCHEMA_ID, getSchema, validateTraits } from '@/lib/schema/service';
import type { Identity } from '../model';
import * as rows from '../repository';
import { type CreateIdentityInput, creationDetails, newIdentity } from './build-identity';

/** Outcome of one item: the identity, or the refusal. */
export type BatchOutcome = Identity | AppError;

/** Writes rows that belong to newly created identities, in the same transaction. */
type Also = (tx: Tx, created: Identity[]) => Promise<void>;
type Options = {
  also?: Also | undefined;
  /** Identities per transaction; the default keeps other writers waiting only briefly. */
  batchSize?: number | undefined;
};

const BATCH_SIZE = 50;

/**
 * Creates many identities, each with its own outcome: a refused item does not affect the others; of several with the
 * same address, the first wins. Other writers get their turns in between.
 * `also` writes rows that belong to the created identities. Refuses as a whole only while nothing has been created,
 * with the database's error.
 */
export async function createIdentities(
  actor: Actor,
  inputs: Array<CreateIdentityInput | AppError>,
  { also = async () => {}, batchSize = BATCH_SIZE }: Options = {},
): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = [];
  const earlier = () => (isPreview() ? outcomes.filter(isIdentity) : []); // rolled back, so the database lacks them
  for (let start = 0; start < inputs.length; start += batchSize) {
    try {
      outcomes.push(...(await createNext(actor, inputs.slice(start, start + batchSize), also, earlier())));
    } catch (cause) {
      if (outcomes.every(isAppError)) throw cause;
      const refusal = interruption(actor, cause);
      return inputs.map((_, at) => outcomes[at] ?? refusal);
    }
  }
  return outcomes;
}

/** Report what was created so far; the rest can be sent again. */
function interruption(actor: Actor, cause: unknown): AppError {
  log.error('batch interrupted', { request_id: actor.requestId, ...errorFields(cause) });
  return isAppError(cause) ? cause : new AppError('overloaded', { cause });
}

async function createNext(
  actor: Actor,
  inputs: Array<CreateIdentityInput | AppError>,
  also: Also,
  earlier: Identity[],
): Promise<BatchOutcome[]> {
  const candidates = await prepareIdentities(actor, inputs);
  return transaction(async (tx) => {
    const outcomes = await insertPrepared(tx, actor, candidates, earlier);
    await also(tx, outcomes.filter(isIdentity));
    return outcomes;
  });
}

/** The identities to write, each valid by its schema, or its refusal. Call it before the transaction that writes them. */
export async function prepareIdentities(
  actor: Actor,
  inputs: Array<CreateIdentityInput | AppError>,
): Promise<BatchOutcome[]> {
  const schemas = new Map<string, Promise<IdentitySchema>>();
  const candidates: BatchOutcome[] = [];
  for (const input of inputs) {
    await yieldToEventLoop(); // validating one against its schema may take a second (docs/decisions/0009)
    candidates.push(isAppError(input) ? input : await prepared(actor, input, schemas));
  }
  return candidates;
}

/** Validates one item independently of stored identities: the identity to write, or the refusal. */
async function prepared(
  { projectId }: Actor,
  input: CreateIdentityInput,
  schemas: Map<string, Promise<IdentitySchema>>,
): Promise<BatchOutcome> {
  const schemaId = input.schemaId ?? DEFAULT_SCHEMA_ID;
  const reading = schemas.get(schemaId) ?? getSchema(projectId, schemaId);
  schemas.set(schemaId, reading);
  try {
    const schema = await reading;
    validateTraits(schema, input.traits);
    return newIdentity(projectId, schema, input);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

/**
 * Writes those whose keys are free; of several with the same key, the first wins. The unique indexes decide: a concurrent
 * insert after the lookup is found when the transaction is retried.
 */
export async function insertPrepared(
  tx: Tx,
  actor: Actor,
  candidates: BatchOutcome[],
  earlier: Identity[] = [],
): Promise<BatchOutcome[]> {
  const wanted = candidates.filter(isIdentity);
  const found = await rows.findTaken(tx, actor.projectId, {
    identifiers: wanted.flatMap(({ identifiers }) => identifiers),
    externalIds: wanted.flatMap(({ externalId }) => externalId ?? []),
    userHandles: wanted.map(({ userHandle }) => userHandle),
  });
  const taken = {
    identifiers: new Set(found.identifiers),
    externalIds: new Set(found.externalIds),
    userHandles: new Set(found.userHandles),
  };
  for (const one of earlier) claimKeys(one, taken);
  const outcomes = candidates.map((candidate) => (isIdentity(candidate) ? claimKeys(candidate, taken) : candidate));
  const created = outcomes.filter(isIdentity);
  try {
    await rows.insertIdentities(tx, created);
  } catch (error) {
    throw isAppError(error) ? new ConcurrentUpdateError() : error;
  }
  await recordEvents(
    tx,
    actor,
    created.map((one) => ({ type: 'identity.created', identityId: one.id, details: creationDetails(one) })),
  );
  return outcomes;
}

type Taken = { [Kind in keyof rows.IdentityKeys]: Set<string> };

/**
 * Marks the identity's unique keys as taken and returns it, or a refusal if one is taken: the key that the database
 * would refuse first.
 */
function claimKeys(identity: Identity, taken: Taken): BatchOutcome {
  const { identifiers, externalId, userHandle } = identity;
  if (externalId !== null && taken.externalIds.has(externalId)) return new AppError('external_id_taken');
  if (taken.userHandles.has(userHandle)) return new AppError('invalid_input', { reason: rows.HANDLE_TAKEN });
  if (identifiers.some((value) => taken.identifiers.has(value))) return new AppError('identifier_taken');
  for (const value of identifiers) taken.identifiers.add(value);
  if (externalId !== null) taken.externalIds.add(externalId);
  taken.userHandles.add(userHandle);
  return identity;
}

function isIdentity(outcome: BatchOutcome): outcome is Identity {
  return !isAppError(outcome);
}
