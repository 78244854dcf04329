import { type Command, Option } from 'commander';
import type { OperatorRole } from '@/lib/identity/model';
import { OPERATOR_ROLES } from '@/lib/operator/model';
import { hasOperators, inviteOperator } from '@/lib/operator/service';
import { answer, type Io, toMinute } from './output';
import { openProject } from './project';

type InviteOptions = { email: string; role?: OperatorRole; json?: boolean };

export function addOperatorCommands(program: Command, io: Io): void {
  const noun = program.command('operator').description('people who run this service');
  noun
    .command('invite')
    .description('make a one-time link by which somebody becomes an operator; no mail goes out')
    .requiredOption('--email <address>', 'whose link it is')
    .addOption(
      new Option('--role <role>', 'what they may do (default: admin; the first operator becomes owner)').choices(
        OPERATOR_ROLES,
      ),
    )
    .option('--json', 'answer with one JSON value')
    .action(async ({ email, role, json }: InviteOptions) => {
      const { project, actor } = await openProject();
      const granted = role ?? (await defaultRole(project.organizationId));
      const { link, expiresAt } = await inviteOperator(actor, { email, role: granted });
      answer(io, json, { link, role: granted, expires_at: expiresAt.toISOString() }, [
        `With this link ${email} becomes an operator (${granted}):`,
        '',
        `  ${link}`,
        '',
        `It works once, until ${toMinute(expiresAt)}. Send it in private: who opens it first is in.`,
      ]);
    });
}

/** An organization without an owner could never get one, so the first operator is one. */
async function defaultRole(organizationId: string): Promise<OperatorRole> {
  return (await hasOperators(organizationId)) ? 'admin' : 'owner';
}
