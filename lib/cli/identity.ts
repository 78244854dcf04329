import { type Command, Option } from 'commander';
import { identityPatchBody, toIdentityResponse } from '@/lib/identity/contract';
import type { Identity, IdentityChange, IdentityState } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import {
  changeIdentity,
  createIdentity,
  deleteIdentity,
  type IdentityPage,
  patchIdentity,
  searchIdentities,
} from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import { isJsonObject, type Json, type JsonObject } from '@/lib/platform/json';
import { isolated } from '@/lib/platform/text';
import { toJson, toLimit } from './arguments';
import { DRY_RUN, printChange } from './dry-run';
import { findByReference, REFERENCE } from './identity-reference';
import { type Io, nameValueLines, printResult, table, toMinute } from './output';
import { openProject } from './project';
import { addPurge, addRestore, printDeleted } from './recycle-bin';
import { addTransferCommands } from './transfer';
import { addUndoCommands } from './undo';

export function addIdentityCommands(program: Command, io: Io): void {
  const noun = program.command('identity').description('users of the project');
  addList(noun, io);
  addGet(noun, io);
  addCreate(noun, io);
  addUpdate(noun, io);
  addState(noun, io, 'deactivate', 'inactive', 'block sign-in and revoke all sessions');
  addState(noun, io, 'activate', 'active', 'allow sign-in again; revoked sessions stay revoked');
  addDelete(noun, io);
  addUndoCommands(noun, io);
  addRestore(noun, io);
  addPurge(noun, io);
  addTransferCommands(noun, io);
}

type ListOptions = {
  query?: string;
  q?: string;
  state?: IdentityState;
  schema?: string;
  deleted?: boolean;
  limit: number;
  after?: string;
  json?: boolean;
};

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list identities, oldest first')
    .option('--query <words>', 'search for words in name, address or external ID; all must match')
    .addOption(new Option('--q <words>').hideHelp()) // earlier name
    .addOption(new Option('--state <state>', 'filter by state').choices(['active', 'inactive']))
    .option('--schema <id>', 'filter by schema')
    .addOption(new Option('--deleted', 'list the recycle bin, in order of deletion').conflicts(['state', 'schema']))
    .option('--limit <number>', 'maximum number of results, up to 1000', toLimit, 50)
    .option('--after <id>', 'continue after this identity')
    .option('--json', 'print one JSON value')
    .action(async ({ deleted, ...options }: ListOptions, command: Command) => {
      const { q = '', query = q, state, schema, limit, after, json } = options;
      if (deleted) return printDeleted(io, command, { query, limit, after, json });
      const { project } = await openProject(command);
      const found = await searchIdentities(project.id, {
        words: query,
        state,
        schemaId: schema,
        sort: 'created',
        direction: 'ascending',
        cursor: after ? { edge: 'after', place: { id: after } } : { edge: 'first', place: null },
        limit,
      });
      const { identities } = found;
      printResult(
        io,
        json,
        identities.map((identity) => toIdentityResponse(identity, project.origin)),
        identities.length === 0 ? ['No identities found.'] : [...table(toTable(identities)), ...toNextPageHint(found)],
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
  return [['ID', 'NAME', 'IDENTIFIERS', 'STATE', 'CREATED'], ...rows];
}

function toNextPageHint({ next, identities }: IdentityPage): string[] {
  return next ? ['', `More results: add --after ${identities.at(-1)?.id}`] : [];
}

function addGet(noun: Command, io: Io): void {
  noun
    .command('get')
    .description('show an identity')
    .argument('<identity>', REFERENCE)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, { json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const identity = await findByReference(project.id, reference);
      printResult(io, json, toIdentityResponse(identity, project.origin), describe(identity));
    });
}

type NameOptions = { email?: string; first?: string; last?: string };
type WriteOptions = { dryRun?: boolean; json?: boolean };
type CreateOptions = NameOptions & WriteOptions & { email: string };

function addCreate(noun: Command, io: Io): void {
  noun
    .command('create')
    .description('create an identity with the default schema; sends no mail')
    .requiredOption('--email <address>', 'email address to sign in with')
    .option('--first <name>', 'first name')
    .option('--last <name>', 'last name')
    .option(...DRY_RUN)
    .option('--json', 'print one JSON value')
    .action(async (options: CreateOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const create = () => createIdentity(actor, { traits: withNames({}, options) });
      await printChange(io, project.id, options, create, (identity) =>
        printResult(io, options.json, toIdentityResponse(identity, project.origin), [
          'Identity created.',
          '',
          ...nameValueLines([
            ['ID', identity.id],
            ['Email', options.email],
            ['State', identity.state],
          ]),
          '',
          `They can sign in at ${project.origin}/login with a code mailed to this address, and then add a passkey.`,
        ]),
      );
    });
}

type UpdateOptions = NameOptions & {
  externalId?: string;
  metadataPublic?: Json;
  metadataAdmin?: Json;
  patch?: Json;
} & WriteOptions;

function addUpdate(noun: Command, io: Io): void {
  noun
    .command('update')
    .description('update the given fields of an identity')
    .argument('<identity>', REFERENCE)
    .option('--email <address>', 'new email address to sign in with; it is unverified')
    .option('--first <name>', 'first name')
    .option('--last <name>', 'last name')
    .option('--external-id <id>', 'ID in another system; empty to remove it')
    .option('--metadata-public <json>', 'new public metadata', toJson)
    .option('--metadata-admin <json>', 'new admin metadata', toJson)
    .addOption(
      new Option('--patch <json>', 'JSON Patch (RFC 6902), as in the admin API')
        .argParser(toJson)
        .conflicts(['email', 'first', 'last', 'externalId', 'metadataPublic', 'metadataAdmin']),
    )
    .option(...DRY_RUN)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, options: UpdateOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const { id } = await findByReference(project.id, reference);
      const { patch } = options;
      const update = () =>
        patch === undefined
          ? changeIdentity(actor, id, (current) => toChange(current, options))
          : patchIdentity(actor, id, toPatch(patch));
      await printChange(io, project.id, options, update, (identity) => {
        const lines = ['Identity updated:', '', ...describe(identity)];
        printResult(io, options.json, toIdentityResponse(identity, project.origin), lines);
      });
    });
}

function addState(noun: Command, io: Io, verb: string, state: IdentityState, description: string): void {
  noun
    .command(verb)
    .description(description)
    .argument('<identity>', REFERENCE)
    .option(...DRY_RUN)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, options: WriteOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const { id } = await findByReference(project.id, reference);
      const change = () => changeIdentity(actor, id, () => ({ state }));
      await printChange(io, project.id, options, change, (identity) => {
        const lines = [`${displayName(identity)} is ${state}.`];
        printResult(io, options.json, toIdentityResponse(identity, project.origin), lines);
      });
    });
}

function addDelete(noun: Command, io: Io): void {
  noun
    .command('delete')
    .description('delete an identity and end its sessions; the recycle bin keeps it for the project’s number of days')
    .argument('<identity>', REFERENCE)
    .option('--purge', 'delete permanently, not into the recycle bin')
    .option(...DRY_RUN)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, options: WriteOptions & { purge?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const identity = await findByReference(project.id, reference);
      const name = isolated(displayName(identity) || identity.id);
      const remove = () => deleteIdentity(actor, identity.id, { purge: options.purge });
      await printChange(io, project.id, options, remove, ({ purgeAt }) =>
        printResult(
          io,
          options.json,
          { id: identity.id, purge_at: purgeAt?.toISOString() ?? null },
          purgeAt === null
            ? [`${name} is permanently deleted.`]
            : [
                `${name} is in the recycle bin until ${toMinute(purgeAt)}.`,
                `Restore it with: identity restore ${identity.id}`,
              ],
        ),
      );
    });
}

function describe(identity: Identity): string[] {
  const { verifiableAddresses, externalId } = identity;
  return [
    ...nameValueLines([
      ['ID', identity.id],
      ['Name', displayName(identity)],
      ...verifiableAddresses.map(
        ({ value, verified }) => ['Email', verified ? value : `${value} (not verified)`] as const,
      ),
      ['State', identity.state],
      ['Schema', `${identity.schemaId}, version ${identity.schemaVersion}`],
      ...(externalId === null ? [] : [['External ID', externalId] as const]),
      ['Passkeys', String(identity.passkeyCount)],
      ['Created', toMinute(identity.createdAt) ?? ''],
      ['Updated', toMinute(identity.updatedAt) ?? ''],
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
