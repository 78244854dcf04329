import type { Command } from 'commander';
import { bindSecret } from '@/lib/installation/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { migrate } from '@/lib/platform/db/migrate';
import { env } from '@/lib/platform/env';
import { AppError, isAppError } from '@/lib/platform/errors';
import { isolated } from '@/lib/platform/text';
import { AUDIT_RETENTION_BOUNDS, DELETION_GRACE_BOUNDS, type Project, RECYCLE_BIN_BOUNDS } from '@/lib/project/model';
import { hasUnreachableOrigin } from '@/lib/project/model/origin';
import {
  countOwnedRows,
  createProject,
  deleteProject,
  ensureFirstProject,
  findOrganizationBySlug,
  findUnfinishedDeletion,
  finishDeletion,
  getFirstProject,
  listAllProjects,
  updateProject,
} from '@/lib/project/service';
import { toNumber } from './arguments';
import { type Io, printResult, table } from './output';
import { Progress } from './progress';

/**
 * The project that a command acts on (`--project`, else the first one), and its actor. If Signet was never started, the
 * database and the first project are created as a start would; otherwise the project keeps its origin, regardless of
 * the settings of this shell.
 */
export async function openProject(command: Command): Promise<{ project: Project; actor: Actor }> {
  const first = await openFirstProject();
  const { project: selector } = command.optsWithGlobals<{ project?: string }>();
  const project = selector === undefined ? first : await selectProject(selector);
  return { project, actor: cliActor(project.id) };
}

async function openFirstProject(): Promise<Project> {
  const settings = env();
  await migrate(settings.databaseUrl);
  await bindSecret();
  return getFirstProject().catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') return ensureFirstProject(settings.origin);
    throw error;
  });
}

/** By `slug`, or by `organization/slug` if several organizations have a project with that slug. */
async function selectProject(selector: string): Promise<Project> {
  const found = await listMatching(selector);
  const [only, ...others] = found;
  if (!only) throw new AppError('not_found', { reason: `No project ${selector}; see: project list` });
  if (others.length === 0) return only.project;
  const paths = found.map(({ path }) => path).join(', ');
  throw new AppError('invalid_input', { reason: `Several projects are called ${selector}; use one of ${paths}` });
}

async function listMatching(selector: string): Promise<Array<{ path: string; project: Project }>> {
  return (await listAllProjects()).filter(({ path, project }) => [path, project.slug].includes(selector));
}

export function addProjectCommands(program: Command, io: Io): void {
  const noun = program
    .command('project')
    .description('tenants, each with its own domain, users, keys and API credentials');
  addList(noun, io);
  addCreate(noun, io);
  addSetRetention(noun, io);
  addSetDeletionGrace(noun, io);
  addSetRecycleBin(noun, io);
  addDelete(noun, io);
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list projects')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }) => {
      await openFirstProject();
      const projects = await listAllProjects();
      const rows = projects.map(({ path, project }) => [path, project.name, project.origin, project.registration]);
      printResult(
        io,
        json,
        projects.map(({ path, project }) => toProjectResponse(path, project)),
        table([['PROJECT', 'NAME', 'ORIGIN', 'REGISTRATION'], ...rows]),
      );
    });
}

type CreateOptions = { name: string; slug: string; origin?: string; organization?: string; json?: boolean };

function addCreate(noun: Command, io: Io): void {
  noun
    .command('create')
    .description('create a project with its own domain')
    .requiredOption('--name <name>', 'display name')
    .requiredOption('--slug <slug>', 'URL name: lowercase letters, digits and hyphens')
    .option('--origin <origin>', 'origin, such as https://id.example.com (default on localhost: <slug>.localhost)')
    .option('--organization <slug>', 'owning organization (default: that of the first project)')
    .option('--json', 'print one JSON value')
    .action(async ({ name, slug, origin = '', organization: owner, json }: CreateOptions) => {
      const first = await openFirstProject();
      const organization = owner === undefined ? { id: first.organizationId } : await findOrganizationBySlug(owner);
      if (!organization) throw new AppError('not_found', { reason: `No organization ${owner}` });
      const made = await createProject(cliActor(first.id), organization.id, { name, slug, origin });
      const path = (await listAllProjects()).find(({ project }) => project.id === made.id)?.path ?? slug;
      printResult(io, json, toProjectResponse(path, made), [
        `Project "${isolated(made.name)}" created at ${made.origin}`,
        `Select it with: --project ${path}`,
      ]);
    });
}

function addSetRetention(noun: Command, io: Io): void {
  const { min, max } = AUDIT_RETENTION_BOUNDS;
  noun
    .command('set-retention')
    .alias('retention')
    .description('set how long audit events are kept; older ones are permanently deleted')
    .argument('<days>', `${min} to ${max}, or "forever"`)
    .option('--json', 'print one JSON value')
    .action(async (selector: string, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const days = selector === 'forever' ? null : Number(selector);
      if (days !== null && !(Number.isInteger(days) && days >= min && days <= max))
        throw new AppError('invalid_input', { reason: `Expected ${min} to ${max} days, or "forever"` });
      const { auditRetentionDays } = project;
      await updateProject(actor, { base: { auditRetentionDays }, mine: { auditRetentionDays: days } });
      printResult(io, json, { id: project.id, audit_retention_days: days }, [
        days === null ? 'Audit events are kept forever.' : `Audit events are deleted after ${days} days.`,
      ]);
    });
}

function addSetDeletionGrace(noun: Command, io: Io): void {
  const { min, max } = DELETION_GRACE_BOUNDS;
  noun
    .command('set-deletion-grace')
    .description('set how long an account that its owner deleted can be brought back by signing in')
    .argument('<days>', `${min} to ${max}; 0 deletes at once`)
    .option('--json', 'print one JSON value')
    .action(async (text: string, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const days = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
      if (!(days >= min && days <= max))
        throw new AppError('invalid_input', { reason: `Expected ${min} to ${max} days` });
      const { deletionGraceDays } = project;
      await updateProject(actor, { base: { deletionGraceDays }, mine: { deletionGraceDays: days } });
      printResult(io, json, { id: project.id, deletion_grace_days: days }, [
        days === 0
          ? 'Accounts are deleted as soon as their owners ask for it.'
          : `Accounts that their owners delete are purged after ${days === 1 ? 'one day' : `${days} days`}.`,
      ]);
    });
}

function addSetRecycleBin(noun: Command, io: Io): void {
  const { min, max } = RECYCLE_BIN_BOUNDS;
  noun
    .command('set-recycle-bin')
    .description('set for how many days deleted identities can be restored; applies to later deletions')
    .argument('<days>', `${min} to ${max}; 0: deleted permanently at once`, toNumber(min, max))
    .option('--json', 'print one JSON value')
    .action(async (days: number, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const { recycleBinDays } = project;
      await updateProject(actor, { base: { recycleBinDays }, mine: { recycleBinDays: days } });
      printResult(io, json, { id: project.id, recycle_bin_days: days }, [
        days === 0
          ? 'Deleted identities cannot be restored.'
          : `Deleted identities can be restored for ${days} ${days === 1 ? 'day' : 'days'}.`,
      ]);
    });
}

function addDelete(noun: Command, io: Io): void {
  noun
    .command('delete')
    .description('permanently delete a project with all its data')
    .argument('<project>', 'slug, or organization/slug')
    .option('--json', 'print one JSON value')
    .action(async (selector: string, { json }: { json?: boolean }) => {
      await openFirstProject();
      const unfinished = (await listMatching(selector)).length === 0 ? await findUnfinishedDeletion(selector) : null;
      if (unfinished) {
        await finishRemoval(io, unfinished.id);
        return printResult(io, json, { id: unfinished.id }, [
          `All data of the deleted project ${selector} is removed.`,
        ]);
      }
      const project = await selectProject(selector);
      await deleteProject(cliActor(project.id));
      await finishRemoval(io, project.id);
      printResult(io, json, { id: project.id }, [`Project "${isolated(project.name)}" is deleted.`]);
    });
}

/** Runs here unless a server has the lease; after an interruption, a server or the next command deletes the rest. */
async function finishRemoval(io: Io, projectId: string): Promise<void> {
  const total = await countOwnedRows(projectId);
  const progress = new Progress(io, 'Deleting', total, 'rows');
  try {
    await finishDeletion(projectId, (rows) => progress.show('removed' in rows ? rows.removed : total - rows.left));
  } catch (error) {
    progress.end();
    io.err(
      'The project no longer exists. A running server, or repeating this command, removes the rest of its data.\n',
    );
    throw error;
  }
  progress.end();
}

function toProjectResponse(path: string, project: Project) {
  return {
    id: project.id,
    path,
    name: project.name,
    slug: project.slug,
    origin: hasUnreachableOrigin(project) ? null : project.origin,
    registration: project.registration,
    created_at: project.createdAt.toISOString(),
  };
}
