import { recordEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { type CreateIdentityInput, createIdentities, findHoldersOfIds, listAfter } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { MAX_PASSKEYS, type Passkey, type Provenance } from '../model';
import * as rows from '../repository';
import { toUsableKeyFromBytes } from '../webauthn/public-key';
import { refusalIn } from '../webauthn/refusal';

/** Somebody with the passkeys they sign in with. */
export type IdentityWithPasskeys = { identity: Identity; passkeys: Passkey[] };

/** A passkey that was made elsewhere; `rpId` null: for the project it comes to. */
export type TransferredPasskey = Omit<Passkey, 'id' | 'projectId' | 'identityId' | 'rpId' | keyof Provenance> & {
  rpId: string | null;
};
export type TransferredPerson = { identity: CreateIdentityInput; passkeys: TransferredPasskey[] };

/** `present`: somebody of this id is here already, and was left as they are. */
export type ImportOutcome = 'imported' | 'present' | AppError;

/** The people after an id, in id order. */
export async function exportPeople(
  projectId: string,
  after: string | null,
  limit: number,
): Promise<IdentityWithPasskeys[]> {
  const identities = await listAfter(projectId, {}, after, limit);
  const ids = identities.map(({ id }) => id);
  const people = new Map(
    identities.map((identity): [string, IdentityWithPasskeys] => [identity.id, { identity, passkeys: [] }]),
  );
  for (const passkey of await rows.listPasskeysOf(projectId, ids))
    people.get(passkey.identityId)?.passkeys.push(passkey);
  return [...people.values()];
}

/**
 * Takes people over from elsewhere, with their ids, times and passkeys, each with an outcome of its own. Nobody who is here
 * already is changed, so that an import that was interrupted can be done again. No mail goes out.
 */
export async function importPeople(
  actor: Actor,
  project: Project,
  people: Array<TransferredPerson | AppError>,
): Promise<ImportOutcome[]> {
  const checked = await Promise.all(people.map((one) => (isAppError(one) ? one : withUsableKeys(one))));
  const named = checked.map((one) => (isAppError(one) ? one : withId(one)));
  const claims = await openClaims(project, named.filter(isPerson));
  const judged = named.map((one) => (isPerson(one) ? claim(claims, one) : one));
  const newcomers = judged.filter(isPerson);
  const passkeys = new Map(newcomers.map((one) => [one.identity.id, one.passkeys]));
  const created = await createIdentities(
    actor,
    newcomers.map(({ identity }) => identity),
    (tx, identities) => insertPasskeys(tx, actor, project, identities, passkeys),
  );
  const outcomes = created.map((one): ImportOutcome => (isAppError(one) ? one : 'imported'));
  return judged.map((one) => (isPerson(one) ? (outcomes.shift() ?? 'imported') : one));
}

type Named = TransferredPerson & { identity: { id: string } };
/** `holders`: the project of each id, or that somebody of these people has it. */
type Claims = { project: Project; holders: Map<string, string | typeof NEWCOMER>; registered: Set<string> };
const NEWCOMER = Symbol('newcomer');

const isPerson = (one: Named | ImportOutcome): one is Named => typeof one === 'object' && !isAppError(one);

function withId({ identity, passkeys }: TransferredPerson): Named {
  return { identity: { ...identity, id: identity.id ?? newId() }, passkeys };
}

/** As at registration: a key that no sign-in can be verified with is not taken over. */
async function withUsableKeys(person: TransferredPerson): Promise<TransferredPerson | AppError> {
  const passkeys: TransferredPasskey[] = [];
  for (const passkey of person.passkeys) {
    try {
      passkeys.push({ ...passkey, publicKey: await toUsableKeyFromBytes(passkey.publicKey) });
    } catch (error) {
      const reason = refusalIn(error);
      if (reason === null) throw error;
      return refuse(`The public key of passkey ${passkey.credentialId} cannot be used (${reason})`);
    }
  }
  return { ...person, passkeys };
}

async function openClaims(project: Project, people: Named[]): Promise<Claims> {
  const credentialIds = people.flatMap(({ passkeys }) => passkeys.map(({ credentialId }) => credentialId));
  return {
    project,
    holders: await findHoldersOfIds(people.map(({ identity }) => identity.id)),
    registered: await rows.findRegistered(credentialIds),
  };
}

/** The person, with what is theirs taken from now on, unless they are here already or somebody else has any of it. */
function claim({ project, holders, registered }: Claims, person: Named): Named | 'present' | AppError {
  const { identity, passkeys } = person;
  const holder = holders.get(identity.id);
  if (holder === NEWCOMER) return refuse(`The ID ${identity.id} occurs more than once`);
  if (holder === project.id) return 'present';
  if (holder !== undefined) return refuse(`The ID ${identity.id} belongs to an identity in another project`);
  if (passkeys.length > MAX_PASSKEYS) return new AppError('too_many_passkeys');
  for (const { credentialId, rpId } of passkeys) {
    if (rpId !== null && rpId !== project.rpId)
      return refuse(`A passkey belongs to the relying party ${rpId}; this project is ${project.rpId}`);
    if (registered.has(credentialId)) return new AppError('passkey_already_registered');
    registered.add(credentialId);
  }
  holders.set(identity.id, NEWCOMER);
  return person;
}

function refuse(reason: string): AppError {
  return new AppError('invalid_input', { reason });
}

/** The origin of imported passkeys cannot be verified, so what the file says about it is ignored. */
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
      (one): Passkey => ({ ...one, ...UNKNOWN, id: newId(), projectId, identityId: id, rpId }),
    ),
  );
  for (const passkey of passkeys) await rows.insertPasskey(tx, passkey);
  const events = passkeys.map(({ id, identityId, name, aaguid }) => ({
    type: 'passkey.added' as const,
    identityId,
    details: { passkey_id: id, name, aaguid, added_by: UNKNOWN.addedBy },
  }));
  await recordEvents(tx, actor, events);
}
