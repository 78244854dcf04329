import type { Command } from 'commander';
import { backUpSqlite } from '@/lib/platform/db/backup';
import { databaseKind } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { answer, type Io } from './output';

export function addBackupCommand(program: Command, io: Io): void {
  program
    .command('backup')
    .description('copy the SQLite database into a new file while Signet runs; keep it together with SIGNET_SECRET')
    .argument('<file>', 'a file that is not there yet; only you can read it')
    .option('--json', 'answer with one JSON value')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { databaseUrl } = env();
      if (databaseKind(databaseUrl) !== 'sqlite')
        throw new AppError('invalid_input', { reason: 'PostgreSQL is backed up by its own means, such as pg_dump' });
      const bytes = await backUpSqlite(databaseUrl, file);
      answer(io, json, { file, bytes }, [
        `The database is copied to ${file} and the copy is sound.`,
        'To read it again Signet needs the same SIGNET_SECRET: keep .env with it.',
      ]);
    });
}
