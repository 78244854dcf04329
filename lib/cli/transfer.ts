import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { IdentityState } from '@/lib/identity/model';
import { searchWords } from '@/lib/identity/model/search';
import { isForeign } from '@/lib/import/service';
import { databaseKind } from '@/lib/platform/db/client';
import { isServerRunning } from '@/lib/platform/db/server-lock';
import { env } from '@/lib/platform/env';
import { type ImportResult, MAX_BATCH_SIZE, SHARED_BATCH_SIZE } from '@/lib/transfer/model';
import { EXPORT_FORMATS, exportIdentities, importLines } from '@/lib/transfer/service';
import { toLine } from './arguments';
import { addImportOptions, asksForJob, type ImportOptions, importByJob } from './import';
import { AlreadyReportedError, type Io, printResult } from './output';
import { Progress } from './progress';
import { openProject } from './project';
import { openTarget } from './target';

/** Refusals listed without --json, which lists all. */
const MAX_REPORTED = 20;
/** Between two transactions while a server runs, for its writers. */
const PAUSE_MILLIS = 10;

export function addTransferCommands(noun: Command, io: Io): void {
  addExport(noun, io);
  addImport(noun, io);
}

type ExportOptions = {
  output?: string;
  passkeys?: boolean;
  format: (typeof EXPORT_FORMATS)[number];
  spreadsheet?: boolean;
  columns?: string;
  query?: string;
  state?: IdentityState;
  schema?: string;
  json?: boolean;
};

function addExport(noun: Command, io: Io): void {
  noun
    .command('export')
    .description('write identities in the admin API format, oldest first: all, or those that filters match')
    .option('--output <file>', 'write to this file, readable only by you, instead of standard output')
    .addOption(new Option('--format <format>', 'JSON Lines or CSV').choices([...EXPORT_FORMATS]).default('jsonl'))
    .option('--spreadsheet', 'CSV for a spreadsheet: cells that it would calculate begin with an apostrophe')
    .option('--columns <pointers>', 'only these columns of CSV, such as id,traits/email')
    .option('--no-passkeys', 'omit passkeys; with them, people can sign in to another installation on the same domain')
    .option('--query <words>', 'only those with these words in name, address or external ID')
    .addOption(new Option('--state <state>', 'only those in this state').choices(['active', 'inactive']))
    .option('--schema <id>', 'only those with this schema')
    .option('--json', 'with --output: print one JSON value')
    .action(async ({ output, json, ...options }: ExportOptions, command: Command) => {
      const { actor } = await openProject(command);
      const { query, state, schema, passkeys, format, spreadsheet, columns } = options;
      const target = output === undefined ? null : await openTarget(output);
      const exported = await exportIdentities(actor, {
        format,
        filter: {
          ...(query !== undefined && { words: searchWords(query) }),
          ...(state && { state }),
          ...(schema !== undefined && { schemaId: schema }),
        },
        hasPasskeys: passkeys === true && format === 'jsonl',
        columns: columns?.split(','),
        isForSpreadsheet: spreadsheet === true,
      });
      const progress = new Progress(io, 'Exported', exported.count);
      let count = 0;
      for await (const piece of exported.pieces) {
        await (target ? target.write(piece.text) : io.out(piece.text));
        count += piece.count;
        progress.show(count);
      }
      progress.end();
      await target?.close();
      if (output !== undefined)
        printResult(io, json, { exported: count, file: output }, [`${count} identities exported to ${output}.`]);
    });
}

type DirectOptions = { fromLine: number; json?: boolean };

function addImport(noun: Command, io: Io): void {
  addImportOptions(
    noun
      .command('import')
      .description('import identities from JSON Lines of an export, CSV, or an export of Ory Kratos, Keycloak or Auth0')
      .argument('<file>', 'file; - for standard input'),
  )
    .addOption(
      new Option('--from-line <number>', 'start at this line, to resume an interrupted import of an export')
        .argParser(toLine)
        .default(1)
        .conflicts(['dryRun', 'format', 'encoding', 'delimiter', 'schema', 'match', 'policy', 'map', 'errors']),
    )
    .option('--json', 'print one JSON value')
    .action(async (file: string, options: DirectOptions & ImportOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const input = withHead(file === '-' ? process.stdin : createReadStream(file));
      if (asksForJob(options) || (await isForeign(await input.head(), file)))
        return importByJob(io, { projectId: project.id, name: file, body: input.body() }, options);
      const { fromLine, json } = options;
      const total = file === '-' ? null : (await stat(file)).size;
      const progress = new Progress(io, 'Read', total, 'bytes');
      const { databaseUrl } = env();
      const isShared = databaseKind(databaseUrl) === 'sqlite' && isServerRunning(databaseUrl);
      let settled = fromLine - 1;
      const importing = importLines(actor, project, {
        input: input.body(),
        name: file,
        batchSize: isShared ? SHARED_BATCH_SIZE : MAX_BATCH_SIZE,
        firstLine: fromLine,
        onProgress: async ({ line, bytesRead }) => {
          settled = line;
          progress.show(bytesRead);
          if (isShared) await wait(PAUSE_MILLIS);
        },
      });
      const result = await importing.catch((error: unknown) => {
        progress.end();
        if (settled >= fromLine) io.err(`Stopped after line ${settled}: continue with --from-line ${settled + 1}\n`);
        throw error;
      });
      progress.end();
      const refused = result.refused.map(({ line, reason }) => ({ line, reason }));
      printResult(io, json, { ...result, refused }, summary(result, refused));
      if (refused.length > 0) throw new AlreadyReportedError();
    });
}

const HEAD_BYTES = 256 * 1024;

/** An input whose beginning is read before the whole. */
function withHead(input: AsyncIterable<Uint8Array>) {
  const pieces = input[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  return {
    head: async () => {
      let length = 0;
      while (length < HEAD_BYTES) {
        const next = await pieces.next();
        if (next.done) break;
        first.push(next.value);
        length += next.value.length;
      }
      return Buffer.concat(first);
    },
    body: async function* (): AsyncGenerator<Uint8Array> {
      yield* first;
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
    },
  };
}

function summary({ imported, present }: ImportResult, refused: Array<{ line: number; reason: string }>): string[] {
  const listed = refused.slice(0, MAX_REPORTED).map(({ line, reason }) => `  line ${line}: ${reason}`);
  const rest = refused.length - listed.length;
  return [
    `${imported} imported, ${present} already present, ${refused.length} refused${refused.length > 0 ? ':' : '.'}`,
    ...listed,
    ...(rest > 0 ? [`  and ${rest} more; --json lists all`] : []),
  ];
}
