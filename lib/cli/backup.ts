import type { Command } from 'commander';
import { backUpSqlite } from '@/lib/platform/db/backup';
import { databaseKind } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { type Io, printResult } from './output';

export function addBackupCommand(program: Command, io: Io): void {
  program
    .command('backup')
    .description('copy the SQLite database to a new file while Signet runs; keep it with SIGNET_SECRET')
    .argument('<file>', 'new file, readable only by you')
    .option('--json', 'print one JSON value')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { databaseUrl } = env();
      if (databaseKind(databaseUrl) !== 'sqlite')
        throw new AppError('invalid_input', { reason: 'Back up PostgreSQL with its own tools, such as pg_dump' });
      const bytes = await backUpSqlite(databaseUrl, file);
      printResult(io, json, { file, bytes }, [
        `Database copied to ${file} and verified.`,
        'Restoring it requires the same SIGNET_SECRET: keep .env with it.',
      ]);
    });
}
