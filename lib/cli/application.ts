import { type Command, Option } from 'commander';
import { toApplicationResponse } from '@/lib/application/contract';
import { type Application, type ApplicationKind, MAX_OVERLAP_HOURS } from '@/lib/application/model';
import {
  createApplication,
  deleteApplication,
  disableApplication,
  enableApplication,
  getApplication,
  listAllowedGroups,
  listAllowedGroupsOf,
  listApplications,
  listSecrets,
  rotateApplicationSecret,
} from '@/lib/application/service';
import { endOfApplication } from '@/lib/application-session/service';
import { isolated } from '@/lib/platform/text';
import type { Project } from '@/lib/project/model';
import { collect, toNumber } from './arguments';
import { findGroupByReference } from './group';
import { type Io, nameValueLines, printResult, table, toMinute } from './output';
import { openProject } from './project';

export function addApplicationCommands(program: Command, io: Io): void {
  const noun = program.command('application').description('applications that people sign in to with OpenID Connect');
  addCreate(noun, io);
  addList(noun, io);
  addShow(noun, io);
  addRotate(noun, io);
  addStateCommands(noun, io);
  addDelete(noun, io);
}

type CreateOptions = {
  name: string;
  redirectUri: string[];
  public?: boolean;
  native?: boolean;
  postLogoutRedirectUri: string[];
  logoutUri?: string;
  launchUrl?: string;
  group: string[];
  skipConsent?: boolean;
  pkce: boolean;
  json?: boolean;
};

function addCreate(noun: Command, io: Io): void {
  noun
    .command('create')
    .description('create an application; its secret is shown only once')
    .requiredOption('--name <name>', 'name, which people see when they sign in')
    .requiredOption('--redirect-uri <uri>', 'exact address people return to; repeatable', collect, [])
    .option('--public', 'without a secret: a single-page application')
    .addOption(new Option('--native', 'without a secret: an app or a command line').conflicts('public'))
    .option(
      '--post-logout-redirect-uri <uri>',
      'exact address people return to after signing out; repeatable',
      collect,
      [],
    )
    .option('--logout-uri <uri>', 'receives logout tokens (back-channel logout)')
    .option('--launch-url <url>', 'where people open it')
    .option('--group <name>', 'name or ID of a group that may use it (default: everybody); repeatable', collect, [])
    .option('--skip-consent', 'do not ask people what it may learn')
    .option('--no-pkce', 'accept sign-ins without PKCE, for an application that cannot do it')
    .option('--json', 'print one JSON value')
    .action(async ({ json, ...options }: CreateOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const groups = await Promise.all(options.group.map((reference) => findGroupByReference(project.id, reference)));
      const { application, clientSecret } = await createApplication(actor, {
        name: options.name,
        kind: kindOf(options),
        redirectUris: options.redirectUri,
        postLogoutRedirectUris: options.postLogoutRedirectUri,
        logoutUri: options.logoutUri ?? null,
        launchUrl: options.launchUrl ?? null,
        access: groups.length > 0 ? 'groups' : 'everybody',
        groupIds: groups.map(({ id }) => id),
        consent: options.skipConsent ? 'skip' : 'ask',
        requiresPkce: options.pkce,
      });
      printConnection(
        io,
        json,
        project,
        application,
        clientSecret,
        `Application "${isolated(application.name)}" created.`,
      );
    });
}

function kindOf({ public: isPublic, native }: CreateOptions): ApplicationKind {
  if (native) return 'native';
  return isPublic ? 'browser' : 'web';
}

/** What the application needs to know. */
function printConnection(
  io: Io,
  isJson: boolean | undefined,
  { origin }: Project,
  { clientId }: Application,
  clientSecret: string | null,
  title: string,
  more: Record<string, string> = {},
): void {
  const discovery = `${origin}/.well-known/openid-configuration`;
  const secret = clientSecret === null ? {} : { client_secret: clientSecret };
  printResult(io, isJson, { client_id: clientId, ...secret, issuer: origin, discovery, ...more }, [
    title,
    '',
    ...nameValueLines([
      ['Client ID', clientId],
      ...(clientSecret === null ? [] : [['Client secret', clientSecret] as const]),
      ['Issuer', origin],
      ['Discovery', discovery],
    ]),
    ...(clientSecret === null ? [] : ['', 'The secret is shown only now.']),
  ]);
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list applications, newest first')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const applications = await listApplications(project.id);
      const groups = await listAllowedGroupsOf(
        project.id,
        applications.map(({ id }) => id),
      );
      const rows = applications.map((application) => [
        application.clientId,
        application.name,
        application.kind,
        application.disabledAt ? 'disabled' : 'enabled',
        application.access === 'everybody'
          ? 'everybody'
          : (groups.get(application.id) ?? []).map(({ name }) => name).join(', ') || 'no one',
      ]);
      printResult(
        io,
        json,
        applications.map((application) =>
          toApplicationResponse(application, { groups: groups.get(application.id) ?? [], origin: project.origin }),
        ),
        rows.length > 0 ? table([['CLIENT ID', 'NAME', 'KIND', 'STATE', 'MAY USE IT'], ...rows]) : ['No applications.'],
      );
    });
}

function addShow(noun: Command, io: Io): void {
  noun
    .command('show')
    .description('show an application with its settings and active secrets')
    .argument('<client_id>')
    .option('--json', 'print one JSON value')
    .action(async (clientId: string, { json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const application = await getApplication(project.id, clientId);
      const [groups, secrets] = [await listAllowedGroups(application), await listSecrets(application, new Date())];
      const shown = toApplicationResponse(application, { groups, secrets, origin: project.origin });
      const { secrets: _, ...settings } = shown;
      const pairs = Object.entries(settings).map(([name, value]) => [name, toText(value)] as const);
      const rows = secrets.map(({ id, name, expiresAt, lastUsedAt }) => [
        id,
        name ?? '-',
        toMinute(expiresAt) ?? 'never',
        toMinute(lastUsedAt) ?? 'never',
      ]);
      printResult(io, json, shown, [
        ...nameValueLines(pairs),
        ...(rows.length > 0 ? ['', ...table([['SECRET ID', 'NAME', 'EXPIRES', 'LAST USED'], ...rows])] : []),
      ]);
    });
}

function toText(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '-';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

type RotateOptions = { overlapHours: number; secretName?: string; json?: boolean };

function addRotate(noun: Command, io: Io): void {
  noun
    .command('rotate')
    .description('create a new secret; the previous one stays valid for the overlap')
    .argument('<client_id>')
    .option('--overlap-hours <hours>', 'hours that the previous secret stays valid', toNumber(0, MAX_OVERLAP_HOURS), 24)
    .option('--secret-name <name>', 'where the new secret is used, such as a server')
    .option('--json', 'print one JSON value')
    .action(async (clientId: string, { overlapHours, secretName, json }: RotateOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const options = { overlapHours, name: secretName ?? null };
      const { application, clientSecret, previousEndsAt } = await rotateApplicationSecret(actor, clientId, options);
      const until = overlapHours === 0 ? 'is no longer valid' : `is valid until ${toMinute(previousEndsAt)}`;
      const title = `Application "${isolated(application.name)}" has a new secret. The previous secret ${until}.`;
      const more = { previous_secret_ends_at: previousEndsAt.toISOString() };
      printConnection(io, json, project, application, clientSecret, title, more);
    });
}

function addStateCommands(noun: Command, io: Io): void {
  const add = (name: 'disable' | 'enable', description: string, done: string) =>
    noun
      .command(name)
      .description(description)
      .argument('<client_id>')
      .option('--json', 'print one JSON value')
      .action(async (clientId: string, { json }: { json?: boolean }, command: Command) => {
        const { project, actor } = await openProject(command);
        const application =
          name === 'disable'
            ? await disableApplication(actor, clientId, endOfApplication)
            : await enableApplication(actor, clientId);
        const groups = await listAllowedGroups(application);
        printResult(io, json, toApplicationResponse(application, { groups, origin: project.origin }), [
          `Application "${isolated(application.name)}" ${done}`,
        ]);
      });
  add('disable', 'end all sign-ins to an application and refuse new ones', 'is disabled.');
  add('enable', 'let people sign in to an application again', 'is enabled.');
}

function addDelete(noun: Command, io: Io): void {
  noun
    .command('delete')
    .description('permanently delete an application with its secrets')
    .argument('<client_id>')
    .option('--json', 'print one JSON value')
    .action(async (clientId: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      await deleteApplication(actor, clientId, endOfApplication);
      printResult(io, json, { client_id: clientId }, ['The application is deleted.']);
    });
}
