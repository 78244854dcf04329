import type { Command } from 'commander';
import { toGroupMemberResponse, toGroupResponse } from '@/lib/group/contract';
import type { Group } from '@/lib/group/model';
import {
  addMember,
  countMembersOf,
  createGroup,
  deleteGroup,
  findGroupByName,
  getGroup,
  listGroups,
  listMembers,
  removeMember,
  updateGroup,
} from '@/lib/group/service';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { isolated } from '@/lib/platform/text';
import { findByReference, REFERENCE } from './identity-reference';
import { type Io, printResult, table, toMinute } from './output';
import { openProject } from './project';

const GROUP = 'name or ID';
const MAX_MEMBERS = 1000;

/** Refuses: `not_found`. */
export async function findGroupByReference(projectId: string, reference: string): Promise<Group> {
  const named = await findGroupByName(projectId, reference);
  if (named) return named;
  if (isUuid(reference)) return getGroup(projectId, reference);
  throw new AppError('not_found', { reason: `No group is named ${reference}` });
}

export function addGroupCommands(program: Command, io: Io): void {
  const noun = program.command('group').description('groups of identities, who may use applications');
  addCreate(noun, io);
  addList(noun, io);
  addRename(noun, io);
  addMemberCommands(noun, io);
  addDelete(noun, io);
}

type Json = { json?: boolean };

function addCreate(noun: Command, io: Io): void {
  noun
    .command('create')
    .description('create a group')
    .requiredOption('--name <name>', 'name, which applications receive in the claim "groups"')
    .option('--description <text>', 'what it is for')
    .option('--json', 'print one JSON value')
    .action(async ({ name, description, json }: { name: string; description?: string } & Json, command: Command) => {
      const { actor } = await openProject(command);
      const group = await createGroup(actor, { name, description: description ?? null });
      printResult(io, json, toGroupResponse(group, 0), [`Group "${isolated(group.name)}" created: ${group.id}`]);
    });
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list groups by name')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const groups = await listGroups(project.id);
      const counts = await countMembersOf(
        project.id,
        groups.map(({ id }) => id),
      );
      const countOf = ({ id }: Group) => counts.get(id) ?? 0;
      const rows = groups.map((group) => [group.id, group.name, String(countOf(group)), group.description ?? '']);
      printResult(
        io,
        json,
        groups.map((group) => toGroupResponse(group, countOf(group))),
        rows.length > 0 ? table([['ID', 'NAME', 'MEMBERS', 'DESCRIPTION'], ...rows]) : ['No groups.'],
      );
    });
}

function addRename(noun: Command, io: Io): void {
  noun
    .command('update')
    .description('change name or description of a group')
    .argument('<group>', GROUP)
    .option('--name <name>', 'name, which applications receive in the claim "groups"')
    .option('--description <text>', 'what it is for')
    .option('--json', 'print one JSON value')
    .action(
      async (
        reference: string,
        { json, ...change }: { name?: string; description?: string } & Json,
        command: Command,
      ) => {
        const { project, actor } = await openProject(command);
        const { id } = await findGroupByReference(project.id, reference);
        const group = await updateGroup(actor, id, change);
        const count = (await countMembersOf(project.id, [id])).get(id) ?? 0;
        printResult(io, json, toGroupResponse(group, count), [`Group "${isolated(group.name)}" updated.`]);
      },
    );
}

function addMemberCommands(noun: Command, io: Io): void {
  noun
    .command('members')
    .description(`list the members of a group, the first ${MAX_MEMBERS}`)
    .argument('<group>', GROUP)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, { json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const { id } = await findGroupByReference(project.id, reference);
      const members = await listMembers(project.id, id, { limit: MAX_MEMBERS });
      const rows = members.map(({ identityId, createdAt }) => [identityId, toMinute(createdAt) ?? '']);
      const lines = rows.length > 0 ? table([['IDENTITY ID', 'SINCE'], ...rows]) : ['No members.'];
      printResult(io, json, members.map(toGroupMemberResponse), lines);
    });
  const add = (name: string, description: string, change: typeof addMember, done: string) =>
    noun
      .command(name)
      .description(description)
      .argument('<group>', GROUP)
      .argument('<identity>', REFERENCE)
      .option('--json', 'print one JSON value')
      .action(async (reference: string, person: string, { json }: Json, command: Command) => {
        const { project, actor } = await openProject(command);
        const group = await findGroupByReference(project.id, reference);
        const identity = await findByReference(project.id, person);
        await change(actor, group.id, identity.id);
        printResult(io, json, { group_id: group.id, identity_id: identity.id }, [
          `${identity.id} ${done} group "${isolated(group.name)}".`,
        ]);
      });
  add('add-member', 'add an identity to a group', addMember, 'is a member of');
  add('remove-member', 'remove an identity from a group', removeMember, 'is no longer a member of');
}

function addDelete(noun: Command, io: Io): void {
  noun
    .command('delete')
    .description('permanently delete a group; its members remain')
    .argument('<group>', GROUP)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, { json }: Json, command: Command) => {
      const { project, actor } = await openProject(command);
      const { id, name } = await findGroupByReference(project.id, reference);
      await deleteGroup(actor, id);
      printResult(io, json, { id }, [`Group "${isolated(name)}" is deleted.`]);
    });
}
