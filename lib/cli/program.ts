import { Command } from 'commander';
import { requireSecret } from '@/lib/installation/service';
import { closeDb } from '@/lib/platform/db/client';
import { closeReplica } from '@/lib/platform/db/replica';
import { addApiCredentialCommands } from './api-credential';
import { addApplicationCommands } from './application';
import { addBackupCommand } from './backup';
import { addClaimCommands } from './claim';
import { addClientCommands } from './client';
import { addDoctorCommand } from './doctor';
import { addDomainCommands } from './domain';
import { addGroupCommands } from './group';
import { HELP } from './help';
import { addIdentityCommands } from './identity';
import { addJobCommands } from './job';
import { addMoveCommand } from './move';
import { addOperatorCommands } from './operator';
import { type Io, report } from './output';
import { addProjectCommands } from './project';
import { addSchemaCommands } from './schema';
import { addSecretCommands } from './secret';
import { addSigningKeyCommands } from './signing-key';
import { addWebhookCommands } from './webhook';

/**
 * Runs one command and returns its exit code: 0, 1 (refused, reason on `err`) or 2 (wrong usage). Works beside a
 * running server on the same data.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error, io);
  } finally {
    await Promise.all([closeDb(), closeReplica()]);
  }
}

function createProgram(io: Io): Command {
  const program = new Command('signet')
    .description('Manage Signet. With --json, the last line of output is one JSON value.')
    .usage('<noun> <verb> [options]')
    .option('--project <slug>', 'project to act on (default: the first project)')
    .configureHelp(HELP)
    .exitOverride()
    .showHelpAfterError('(use --help for usage)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .helpCommand(false)
    .hook('preAction', async (_, command) => {
      if (!WITHOUT_SECRET_CHECK.has(nounOf(command))) await requireSecret();
    });
  addApiCredentialCommands(program, io);
  addIdentityCommands(program, io);
  addJobCommands(program, io);
  addApplicationCommands(program, io);
  addGroupCommands(program, io);
  addWebhookCommands(program, io);
  addSchemaCommands(program, io);
  addOperatorCommands(program, io);
  addProjectCommands(program, io);
  addDomainCommands(program, io);
  addClaimCommands(program, io);
  addSigningKeyCommands(program, io);
  addClientCommands(program, io);
  addSecretCommands(program, io);
  addBackupCommand(program, io);
  addMoveCommand(program, io);
  addDoctorCommand(program, io);
  return program;
}

/** Commands that report a wrong SIGNET_SECRET themselves, or do not need it. */
const WITHOUT_SECRET_CHECK = new Set(['doctor', 'backup', 'move', 'secret']);

function nounOf(command: Command): string {
  return command.parent?.parent ? nounOf(command.parent) : command.name();
}
