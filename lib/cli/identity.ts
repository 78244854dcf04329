import { type Command, InvalidArgumentError, Option } from 'commander';
import { identityPatchBody, toIdentityResponse } from '@/lib/identity/contract';
import { displayName, type Identity, type IdentityChange, type IdentityState } from '@/lib/identity/model';
import {
  changeIdentity,
  createIdentity,
  deleteIdentity,
  type FoundPage,
  findIdentityByIdentifier,
  getIdentity,
  patchIdentity,
  searchIdentities,
} from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { checkInput } from '@/lib/platform/input';
import { isJsonObject, type Json, type JsonObject } from '@/lib/platform/json';
import { isolated } from '@/lib/platform/text';
import { answer, facts, type Io, table, toMinute } from './output';
import { openProject } from './project';
import { addTransferCommands } from './transfer';

const WHO = "the identity's id, or what it signs in with";

export function addIdentityCommands(program: Command, io: Io): void {
  const noun = program.command('identity').description('people who can sign in');
  addList(noun, io);
  addGet(noun, io);
  addCreate(noun, io);
  addUpdate(noun, io);
  addState(noun, io, 'deactivate', 'inactive', 'refuse every sign-in from now on, and end all sessions');
  addState(noun, io, 'activate', 'active', 'let them sign in again; what was ended stays ended');
  addDelete(noun, io);
  addTransferCommands(noun, io);
}

type ListOptions = {
  q?: string;
  state?: IdentityState;
  schema?: string;
  limit: number;
  after?: string;
  json?: boolean;
};

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('show identities, the oldest first')
    .option('--q <words>', 'only whose name, address or external id contains each of these words')
    .addOption(new Option('--state <state>', 'only those').choices(['active', 'inactive']))
    .option('--schema <id>', 'only those of this schema')
    .option('--limit <number>', 'at most so many, up to 1000', toLimit, 50)
    .option('--after <id>', 'go on after this one')
    .option('--json', 'answer with one JSON value')
    .action(async ({ q, state, schema, limit, after, json }: ListOptions, command: Command) => {
      const { project } = await openProject(command);
      const found = await searchIdentities(project.id, {
        words: q ?? '',
        state,
        schemaId: schema,
        sort: 'created',
        direction: 'ascending',
        cursor: after ? { edge: 'after', place: { id: after } } : { edge: 'first', place: null },
        limit,
      });
      const { identities } = found;
      answer(
        io,
        json,
        identities.map((identity) => toIdentityResponse(identity, project.origin)),
        identities.length === 0 ? ['Nobody was found.'] : [...table(toTable(identities)), ...toRest(found)],
      );
    });
}

function toTable(identities: Identity[]): string[][] {
  const rows = identities.map((identity) => [
    identity.id,
    displayName(identity),
    identity.identifiers.join(', '),
    identity.state,
    toMinute(identity.createdAt) ?? '',
  ]);
  return [['ID', 'NAME', 'SIGNS IN WITH', 'STATE', 'CREATED'], ...rows];
}

function toRest({ next, identities }: FoundPage): string[] {
  return next ? ['', `There are more: add --after ${identities.at(-1)?.id}`] : [];
}

function addGet(noun: Command, io: Io): void {
  noun
    .command('get')
    .description('show one identity')
    .argument('<identity>', WHO)
    .option('--json', 'answer with one JSON value')
    .action(async (who: string, { json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const identity = await find(project.id, who);
      answer(io, json, toIdentityResponse(identity, project.origin), describe(identity));
    });
}

type NameOptions = { email?: string; first?: string; last?: string };
type CreateOptions = NameOptions & { email: string; json?: boolean };

function addCreate(noun: Command, io: Io): void {
  noun
    .command('create')
    .description('make an identity of the default schema; no mail goes out')
    .requiredOption('--email <address>', 'what the person signs in with')
    .option('--first <name>', 'first name')
    .option('--last <name>', 'last name')
    .option('--json', 'answer with one JSON value')
    .action(async (options: CreateOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const identity = await createIdentity(actor, { traits: withNames({}, options) });
      answer(io, options.json, toIdentityResponse(identity, project.origin), [
        'Identity created.',
        '',
        ...facts([
          ['ID', identity.id],
          ['E-mail', options.email],
          ['State', identity.state],
        ]),
        '',
        `The person signs in at ${project.origin}/login with a code sent to this address, and can add a passkey then.`,
      ]);
    });
}

type UpdateOptions = NameOptions & {
  externalId?: string;
  metadataPublic?: Json;
  metadataAdmin?: Json;
  patch?: Json;
  json?: boolean;
};

function addUpdate(noun: Command, io: Io): void {
  noun
    .command('update')
    .description('change what is named and leave the rest as it is')
    .argument('<identity>', WHO)
    .option('--email <address>', 'sign in with another address, which counts as unverified')
    .option('--first <name>', 'first name')
    .option('--last <name>', 'last name')
    .option('--external-id <id>', 'how another system calls them; empty: none')
    .option('--metadata-public <json>', 'a JSON value in the place of the present one', toJson)
    .option('--metadata-admin <json>', 'a JSON value in the place of the present one', toJson)
    .addOption(
      new Option('--patch <json>', 'a JSON Patch (RFC 6902), as the admin API takes it')
        .argParser(toJson)
        .conflicts(['email', 'first', 'last', 'externalId', 'metadataPublic', 'metadataAdmin']),
    )
    .option('--json', 'answer with one JSON value')
    .action(async (who: string, options: UpdateOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const { id } = await find(project.id, who);
      const identity =
        options.patch === undefined
          ? await changeIdentity(actor, id, (current) => toChange(current, options))
          : await patchIdentity(actor, id, toPatch(options.patch));
      const lines = ['The identity is now:', '', ...describe(identity)];
      answer(io, options.json, toIdentityResponse(identity, project.origin), lines);
    });
}

function addState(noun: Command, io: Io, verb: string, state: IdentityState, description: string): void {
  noun
    .command(verb)
    .description(description)
    .argument('<identity>', WHO)
    .option('--json', 'answer with one JSON value')
    .action(async (who: string, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const { id } = await find(project.id, who);
      const identity = await changeIdentity(actor, id, () => ({ state }));
      answer(io, json, toIdentityResponse(identity, project.origin), [`${displayName(identity)} is ${state}.`]);
    });
}

function addDelete(noun: Command, io: Io): void {
  noun
    .command('delete')
    .description('erase an identity with its passkeys and sessions, for good')
    .argument('<identity>', WHO)
    .option('--json', 'answer with one JSON value')
    .action(async (who: string, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const identity = await find(project.id, who);
      await deleteIdentity(actor, identity.id);
      answer(io, json, { id: identity.id }, [`${isolated(displayName(identity))} is deleted.`]);
    });
}

async function find(projectId: string, who: string): Promise<Identity> {
  if (isUuid(who.toLowerCase())) return getIdentity(projectId, who);
  const identity = await findIdentityByIdentifier(projectId, who);
  if (!identity) throw new AppError('not_found', { reason: `Nobody signs in with ${who}` });
  return identity;
}

function describe(identity: Identity): string[] {
  const { verifiableAddresses, externalId } = identity;
  return [
    ...facts([
      ['ID', identity.id],
      ['Name', displayName(identity)],
      ...verifiableAddresses.map(
        ({ value, verified }) => ['E-mail', verified ? value : `${value} (not verified)`] as const,
      ),
      ['State', identity.state],
      ['Schema', `${identity.schemaId}, version ${identity.schemaVersion}`],
      ...(externalId === null ? [] : [['External ID', externalId] as const]),
      ['Passkeys', String(identity.passkeyCount)],
      ['Created', toMinute(identity.createdAt) ?? ''],
      ['Changed', toMinute(identity.updatedAt) ?? ''],
    ]),
    '',
    'Traits:',
    JSON.stringify(identity.traits, null, 2),
  ];
}

function toChange(current: Identity, options: UpdateOptions): IdentityChange {
  const { email, first, last, externalId, metadataPublic, metadataAdmin } = options;
  const hasTraits = [email, first, last].some((value) => value !== undefined);
  return {
    ...(hasTraits && { traits: withNames(current.traits, options) }),
    ...(externalId !== undefined && { externalId: externalId === '' ? null : externalId }),
    ...(metadataPublic !== undefined && { metadataPublic }),
    ...(metadataAdmin !== undefined && { metadataAdmin }),
  };
}

function withNames(traits: JsonObject, { email, first, last }: NameOptions): JsonObject {
  const names = { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
  const known = isJsonObject(traits.name) ? traits.name : {};
  return {
    ...traits,
    ...(email !== undefined && { email }),
    ...(Object.keys(names).length > 0 && { name: { ...known, ...names } }),
  };
}

function toPatch(value: Json) {
  const checked = checkInput(identityPatchBody, value);
  if (checked.ok) return checked.data;
  const [{ pointer, message }] = checked.violations;
  throw new AppError('invalid_input', { reason: `--patch: ${pointer} ${message}` });
}

function toJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('It is not valid JSON.');
  }
}

function toLimit(text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > 1000)
    throw new InvalidArgumentError('A whole number from 1 to 1000 is needed.');
  return Number(text);
}
