import type { Command } from 'commander';
import { faultOf } from '@/lib/installation/model';
import { adoptSecret, readSecretState } from '@/lib/installation/service';
import { isServerRunning } from '@/lib/platform/db/server-lock';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { AlreadyReportedError, type Io, printResult } from './output';

export function addSecretCommands(program: Command, io: Io): void {
  const noun = program.command('secret').description('the SIGNET_SECRET that this database is bound to');
  noun
    .command('check')
    .description('check whether SIGNET_SECRET matches this database; changes nothing')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }) => {
      const fault = faultOf(await readSecretState());
      printResult(io, json, { ok: fault === null }, [fault ?? 'SIGNET_SECRET matches this database.']);
      if (fault !== null) throw new AlreadyReportedError();
    });
  noun
    .command('adopt')
    .description(
      `bind this database to the current SIGNET_SECRET when the previous one is lost or must be replaced. Stop all servers first.
Sessions, mailed codes and links, invitations and API credential secrets are revoked; unreadable signing keys are replaced,
and unreadable queued mails are discarded. People and passkeys stay.`,
    )
    .option('--yes', 'confirm')
    .option('--json', 'print one JSON value')
    .action(async ({ yes, json }: { yes?: boolean; json?: boolean }) => {
      if ((await readSecretState()).kind === 'fits') {
        return printResult(io, json, { adopted: false }, ['SIGNET_SECRET already matches this database.']);
      }
      if (!yes)
        throw new AppError('invalid_input', {
          reason: 'This revokes every session and API credential secret; repeat with --yes to confirm',
        });
      if (isServerRunning(env().databaseUrl))
        throw new AppError('invalid_input', { reason: 'A server is running on this database; stop it first' });
      const { projectsWithNewKeys, abandonedMails } = await adoptSecret();
      const value = { adopted: true, projects_with_new_keys: projectsWithNewKeys, abandoned_mails: abandonedMails };
      printResult(io, json, value, [
        'This database is now bound to the current SIGNET_SECRET.',
        `Signing keys replaced in ${projectsWithNewKeys.length} projects, ${abandonedMails} mails discarded.`,
        'Rotate the secret of each API credential: npm run -s signet -- api-credential rotate <client id>',
      ]);
    });
}
