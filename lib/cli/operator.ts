import { Argument, type Command, Option } from 'commander';
import { deletePasskey, listPasskeys } from '@/lib/credential/service';
import { emailOf } from '@/lib/identity/model';
import { findIdentityByIdentifier } from '@/lib/identity/service';
import { inviteOperator } from '@/lib/invitation/service';
import { type Removals, removalKeys } from '@/lib/operator/model';
import { changeRole, listOperators, previewPromotion, removeOperator } from '@/lib/operator/service';
import { cliActor } from '@/lib/platform/actor';
import { AppError, isAppError } from '@/lib/platform/errors';
import { findOrganizationBySlug, getFirstProject, setConsoleNeedsPasskey } from '@/lib/project/service';
import { OPERATOR_ROLES, type OperatorRole } from '@/lib/role/model';
import { hasOperators } from '@/lib/role/service';
import { endAllSessions } from '@/lib/session/service';
import { type Io, printResult, table, toMinute } from './output';
import { openProject } from './project';

export function addOperatorCommands(program: Command, io: Io): void {
  const noun = program.command('operator').description('people who may use the console');
  addInvite(noun, io);
  addList(noun, io);
  addSetRole(noun, io);
  addRemove(noun, io);
  addDeletePasskeys(noun, io);
  addRequirePasskey(noun, io);
}

type InviteOptions = { email: string; role?: OperatorRole; json?: boolean };

function addInvite(noun: Command, io: Io): void {
  noun
    .command('invite')
    .description('create a one-time invitation link for an operator; sends no mail')
    .requiredOption('--email <address>', 'email address to invite')
    .addOption(
      new Option('--role <role>', 'role (default: admin; owner for the first operator)').choices(OPERATOR_ROLES),
    )
    .option('--json', 'print one JSON value')
    .action(async ({ email, role, json }: InviteOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const granted = role ?? (await defaultRole(project.organizationId));
      const { link, expiresAt } = await inviteOperator(actor, { email, role: granted });
      printResult(io, json, { link, role: granted, expires_at: expiresAt.toISOString() }, [
        `Invitation link for ${email} (${granted}):`,
        '',
        `  ${link}`,
        '',
        `Valid once, until ${toMinute(expiresAt)}. It asks for a code mailed to that address.`,
      ]);
    });
}

/** The first operator becomes owner: without one, an organization could never get an owner. */
async function defaultRole(organizationId: string): Promise<OperatorRole> {
  return (await hasOperators(organizationId)) ? 'admin' : 'owner';
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list operators')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const operators = await listOperators(project.organizationId);
      const rows = operators.map(({ identityId, name, email, role, state }) => [
        identityId,
        name,
        email ?? '',
        role,
        state,
      ]);
      const value = operators.map(({ identityId, name, email, role, state, since }) => ({
        identity_id: identityId,
        name,
        email,
        role,
        state,
        since: since.toISOString(),
      }));
      printResult(io, json, value, table([['IDENTITY', 'NAME', 'EMAIL', 'ROLE', 'STATE'], ...rows]));
    });
}

function addSetRole(noun: Command, io: Io): void {
  noun
    .command('set-role')
    .alias('role')
    .description('change the role of an operator; the last owner must stay owner')
    .argument('<email>', 'sign-in address of the operator')
    .addArgument(new Argument('<role>').choices(OPERATOR_ROLES))
    .option('--remove <item...>', 'confirm what a higher role removes from the account, as listed without this option')
    .option('--json', 'print one JSON value')
    .action(async (email: string, role: OperatorRole, { json, remove = [] }: RoleOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const identity = await findOperator(email);
      await changeRole(actor, project.organizationId, identity.id, role, { removals: remove }).catch(
        async (error: unknown) => {
          if (!isAppError(error) || error.code !== 'removals_changed') throw error;
          const { removals } = await previewPromotion(project.organizationId, identity.id);
          throw new AppError('removals_changed', { reason: toReason(removals), cause: error });
        },
      );
      printResult(io, json, { identity_id: identity.id, role }, [`${emailOf(identity)} is now ${role}.`]);
    });
}

type RoleOptions = { json?: boolean; remove?: string[] };

/** Lists what the role removes, by name and date, and how to confirm it. */
function toReason(removals: Removals): string {
  const { passkeys, identifiers } = removals;
  const items = [
    ...passkeys.map(({ name, createdAt }) => `the passkey "${name}", added ${toMinute(createdAt)}`),
    ...identifiers.map((identifier) => `signing in with ${identifier}`),
  ];
  if (items.length === 0) return 'This role removes nothing from their account. Omit --remove.';
  return (
    `This role removes what another party may have added to their account: ${items.join('; ')}. ` +
    `Confirm with --remove ${removalKeys(removals).join(' ')}`
  );
}

function addRemove(noun: Command, io: Io): void {
  noun
    .command('remove')
    .description("remove an operator's role and keep the account; the last owner cannot be removed")
    .argument('<email>', 'sign-in address of the operator')
    .option('--json', 'print one JSON value')
    .action(async (email: string, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const identity = await findOperator(email);
      await removeOperator(actor, project.organizationId, identity.id);
      printResult(io, json, { identity_id: identity.id }, [`${emailOf(identity)} is no longer an operator.`]);
    });
}

/** For lost passkeys: an operator who has a passkey cannot step up by any other method. */
function addDeletePasskeys(noun: Command, io: Io): void {
  noun
    .command('delete-passkeys')
    .alias('remove-passkeys')
    .description(
      'delete all passkeys of an operator who lost them and revoke their sessions; they sign in by mail and add a new one',
    )
    .argument('<email>', 'sign-in address of the operator')
    .option('--json', 'print one JSON value')
    .action(async (email: string, { json }: { json?: boolean }, command: Command) => {
      await openProject(command);
      const { id, projectId, operatorRoles } = await findOperator(email);
      if (operatorRoles.length === 0) throw new AppError('not_found', { reason: `${email} is not an operator` });
      const actor = cliActor(projectId);
      const passkeys = await listPasskeys(projectId, id);
      for (const passkey of passkeys) await deletePasskey(actor, id, passkey.id);
      const sessions = await endAllSessions(actor, id);
      printResult(io, json, { identity_id: id, passkeys: passkeys.length, sessions }, [
        `${passkeys.length} passkeys of ${email} deleted, ${sessions} sessions revoked.`,
      ]);
    });
}

function addRequirePasskey(noun: Command, io: Io): void {
  noun
    .command('require-passkey')
    .alias('console-passkey')
    .description('set whether the console of an organization requires a passkey; off also admits sign-ins by mail')
    .addArgument(new Argument('<state>').choices(['on', 'off']))
    .option('--organization <slug>', 'organization (default: that of the project)')
    .option('--json', 'print one JSON value')
    .action(async (state: string, options: { organization?: string; json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const { organization: slug, json } = options;
      const named = slug === undefined ? { id: project.organizationId } : await findOrganizationBySlug(slug);
      if (!named) throw new AppError('not_found', { reason: `No organization ${slug}` });
      const changed = await setConsoleNeedsPasskey(actor, named.id, state === 'on');
      printResult(io, json, { organization: changed.slug, console_needs_passkey: changed.consoleNeedsPasskey }, [
        changed.consoleNeedsPasskey
          ? `The console of ${changed.name} now requires a passkey.`
          : `The console of ${changed.name} no longer requires a passkey.`,
      ]);
    });
}

/** Operators are identities of the first project, in any organization. */
async function findOperator(email: string) {
  const { id } = await getFirstProject();
  const identity = await findIdentityByIdentifier(id, email);
  if (!identity) throw new AppError('not_found', { reason: `No identity with identifier ${email}` });
  return identity;
}
