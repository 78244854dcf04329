import { type Command, Option } from 'commander';
import { z } from 'zod';
import { importQuery, toCheckResponse, toChosen, toSettingsResponse } from '@/lib/import/contract';
import { handledRows, IMPORT_FORMATS, type Import, isColumnar, MATCHES, POLICIES } from '@/lib/import/model';
import {
  discardImport,
  getOwnImport,
  openRefused,
  receiveUpload,
  refuseTargets,
  runImportNow,
  startCheck,
  startImport,
  toJobView,
} from '@/lib/import/service';
import { toJobResponse } from '@/lib/job/contract';
import { leftOutCount } from '@/lib/job/model';
import { AppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import { follow } from './follow';
import { AlreadyReportedError, type Io, printResult, table } from './output';
import { openTarget } from './target';

/** Findings listed without --json, which lists the first hundred. */
const MAX_SHOWN = 20;
const CLI = { kind: 'cli', id: null } as const;

export type ImportOptions = {
  dryRun?: boolean;
  format?: string;
  encoding?: string;
  delimiter?: string;
  schema?: string;
  match?: string;
  policy?: string;
  map?: string[];
  errors?: string;
};

const OPTIONS: Record<keyof ImportOptions, true> = {
  ...{ dryRun: true, format: true, encoding: true, delimiter: true, schema: true },
  ...{ match: true, policy: true, map: true, errors: true },
};

/** Whether an import was asked for that only a job does. */
export function asksForJob(options: object): boolean {
  return Object.keys(OPTIONS).some((name) => name in options);
}

const append = (value: string, others: string[] = []) => [...others, value];

/** The options of an import by a job, as `POST /admin/imports` has them. What is absent is recognized. */
export function addImportOptions(command: Command): Command {
  return command
    .option('--dry-run', 'say what would be created and changed, field by field, and import nothing')
    .addOption(new Option('--format <format>', 'format of the file').choices([...IMPORT_FORMATS]))
    .option('--encoding <encoding>', 'utf-8, utf-16le, utf-16be or windows-1252')
    .option('--delimiter <name>', 'of CSV: comma, semicolon, tab or pipe')
    .option('--schema <id>', 'schema of rows that name none')
    .addOption(new Option('--match <key>', 'what says that a row is about an existing user').choices([...MATCHES]))
    .addOption(
      new Option(
        '--policy <policy>',
        'create: existing users stay as they are; merge: they get the values of the file',
      ).choices([...POLICIES]),
    )
    .option('--map <column=pointer>', 'where a column goes, such as Mail=/traits/email; repeatable', append)
    .option('--errors <file>', 'write rows with errors to this file, to correct and import them');
}

type Upload = { projectId: string; name: string; body: AsyncIterable<Uint8Array> };

/**
 * Imports a file by a job, or says what that would do. The upload is stored first, so that a killed import continues.
 * Refuses: as `receiveUpload`.
 */
export async function importByJob(io: Io, upload: Upload, options: ImportOptions & { json?: boolean }): Promise<void> {
  const { projectId, name, body } = upload;
  const { chosen, schemaId } = readOptions(options);
  const received = await receiveUpload({ projectId, owner: CLI, name, body, schemaId, chosen });
  if (options.dryRun === true) return check(io, received, options);
  await startImport(received, { kind: 'cli' });
  const one = await finish(io, received, 'Imported');
  const errors = await writeErrors(one, options.errors);
  const response = { ...toJobResponse(toJobView(one)), settings: toSettingsResponse(one.settings) };
  printResult(io, options.json, response, [...importedLines(one), ...errors]);
  if (one.failed > 0 || one.endedBy !== null) throw new AlreadyReportedError();
}

async function check(io: Io, received: Import, options: ImportOptions & { json?: boolean }): Promise<void> {
  try {
    await startCheck(received, { kind: 'cli' });
    const one = await finish(io, received, 'Checked');
    if (one.endedBy !== null) throw new AppError('invalid_input', { reason: 'The file cannot be checked' });
    const errors = await writeErrors(one, options.errors);
    printResult(io, options.json, toCheckResponse(one.settings, one), [...checkedLines(one), ...errors]);
    if (one.failed > 0) throw new AlreadyReportedError();
  } finally {
    await discardImport(received);
  }
}

function finish(io: Io, { projectId, id }: Import, verb: string): Promise<Import> {
  return follow(
    io,
    { verb, unit: 'rows' },
    {
      run: (signal) => runImportNow({ projectId, id }, signal),
      read: () => getOwnImport(projectId, id, CLI),
      stateOf: (one) => ({
        handled: handledRows(one),
        total: one.total,
        isOver: one.phase === 'checked' || one.phase === 'finished',
      }),
    },
  );
}

/** As the query of `POST /admin/imports`. Refuses: `invalid_input`, naming the option. */
function readOptions({ format, encoding, delimiter, schema, match, policy, map }: ImportOptions) {
  const one = (value: string | undefined) => value && [value];
  const query = { format: one(format), encoding: one(encoding), delimiter: one(delimiter), match: one(match) };
  const checked = checkInput(z.strictObject(importQuery), {
    ...query,
    policy: one(policy),
    schema_id: one(schema),
    map,
  });
  if (!checked.ok) {
    const [{ pointer, message }] = checked.violations;
    const option = pointer.split('/')[1]?.replace('schema_id', 'schema') ?? '';
    throw new AppError('invalid_input', { reason: `--${option}: ${message}`, violations: checked.violations });
  }
  const chosen = toChosen(checked.data);
  refuseTargets(chosen.mapping);
  return { chosen, schemaId: schema };
}

/** Nothing is written without errors. */
async function writeErrors(one: Import, file: string | undefined): Promise<string[]> {
  if (one.failed === 0) return [];
  if (file === undefined) return ['Get these rows as a file to correct with: --errors <file>'];
  const { text } = await openRefused(one);
  const target = await openTarget(file);
  for await (const piece of text) await target.write(piece);
  await target.close();
  return [`Rows with errors are in ${file}: correct them and import that file.`];
}

function importedLines(one: Import): string[] {
  const { id, created, changed, endedBy } = one;
  return [
    ...(endedBy === null ? [] : [`The import ended early (${endedBy.replace('_', ' ')}).`]),
    `${created} created, ${changed} changed, ${restOf(one)}`,
    ...findingLines(one),
    ...(created + changed > 0 ? [`Undo with: job undo ${id}`] : []),
  ];
}

function checkedLines(one: Import): string[] {
  const { created, changed, settings, findings } = one;
  const fields = Object.entries(findings.fields).map(([pointer, count]) => `${pointer} (${count})`);
  return [
    'Dry run: nothing is imported.',
    ...settingsLines(settings),
    '',
    `create ${created}, change ${changed}, ${restOf(one)}`,
    ...(fields.length > 0 ? [`Fields that change: ${fields.join(', ')}`] : []),
    ...findings.changed
      .slice(0, MAX_SHOWN)
      .flatMap(({ row, id, changes }) => [
        `  row ${row}, ${id}:`,
        ...Object.entries(changes).map(
          ([pointer, { before, after }]) => `    ${pointer}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
        ),
      ]),
    ...findingLines(one),
  ];
}

function restOf({ same, failed, leftOut, passwords }: Import): string {
  const left = leftOutCount(leftOut.counts);
  const parts = [`same ${same}`, `left out ${left}`, `errors ${failed}`];
  return `${parts.join(', ')}${passwords > 0 ? `; passwords not imported ${passwords}` : ''}`;
}

function findingLines({ failed, findings, leftOut }: Import): string[] {
  const people = leftOut.people.slice(0, MAX_SHOWN).map(({ id, reason }) => `  left out ${id}: ${reason}`);
  const shown = findings.failed.slice(0, MAX_SHOWN);
  return [
    ...people,
    ...shown.map(({ row, reason }) => `  row ${row}: ${reason}`),
    ...(failed > shown.length ? [`  and ${failed - shown.length} more errors`] : []),
  ];
}

function settingsLines(settings: Import['settings']): string[] {
  const { format, encoding, delimiter, schema_id: schemaId, match, policy, mapping } = toSettingsResponse(settings);
  const shape = [format, encoding, delimiter].filter(Boolean).join(', ');
  const columns = Object.entries(mapping).map(([column, target]) => [column, target ?? 'ignored']);
  return [
    `Read as: ${shape}; schema ${schemaId}; match ${match}; policy ${policy}`,
    ...(isColumnar(format) && columns.length > 0 ? table([['COLUMN', 'GOES TO'], ...columns]) : []),
  ];
}
