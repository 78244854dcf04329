import { recordEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import {
  type BatchOutcome,
  type CreateIdentityInput,
  createIdentities,
  findHoldersOfIds,
  type IdentityFilter,
  insertPrepared,
  listAfter,
  prepareIdentities,
} from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { MAX_PASSKEYS, type Passkey, type Provenance } from '../model';
import * as rows from '../repository';
import { toUsableKeyFromBytes } from '../webauthn/public-key';
import { refusalReasonOf } from '../webauthn/refusal';

/** An identity with its passkeys. */
export type IdentityWithPasskeys = { identity: Identity; passkeys: Passkey[] };

/** A passkey created elsewhere. `rpId` null means the relying party of the target project. */
export type TransferredPasskey = Omit<
  Passkey,
  'id' | 'projectId' | 'identityId' | 'rpId' | 'counterWarnedAt' | keyof Provenance
> & {
  rpId: string | null;
};
export type TransferredPerson = { identity: CreateIdentityInput; passkeys: TransferredPasskey[] };

/** `present`: an identity with this ID exists and is left unchanged. */
export type ImportOutcome = 'imported' | 'present' | AppError;

/** Identities that match, with an ID after `after`, in ID order. */
export async function exportPeople(
  projectId: string,
  after: string | null,
  limit: number,
  filter: IdentityFilter = {},
): Promise<IdentityWithPasskeys[]> {
  const identities = await listAfter(projectId, filter, after, limit);
  const ids = identities.map(({ id }) => id);
  const people = new Map(
    identities.map((identity): [string, IdentityWithPasskeys] => [identity.id, { identity, passkeys: [] }]),
  );
  for (const passkey of await rows.listPasskeysOfIdentities(projectId, ids))
    people.get(passkey.identityId)?.passkeys.push(passkey);
  return [...people.values()];
}

/**
 * Imports identities with their IDs, timestamps and passkeys; one outcome per entry. Existing identities are not
 * changed, so an interrupted import can be repeated. Sends no mail. `batchSize` people are imported per transaction.
 */
export async function importPeople(
  actor: Actor,
  project: Project,
  people: Array<TransferredPerson | AppError>,
  batchSize?: number,
): Promise<ImportOutcome[]> {
  const entries = await claimAll(project, people);
  const accepted = entries.filter(isCandidate);
  const passkeys = passkeysOf(accepted);
  const created = await createIdentities(
    actor,
    accepted.map(({ identity }) => identity),
    { also: (tx, identities) => insertPasskeys(tx, actor, project, identities, passkeys), batchSize },
  );
  const outcomes = created.map((result): ImportOutcome => (isAppError(result) ? result : 'imported'));
  return entries.map((entry) => (isCandidate(entry) ? (outcomes.shift() ?? 'imported') : entry));
}

/** People checked before the transaction that writes them. */
export type PreparedPeople = { identities: BatchOutcome[]; passkeys: Map<string, TransferredPasskey[]> };

/**
 * Checks people that do not exist, for a caller that writes them in its own transaction: keys, traits, IDs and passkeys.
 * An ID or passkey in use is a refusal.
 */
export async function preparePeople(
  actor: Actor,
  project: Project,
  people: TransferredPerson[],
): Promise<PreparedPeople> {
  const entries = await claimAll(project, people);
  const inputs = entries.map((entry) => {
    if (isCandidate(entry)) return entry.identity;
    return isAppError(entry) ? entry : refuse('An identity with this ID exists');
  });
  return { identities: await prepareIdentities(actor, inputs), passkeys: passkeysOf(entries.filter(isCandidate)) };
}

/** Writes prepared people with their passkeys and events; one outcome per person. */
export async function insertPeople(
  tx: Tx,
  actor: Actor,
  project: Project,
  { identities, passkeys }: PreparedPeople,
): Promise<BatchOutcome[]> {
  const outcomes = await insertPrepared(tx, actor, identities);
  const created = outcomes.filter((outcome): outcome is Identity => !isAppError(outcome));
  await insertPasskeys(tx, actor, project, created, passkeys);
  return outcomes;
}

async function claimAll(
  project: Project,
  people: Array<TransferredPerson | AppError>,
): Promise<Array<Candidate | 'present' | AppError>> {
  const checked = await Promise.all(people.map((entry) => (isAppError(entry) ? entry : withUsableKeys(entry))));
  const identified = checked.map((entry) => (isAppError(entry) ? entry : withId(entry)));
  const claims = await loadClaims(project, identified.filter(isCandidate));
  return identified.map((entry) => (isCandidate(entry) ? claim(claims, entry) : entry));
}

function passkeysOf(people: Candidate[]): Map<string, TransferredPasskey[]> {
  return new Map(people.map(({ identity, passkeys }) => [identity.id, passkeys]));
}

type Candidate = TransferredPerson & { identity: { id: string } };
/**
 * `holders`: the project of each existing ID, or `THIS_IMPORT` for an ID already claimed by an entry of this import.
 */
type Claims = { project: Project; holders: Map<string, string | typeof THIS_IMPORT>; registered: Set<string> };
const THIS_IMPORT = Symbol('this import');

const isCandidate = (entry: Candidate | ImportOutcome): entry is Candidate =>
  typeof entry === 'object' && !isAppError(entry);

function withId({ identity, passkeys }: TransferredPerson): Candidate {
  return { identity: { ...identity, id: identity.id ?? newId() }, passkeys };
}

/** As at registration, a key that cannot verify sign-ins is refused. */
async function withUsableKeys(person: TransferredPerson): Promise<TransferredPerson | AppError> {
  const passkeys: TransferredPasskey[] = [];
  for (const passkey of person.passkeys) {
    try {
      passkeys.push({ ...passkey, publicKey: await toUsableKeyFromBytes(passkey.publicKey) });
    } catch (error) {
      const reason = refusalReasonOf(error);
      if (reason === null) throw error;
      return refuse(`The public key of passkey ${passkey.credentialId} cannot be used (${reason})`);
    }
  }
  return { ...person, passkeys };
}

async function loadClaims(project: Project, people: Candidate[]): Promise<Claims> {
  const credentialIds = people.flatMap(({ passkeys }) => passkeys.map(({ credentialId }) => credentialId));
  return {
    project,
    holders: await findHoldersOfIds(people.map(({ identity }) => identity.id)),
    registered: await rows.findRegisteredCredentialIds(credentialIds),
  };
}

/** Claims the candidate's ID and credential IDs; `present` or an error if any of them is in use. */
function claim({ project, holders, registered }: Claims, candidate: Candidate): Candidate | 'present' | AppError {
  const { identity, passkeys } = candidate;
  const holder = holders.get(identity.id);
  if (holder === THIS_IMPORT) return refuse(`The ID ${identity.id} occurs more than once`);
  if (holder === project.id) return 'present';
  if (holder !== undefined) return refuse(`The ID ${identity.id} belongs to an identity in another project`);
  if (passkeys.length > MAX_PASSKEYS) return new AppError('too_many_passkeys');
  for (const { credentialId, rpId } of passkeys) {
    if (rpId !== null && rpId !== project.rpId)
      return refuse(`A passkey belongs to the relying party ${rpId}; this project is ${project.rpId}`);
    if (registered.has(credentialId)) return new AppError('passkey_already_registered');
    registered.add(credentialId);
  }
  holders.set(identity.id, THIS_IMPORT);
  return candidate;
}

function refuse(reason: string): AppError {
  return new AppError('invalid_input', { reason });
}

/** The origin of imported passkeys cannot be verified, so the file's claims are ignored. */
const UNKNOWN: Provenance = { addedBy: 'unknown', addedSessionId: null, addressId: null };

async function insertPasskeys(
  tx: Tx,
  actor: Actor,
  { rpId }: Project,
  identities: Identity[],
  byIdentity: Map<string, TransferredPasskey[]>,
): Promise<void> {
  const passkeys = identities.flatMap(({ id, projectId }) =>
    (byIdentity.get(id) ?? []).map(
      (passkey): Passkey => ({
        ...{ ...passkey, ...UNKNOWN, counterWarnedAt: null },
        ...{ id: newId(), projectId, identityId: id, rpId },
      }),
    ),
  );
  await rows.insertPasskeys(tx, passkeys);
  const events = passkeys.map(({ id, identityId, name, aaguid }) => ({
    type: 'passkey.added' as const,
    identityId,
    details: { passkey_id: id, name, aaguid, added_by: UNKNOWN.addedBy },
  }));
  await recordEvents(tx, actor, events);
}
