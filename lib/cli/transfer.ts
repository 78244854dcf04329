import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { countIdentities } from '@/lib/identity/service';
import { databaseKind } from '@/lib/platform/db/client';
import { isServerRunning } from '@/lib/platform/db/server-lock';
import { env } from '@/lib/platform/env';
import { type ImportResult, MAX_BATCH_SIZE, SHARED_BATCH_SIZE } from '@/lib/transfer/model';
import { exportLines, importLines } from '@/lib/transfer/service';
import { toLine } from './arguments';
import { AlreadyReportedError, type Io, printResult } from './output';
import { Progress } from './progress';
import { openProject } from './project';

/** Refusals listed without --json, which lists all. */
const MAX_REPORTED = 20;
/** Between two transactions while a server runs, for its writers. */
const PAUSE_MILLIS = 10;

export function addTransferCommands(noun: Command, io: Io): void {
  addExport(noun, io);
  addImport(noun, io);
}

type ExportOptions = { output?: string; passkeys?: boolean; json?: boolean };

function addExport(noun: Command, io: Io): void {
  noun
    .command('export')
    .description('write all identities as JSON Lines in the admin API format, oldest first')
    .option('--output <file>', 'write to this file, readable only by you, instead of standard output')
    .option('--no-passkeys', 'omit passkeys; with them, people can sign in to another installation on the same domain')
    .option('--json', 'with --output: print one JSON value')
    .action(async ({ output, passkeys, json }: ExportOptions, command: Command) => {
      const { project } = await openProject(command);
      const progress = new Progress(io, 'Exported', await countIdentities(project.id, {}));
      const target = output === undefined ? null : await openTarget(output);
      let count = 0;
      for await (const piece of exportLines(project.id, { hasPasskeys: passkeys === true })) {
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

/** The file appears under its name once it is complete, readable by its owner only. */
async function openTarget(file: string) {
  const part = `${file}.part`;
  await rm(part, { force: true });
  const stream = createWriteStream(part, { mode: 0o600, flags: 'wx' });
  await once(stream, 'open');
  return {
    write: async (text: string) => {
      if (!stream.write(text)) await once(stream, 'drain');
    },
    close: async () => {
      stream.end();
      await once(stream, 'close');
      await rename(part, file);
    },
  };
}

type ImportOptions = { fromLine: number; json?: boolean };

function addImport(noun: Command, io: Io): void {
  noun
    .command('import')
    .description('import identities from JSON Lines; existing identities are left unchanged')
    .argument('<file>', 'file written by export; - for standard input')
    .option('--from-line <number>', 'start at this line, to resume an interrupted import', toLine, 1)
    .option('--json', 'print one JSON value')
    .action(async (file: string, { fromLine, json }: ImportOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const total = file === '-' ? null : (await stat(file)).size;
      const progress = new Progress(io, 'Read', total, 'bytes');
      const { databaseUrl } = env();
      const isShared = databaseKind(databaseUrl) === 'sqlite' && isServerRunning(databaseUrl);
      let settled = fromLine - 1;
      const importing = importLines(actor, project, {
        input: file === '-' ? process.stdin : createReadStream(file),
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

function summary({ imported, present }: ImportResult, refused: Array<{ line: number; reason: string }>): string[] {
  const listed = refused.slice(0, MAX_REPORTED).map(({ line, reason }) => `  line ${line}: ${reason}`);
  const rest = refused.length - listed.length;
  return [
    `${imported} imported, ${present} already present, ${refused.length} refused${refused.length > 0 ? ':' : '.'}`,
    ...listed,
    ...(rest > 0 ? [`  and ${rest} more; --json lists all`] : []),
  ];
}
