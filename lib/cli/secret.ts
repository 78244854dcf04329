import type { Command } from 'commander';
import { faultOf } from '@/lib/installation/model';
import { adoptSecret, examineSecret } from '@/lib/installation/service';
import { isServerRunning } from '@/lib/platform/db/server-lock';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { answer, type Io, ToldAlready } from './output';

export function addSecretCommands(program: Command, io: Io): void {
  const noun = program.command('secret').description('the secret that this database is bound to');
  noun
    .command('check')
    .description('check whether SIGNET_SECRET is the secret of this database; changes nothing')
    .option('--json', 'answer with one JSON value')
    .action(async ({ json }: { json?: boolean }) => {
      const fault = faultOf(await examineSecret());
      answer(io, json, { ok: fault === null }, [fault ?? 'SIGNET_SECRET is the secret of this database.']);
      if (fault !== null) throw new ToldAlready();
    });
  noun
    .command('adopt')
    .description(
      `make SIGNET_SECRET the secret of this database, when the former one is lost or has to be replaced. Stop every server first.
Sessions, mailed codes and links, invitations and the secrets of API credentials end; unreadable signing keys are replaced, and
waiting mails that cannot be read are given up. People and their passkeys stay.`,
    )
    .option('--yes', 'do it')
    .option('--json', 'answer with one JSON value')
    .action(async ({ yes, json }: { yes?: boolean; json?: boolean }) => {
      if ((await examineSecret()).kind === 'fits') {
        return answer(io, json, { adopted: false }, ['SIGNET_SECRET is the secret of this database already.']);
      }
      if (!yes)
        throw new AppError('invalid_input', { reason: 'This ends every session and API secret; repeat with --yes' });
      if (isServerRunning(env().databaseUrl))
        throw new AppError('invalid_input', { reason: 'A server is running on this database; stop it first' });
      const { projectsWithNewKeys, abandonedMails } = await adoptSecret();
      const value = { adopted: true, projects_with_new_keys: projectsWithNewKeys, abandoned_mails: abandonedMails };
      answer(io, json, value, [
        'SIGNET_SECRET is now the secret of this database.',
        `Signing keys were replaced in ${projectsWithNewKeys.length} projects, ${abandonedMails} mails were given up.`,
        'Rotate the secret of each API credential: npm run -s signet -- api-credential rotate <client id>',
      ]);
    });
}
