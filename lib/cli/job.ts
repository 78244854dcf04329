import { type Command, Option } from 'commander';
import { toJobResponse } from '@/lib/job/contract';
import { handledCount, isOver, JOB_STATES, type JobState, type JobView, leftOutCount } from '@/lib/job/model';
import { finishJob, getJob, JOB_KINDS, listJobs, stopJob, undoJob } from '@/lib/jobs/registry';
import { toLimit } from './arguments';
import { follow } from './follow';
import { type Io, nameValueLines, printResult, table, toMinute } from './output';
import { openProject } from './project';

type Json = { json?: boolean };

export function addJobCommands(program: Command, io: Io): void {
  const noun = program.command('job').description('work on many identities: progress, result and undo');
  addList(noun, io);
  addShow(noun, io);
  addStop(noun, io);
  addUndo(noun, io);
}

type ListOptions = Json & { kind?: string; state?: JobState; limit: number; before?: string };

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list jobs of the last 30 days, newest first')
    .addOption(new Option('--kind <kind>', 'filter by kind').choices([...JOB_KINDS]))
    .addOption(new Option('--state <state>', 'filter by state').choices([...JOB_STATES]))
    .option('--limit <number>', 'maximum number of results, up to 1000', toLimit, 50)
    .option('--before <id>', 'continue before this job')
    .option('--json', 'print one JSON value')
    .action(async ({ kind, state, limit, before, json }: ListOptions, command: Command) => {
      const { project } = await openProject(command);
      const filter = { kinds: kind === undefined ? undefined : [kind], states: state && [state] };
      const jobs = await listJobs(project.id, filter, { before, limit });
      const rows = jobs.map((job) => [job.id, job.kind, job.state, progressOf(job), toMinute(job.createdAt) ?? '']);
      const lines =
        jobs.length === 0 ? ['No jobs found.'] : table([['ID', 'KIND', 'STATE', 'DONE', 'STARTED'], ...rows]);
      printResult(io, json, jobs.map(toJobResponse), lines);
    });
}

function addShow(noun: Command, io: Io): void {
  noun
    .command('show')
    .description('show progress and result of a job, and whom it left out')
    .argument('<id>')
    .option('--json', 'print one JSON value')
    .action(async (id: string, { json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const job = await getJob(project.id, id);
      printResult(io, json, toJobResponse(job), detailLines(job));
    });
}

function addStop(noun: Command, io: Io): void {
  noun
    .command('stop')
    .description('end a job before its next identity; what it did remains')
    .argument('<id>')
    .option('--json', 'print one JSON value')
    .action(async (id: string, { json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const job = await stopJob(project.id, id);
      printResult(io, json, toJobResponse(job), [`Job ${job.id} ends before its next identity.`]);
    });
}

function addUndo(noun: Command, io: Io): void {
  noun
    .command('undo')
    .description('undo every change of a job, newest first; also an undo can be undone')
    .argument('<id>')
    .option('--json', 'print one JSON value')
    .action(async (id: string, { json }: Json, command: Command) => {
      const { project } = await openProject(command);
      const undo = await undoJob({ kind: 'cli' }, project.id, id);
      const done = await follow(
        io,
        { verb: 'Undone' },
        {
          run: (signal) => finishJob(project.id, undo.id, signal),
          read: () => getJob(project.id, undo.id),
          stateOf: (job) => ({ handled: handledCount(job), total: job.total, isOver: isOver(job) }),
        },
      );
      printResult(io, json, toJobResponse(done), detailLines(done));
    });
}

function progressOf(job: JobView): string {
  return job.total === null ? String(job.done) : `${Math.min(handledCount(job), job.total)} of ${job.total}`;
}

function detailLines(job: JobView): string[] {
  const { undo } = job;
  const facts: Array<[string, string]> = [
    ['ID', job.id],
    ['Kind', job.kind],
    ['State', job.state],
    ['Started by', [job.actor.kind, job.actor.id].filter(Boolean).join(' ')],
    ['Started', toMinute(job.createdAt) ?? ''],
    ['Finished', toMinute(job.finishedAt) ?? 'no'],
    ['Handled', progressOf(job)],
    ['Changed', String(job.done)],
    ['Unchanged', String(job.unchanged)],
    ['Left out', String(leftOutCount(job.leftOut.counts))],
    ...(job.undoes === null ? [] : [['Undoes', job.undoes] satisfies [string, string]]),
    ['Undo', undo.possible ? 'possible' : `${undo.reason}${undo.jobId ? ` by ${undo.jobId}` : ''}`],
  ];
  const people = job.leftOut.people.map(({ id, reason }) => [id, reason]);
  return [
    ...nameValueLines(facts),
    ...(people.length === 0 ? [] : ['', ...table([['LEFT OUT', 'REASON'], ...people])]),
  ];
}
