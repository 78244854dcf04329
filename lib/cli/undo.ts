import type { Command } from 'commander';
import { toAuditEventResponse } from '@/lib/audit/contract';
import type { AuditEvent } from '@/lib/audit/model';
import { fieldChangesOf } from '@/lib/audit/model/undo';
import { listIdentityEvents } from '@/lib/audit/service';
import { toIdentityResponse } from '@/lib/identity/contract';
import { displayName } from '@/lib/identity/model/name';
import { isolated } from '@/lib/platform/text';
import { toUndoResponse } from '@/lib/undo/contract';
import type { UndoState } from '@/lib/undo/model';
import { listUndoStates, undoEvent } from '@/lib/undo/service';
import { toLimit } from './arguments';
import { DRY_RUN, printChange } from './dry-run';
import { findByReference, REFERENCE } from './identity-reference';
import { type Io, printResult, table, toMinute } from './output';
import { openProject } from './project';

/** `identity history` and `identity undo`. */
export function addUndoCommands(noun: Command, io: Io): void {
  addHistory(noun, io);
  addUndo(noun, io);
}

type HistoryOptions = { limit: number; before?: string; json?: boolean };

function addHistory(noun: Command, io: Io): void {
  noun
    .command('history')
    .description('list what happened to an identity, newest first, and what can be undone')
    .argument('<identity>', REFERENCE)
    .option('--limit <number>', 'maximum number of events, up to 1000', toLimit, 25)
    .option('--before <event>', 'continue before this event')
    .option('--json', 'print one JSON value')
    .action(async (reference: string, { limit, before, json }: HistoryOptions, command: Command) => {
      const { project } = await openProject(command);
      const { id } = await findByReference(project.id, reference);
      const events = await listIdentityEvents(project.id, id, limit, before);
      const states = await listUndoStates(project.id, events);
      const value = events.map((event) => ({
        ...toAuditEventResponse(event, null),
        undo: toUndoResponse(states.get(event.id)),
      }));
      const rows = events.map((event) => toRow(event, states.get(event.id)));
      const last = events.length < limit ? [] : ['', `Older events: add --before ${events.at(-1)?.id}`];
      printResult(io, json, value, [...table([['EVENT', 'TIME', 'TYPE', 'FIELDS', 'UNDO'], ...rows]), ...last]);
    });
}

const OBSTACLES: Record<NonNullable<UndoState['obstacle']>, string> = {
  conflict: 'changed again later',
  undone: 'undone',
  gone: 'no longer exists',
  unchanged: 'unchanged',
  erased: 'values erased',
  kind: '',
};

function toRow(event: AuditEvent, state: UndoState | undefined): string[] {
  const { id, createdAt, type } = event;
  const obstacle = state?.obstacle ?? null;
  return [
    id,
    toMinute(createdAt) ?? '',
    type,
    Object.keys(fieldChangesOf(event)).join(' '),
    obstacle === null ? 'possible' : OBSTACLES[obstacle],
  ];
}

type UndoOptions = { dryRun?: boolean; json?: boolean };

function addUndo(noun: Command, io: Io): void {
  noun
    .command('undo')
    .description('give the fields of one change their former values; later changes of other fields stay')
    .argument('<identity>', REFERENCE)
    .argument('<event>', 'ID of the event, as `identity history` lists it')
    .option(...DRY_RUN)
    .option('--json', 'print one JSON value')
    .action(async (reference: string, event: string, options: UndoOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const { id } = await findByReference(project.id, reference);
      await printChange(
        io,
        project.id,
        options,
        () => undoEvent(actor, id, event),
        (identity) => {
          const lines = [`The change of ${isolated(displayName(identity))} is undone.`];
          printResult(io, options.json, toIdentityResponse(identity, project.origin), lines);
        },
      );
    });
}
