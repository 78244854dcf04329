import { type Command, Option } from 'commander';
import { toIdentityResponse } from '@/lib/identity/contract';
import { toDeletedResponse } from '@/lib/identity/contract/recycle-bin';
import type { DeletedIdentity, RestoreChanges } from '@/lib/identity/model/deleted';
import { displayName } from '@/lib/identity/model/name';
import { searchWords } from '@/lib/identity/model/search';
import {
  findDeletedIdentity,
  getDeletedIdentity,
  listDeleted,
  listDeletedSummaries,
  purgeIdentity,
  restoreIdentity,
} from '@/lib/identity/service';
import { normalizeAddress } from '@/lib/platform/address';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { isJsonObject, type Json } from '@/lib/platform/json';
import { isolated } from '@/lib/platform/text';
import { toJson } from './arguments';
import { DRY_RUN, printChange } from './dry-run';
import { type Io, printResult, table, toMinute } from './output';
import { openProject } from './project';

const REFERENCE = 'ID or former sign-in identifier of a deleted identity';

type ListOptions = { query: string; limit: number; after?: string | undefined; json?: boolean | undefined };

/** `identity list --deleted` */
export async function printDeleted(io: Io, command: Command, { query, limit, after, json }: ListOptions) {
  const { project } = await openProject(command);
  const start = after === undefined ? null : (await getDeletedIdentity(project.id, after)).id;
  const found = await listDeleted(project.id, { words: searchWords(query) }, { after: start, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const rows = shown.map(({ identityId, name, identifiers, deletedAt, purgeAt }) => [
    ...[identityId, name, identifiers.join(', ')],
    ...[toMinute(deletedAt) ?? '', toMinute(purgeAt) ?? ''],
  ]);
  const more = found.length > limit ? ['', `More results: add --after ${shown.at(-1)?.identityId}`] : [];
  printResult(
    io,
    json,
    shown.map((deleted) => toDeletedResponse(deleted, project.origin)),
    shown.length === 0
      ? ['No deleted identities found.']
      : [...table([['ID', 'NAME', 'IDENTIFIERS', 'DELETED', 'GONE ON'], ...rows]), ...more],
  );
}

type WriteOptions = { dryRun?: boolean; json?: boolean };
type RestoreOptions = WriteOptions & { email?: string; changes?: Json };

export function addRestore(noun: Command, io: Io): void {
  noun
    .command('restore')
    .description('restore a deleted identity with its passkeys; revoked sessions and removed roles stay so')
    .argument('<identity>', REFERENCE)
    .option('--email <address>', 'another email address, if the former one is in use')
    .addOption(
      new Option(
        '--changes <json>',
        'what to restore differently, by JSON Pointer, such as {"/external_id": null}',
      ).argParser(toJson),
    )
    .option(...DRY_RUN)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, options: RestoreOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const { identityId } = await find(project.id, reference);
      const restore = () => restoreIdentity(actor, identityId, { changes: toChanges(options) });
      await printChange(io, project.id, options, restore, (identity) =>
        printResult(io, options.json, toIdentityResponse(identity, project.origin), [
          `${isolated(displayName(identity) || identity.id)} is restored.`,
        ]),
      );
    });
}

function toChanges({ email, changes = {} }: { email?: string; changes?: Json }): RestoreChanges {
  if (!isJsonObject(changes)) throw new AppError('invalid_input', { reason: '--changes must be a JSON object' });
  return { ...changes, ...(email !== undefined && { '/traits/email': email }) };
}

export function addPurge(noun: Command, io: Io): void {
  noun
    .command('purge')
    .description('permanently delete an identity from the recycle bin')
    .argument('<identity>', REFERENCE)
    .option(...DRY_RUN)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, options: WriteOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const { identityId, name } = await find(project.id, reference);
      const purge = () => purgeIdentity(actor, identityId);
      await printChange(io, project.id, options, purge, () =>
        printResult(io, options.json, { id: identityId }, [`${isolated(name || identityId)} is permanently deleted.`]),
      );
    });
}

/** Several deleted identities may have had the same identifier. */
async function find(projectId: string, reference: string): Promise<Pick<DeletedIdentity, 'identityId' | 'name'>> {
  if (isUuid(reference.toLowerCase())) {
    const deleted = await findDeletedIdentity(projectId, reference);
    if (deleted) return deleted;
    throw new AppError('not_found', { reason: `No deleted identity ${reference}` });
  }
  const wanted = normalizeAddress(reference);
  const found = await listDeletedSummaries(projectId, { words: searchWords(wanted) }, { limit: 1000 });
  const [only, ...others] = found.filter(({ identifiers }) => identifiers.includes(wanted));
  if (!only) throw new AppError('not_found', { reason: `No deleted identity with identifier ${reference}` });
  if (others.length === 0) return only;
  const ids = [only, ...others].map(({ identityId }) => identityId).join(', ');
  throw new AppError('invalid_input', { reason: `Several deleted identities had ${reference}; use one of ${ids}` });
}
