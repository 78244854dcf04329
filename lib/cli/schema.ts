import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { toJobResponse } from '@/lib/job/contract';
import { handledCount, type JobView, leftOutCount } from '@/lib/job/model';
import { cliActor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import { parseJson } from '@/lib/platform/strict-json';
import { impactBody } from '@/lib/schema-change/contract';
import type { SchemaChange } from '@/lib/schema-change/model';
import {
  deleteSchema,
  finishSchemaChange,
  getSchemaChange,
  publishSchema,
  schemaChangeSource,
  startImpact,
  undoSchemaChange,
} from '@/lib/schema-change/service';
import { follow } from './follow';
import { type Io, printResult } from './output';
import { openProject } from './project';

const CLI = { kind: 'cli' } as const;
const MAX_REASONS_SHOWN = 20;

export function addSchemaCommands(program: Command, io: Io): void {
  const noun = program.command('schema').description('identity schemas and their changes');
  addImpact(noun, io);
  addPublish(noun, io);
  addUndo(noun, io);
  addDelete(noun, io);
}

type DraftOptions = { repairs?: string; json?: boolean };

function addImpact(noun: Command, io: Io): void {
  noun
    .command('impact')
    .description('show what a draft would do to the identities of a schema; changes nothing')
    .argument('<schema>', 'ID of the schema')
    .argument('<file>', 'JSON Schema; - for standard input')
    .option('--repairs <file>', 'JSON array of repairs, as in POST /admin/schemas/{id}/impact')
    .option('--json', 'print one JSON value')
    .action(async (schemaId: string, file: string, { repairs, json }: DraftOptions, command: Command) => {
      const { project } = await openProject(command);
      const draft = { schemaId, ...readFiles(file, repairs) };
      const job = await finish(io, await startImpact(CLI, project.id, draft), 'Checked');
      printResult(io, json, await toResponse(job), impactLines(job));
    });
}

function addPublish(noun: Command, io: Io): void {
  noun
    .command('publish')
    .description('add a draft as a version and move the identities of the schema to it')
    .argument('<schema>', 'ID of the schema')
    .argument('<file>', 'JSON Schema; - for standard input')
    .option('--repairs <file>', 'JSON array of repairs, as in POST /admin/schemas/{id}/publish')
    .option('--impact-job <id>', 'refuse if the schema has changed since this impact')
    .option('--json', 'print one JSON value')
    .action(
      async (
        schemaId: string,
        file: string,
        { repairs, impactJob, json }: DraftOptions & { impactJob?: string },
        command: Command,
      ) => {
        const { project } = await openProject(command);
        const draft = { schemaId, ...readFiles(file, repairs), impactJobId: impactJob };
        const job = await finish(io, await publishSchema(CLI, project.id, draft), 'Moved');
        printResult(io, json, await toResponse(job), [
          `Version ${job.version} of ${schemaId} is published.`,
          ...moveLines(job, 'moved'),
          `Undo with: schema undo ${job.id}`,
        ]);
      },
    );
}

function addUndo(noun: Command, io: Io): void {
  noun
    .command('undo')
    .description('undo a publication, or such an undo')
    .argument('<job>', 'ID of the job')
    .option('--json', 'print one JSON value')
    .action(async (id: string, { json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const job = await finish(io, await undoSchemaChange(CLI, project.id, id), 'Put back');
      printResult(io, json, await toResponse(job), moveLines(job, 'put back'));
    });
}

function addDelete(noun: Command, io: Io): void {
  noun
    .command('delete')
    .description('delete a schema that no identity has')
    .argument('<schema>', 'ID of the schema')
    .option('--json', 'print one JSON value')
    .action(async (schemaId: string, { json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      await deleteSchema(cliActor(project.id), schemaId);
      printResult(io, json, { id: schemaId }, [`Schema ${schemaId} is deleted.`]);
    });
}

/** Refuses: `invalid_input`, naming the file's fault. */
function readFiles(file: string, repairs: string | undefined) {
  const read = (name: string) => parseJson(readFileSync(name === '-' ? 0 : name, 'utf8'));
  const checked = checkInput(impactBody, {
    schema: read(file),
    ...(repairs !== undefined && { repairs: read(repairs) }),
  });
  if (checked.ok) return { document: checked.data.schema, repairs: checked.data.repairs };
  const [{ pointer, message }] = checked.violations;
  throw new AppError('invalid_input', { reason: `${pointer}: ${message}`, violations: checked.violations });
}

function finish(io: Io, { projectId, id }: JobView, verb: string): Promise<SchemaChange> {
  return follow(
    io,
    { verb },
    {
      run: (signal) => finishSchemaChange(id, signal),
      read: () => getSchemaChange(projectId, id),
      stateOf: (change) => ({
        handled: handledCount(change),
        total: change.total,
        isOver: change.finishedAt !== null,
      }),
    },
  );
}

async function toResponse({ projectId, id }: SchemaChange) {
  const job = await schemaChangeSource.find(projectId, id);
  if (!job) throw new AppError('not_found');
  return toJobResponse(job);
}

function impactLines({ id, impact }: SchemaChange): string[] {
  if (!impact) return [];
  const { valid, repaired, left, invalid, locked, reasons } = impact;
  const listed = reasons.slice(0, MAX_REASONS_SHOWN);
  const example = (people: string[]) => (people[0] === undefined ? '' : `, such as ${people[0]}`);
  return [
    `${valid + repaired} stay valid, ${invalid + left} would not${invalid + left > 0 ? ':' : '.'}`,
    ...listed.map(({ pointer, message, count, people }) => `  ${count}  ${pointer} ${message}${example(people)}`),
    ...(reasons.length > listed.length
      ? [`  and ${reasons.length - listed.length} more reasons; --json lists all`]
      : []),
    ...(repaired > 0 ? [`${repaired} are changed by the repairs.`] : []),
    ...(locked > 0 ? [`${locked} lose their last identifier and can no longer sign in.`] : []),
    `Publish exactly this with: --impact-job ${id}`,
  ];
}

function moveLines({ done, unchanged, leftOut }: SchemaChange, verb: string): string[] {
  const counts = Object.entries(leftOut.counts).map(([reason, count]) => `${count} ${reason}`);
  const stays = leftOutCount(leftOut.counts);
  return [
    `${done} ${verb}${unchanged > 0 ? `, ${unchanged} had it already` : ''}${stays > 0 ? `, ${stays} stay as they were (${counts.join(', ')}):` : '.'}`,
    ...leftOut.people.slice(0, MAX_REASONS_SHOWN).map(({ id, reason }) => `  ${id}  ${reason}`),
  ];
}
