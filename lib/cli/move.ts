import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { databaseKind } from '@/lib/platform/db/client';
import { databaseUrlFault } from '@/lib/platform/db/database-url.mjs';
import { describeDatabase } from '@/lib/platform/db/describe';
import { type MoveOptions, moveDatabase, RefusedRowsError } from '@/lib/platform/db/move/move';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { AlreadyReportedError, type Io, printResult, table } from './output';
import { Progress } from './progress';

type Options = { to?: string; toFile?: string; allowConnections?: boolean; json?: boolean };

export function addMoveCommand(program: Command, io: Io): void {
  program
    .command('move')
    .description('copy everything from DATABASE_URL into an empty database, and verify the copy; stop Signet first')
    .option('--to <url>', 'postgresql://… or file:…; other users of this machine can see it in the process list')
    .option('--to-file <file>', 'read the URL from a file')
    .option('--allow-connections', 'copy from PostgreSQL while others are connected; their writes may be lost')
    .option('--json', 'print one JSON value')
    .action(async (options: Options) => {
      const { databaseUrl: from } = env();
      const to = readTarget(options);
      const tables = await move(io, { from, to, othersAllowed: options.allowConnections === true });
      const rows = tables.reduce((sum, each) => sum + each.rows, 0);
      const listed = tables.map(({ table: name, rows: count, sha256 }) => [name, String(count), sha256.slice(0, 16)]);
      const result = {
        from: describeDatabase(from),
        to: describeDatabase(to),
        rows,
        tables: tables.map(({ difference: _none, ...each }) => each),
      };
      printResult(io, options.json, result, [
        ...table([['TABLE', 'ROWS', 'SHA-256 OF BOTH'], ...listed]),
        '',
        `${rows} rows copied from ${result.from} to ${result.to} and compared.`,
        `Set DATABASE_URL to ${databaseKind(to) === 'sqlite' ? to : 'the URL you gave'}, keep SIGNET_SECRET, and start Signet.`,
        `Delete ${result.from} once you no longer need it: it still contains everything.`,
      ]);
    });
}

function readTarget({ to, toFile }: Options): string {
  if ((to === undefined) === (toFile === undefined))
    throw new AppError('invalid_input', { reason: 'Specify the target with either --to or --to-file' });
  const url = to ?? readFileSync(toFile ?? '', 'utf8').trim();
  const fault = databaseUrlFault(url);
  if (fault) throw new AppError('invalid_input', { reason: `The URL of the target ${fault}` });
  return url;
}

async function move(io: Io, options: MoveOptions) {
  let progress: Progress | null = null;
  const show = (verb: string) => {
    let bar: Progress | null = null;
    return (rows: number, total: number) => {
      if (!bar) {
        progress?.end();
        bar = new Progress(io, verb, total, 'rows');
        progress = bar;
      }
      bar.show(rows);
    };
  };
  try {
    return await moveDatabase({ ...options, onCopied: show('Copied'), onCompared: show('Compared') });
  } catch (error) {
    if (!(error instanceof RefusedRowsError)) throw error;
    const lines = error.refusals.map(({ table: name, key, column, reason }) => `  ${name} ${key}: ${column} ${reason}`);
    io.err(
      `These rows cannot be copied; correct or delete them, then run the same command again:\n${lines.join('\n')}\n`,
    );
    throw new AlreadyReportedError();
  } finally {
    (progress as Progress | null)?.end();
  }
}
