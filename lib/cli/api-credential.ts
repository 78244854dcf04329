import { type Command, Option } from 'commander';
import { toApiCredentialResponse, toListedCredential, toSecretResponse } from '@/lib/api-credential/contract';
import {
  AUTH_METHODS,
  type AuthMethod,
  type GrantableScope,
  PRESETS,
  permissionOf,
  stateOf,
} from '@/lib/api-credential/model';
import {
  createApiCredential,
  listApiCredentials,
  listSecretsOfCredentials,
  revokeApiCredential,
  updateApiCredential,
} from '@/lib/api-credential/service';
import { isolated } from '@/lib/platform/text';
import { PERMISSION_WORDS, secretLines } from './api-credential-output';
import { addSecretCommands } from './api-credential-secrets';
import { collect, toNumber, toScopes } from './arguments';
import { type Io, printResult, table, toMinute } from './output';
import { openProject } from './project';

const DAY_MILLIS = 86_400_000;

export function addApiCredentialCommands(program: Command, io: Io): void {
  const noun = program.command('api-credential').description('OAuth clients that use the admin API');
  addCreate(noun, io);
  addList(noun, io);
  addUpdate(noun, io);
  addSecretCommands(noun, io);
  addRevoke(noun, io);
}

type CreateOptions = {
  name: string;
  method: AuthMethod;
  scope?: GrantableScope[];
  readOnly?: boolean;
  audience: string[];
  expiresInDays?: number;
  secretName?: string;
  json?: boolean;
};

function addCreate(noun: Command, io: Io): void {
  noun
    .command('create')
    .description('create an API credential; its secret is shown only once')
    .requiredOption('--name <name>', 'name, such as the program that uses it')
    .addOption(
      new Option('--method <method>', 'authentication method at the token endpoint')
        .choices(AUTH_METHODS)
        .default('client_secret_basic'),
    )
    .addOption(scopeOption('scope to grant; repeatable'))
    .addOption(new Option('--read-only', 'grant the read scopes only').conflicts('scope'))
    .option('--audience <uri>', 'additional audience of its tokens besides the admin API; repeatable', collect, [])
    .option('--secret-name <name>', 'where the secret is used, such as a server')
    .option('--expires-in-days <days>', 'days until it expires (default: never)', toNumber(1, 36_500))
    .option('--json', 'print one JSON value')
    .action(
      async (
        { name, method, scope, readOnly, audience, expiresInDays, secretName, json }: CreateOptions,
        command: Command,
      ) => {
        const { project, actor } = await openProject(command);
        const { credential, clientSecret } = await createApiCredential(actor, {
          name,
          authMethod: method,
          scopes: scope ?? [...PRESETS[readOnly ? 'read' : 'full']],
          audiences: audience,
          secretName: secretName ?? null,
          expiresAt: expiresInDays === undefined ? null : new Date(Date.now() + expiresInDays * DAY_MILLIS),
        });
        printResult(io, json, toSecretResponse(credential, clientSecret, project.origin), [
          `API credential "${isolated(credential.name)}" created.`,
          '',
          ...secretLines(credential, clientSecret, project.origin),
        ]);
      },
    );
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list API credentials, newest first')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const now = new Date();
      const credentials = await listApiCredentials(project.id);
      const secrets = await listSecretsOfCredentials(project.id, credentials, now);
      const rows = credentials.map((credential) => [
        credential.clientId,
        credential.name,
        stateOf(credential, now),
        PERMISSION_WORDS[permissionOf(credential.scopes)],
        credential.authMethod,
        toMinute(credential.lastUsedAt) ?? 'never',
        toMinute(credential.expiresAt) ?? 'never',
      ]);
      const headings = ['CLIENT ID', 'NAME', 'STATE', 'PERMISSION', 'METHOD', 'LAST USED', 'EXPIRES'];
      printResult(
        io,
        json,
        credentials.map((credential) =>
          toListedCredential(
            credential,
            secrets.filter(({ apiCredentialId }) => apiCredentialId === credential.id),
            { origin: project.origin, now },
          ),
        ),
        rows.length > 0 ? table([headings, ...rows]) : ['No API credentials.'],
      );
    });
}

type UpdateOptions = {
  name?: string;
  method?: AuthMethod;
  scope?: GrantableScope[];
  readOnly?: boolean;
  fullAccess?: boolean;
  json?: boolean;
};

function addUpdate(noun: Command, io: Io): void {
  noun
    .command('update')
    .description('update an API credential; its tokens follow at their next use')
    .argument('<client_id>')
    .option('--name <name>', 'name, such as the program that uses it')
    .addOption(new Option('--method <method>', 'authentication method at the token endpoint').choices(AUTH_METHODS))
    .addOption(scopeOption('scope to grant instead of the current ones; repeatable'))
    .addOption(new Option('--read-only', 'grant the read scopes only').conflicts(['scope', 'fullAccess']))
    .addOption(new Option('--full-access', 'grant all current scopes').conflicts('scope'))
    .option('--json', 'print one JSON value')
    .action(
      async (
        clientId: string,
        { name, method, scope, readOnly, fullAccess, json }: UpdateOptions,
        command: Command,
      ) => {
        const { actor } = await openProject(command);
        const preset = readOnly ? PRESETS.read : fullAccess ? PRESETS.full : undefined;
        const credential = await updateApiCredential(actor, clientId, {
          name,
          authMethod: method,
          scopes: scope ?? (preset && [...preset]),
        });
        printResult(io, json, toApiCredentialResponse(credential, new Date()), [
          `API credential "${isolated(credential.name)}" updated.`,
          `Scopes: ${credential.scopes.join(' ')}`,
        ]);
      },
    );
}

function scopeOption(description: string): Option {
  return new Option('--scope <scope>', description).argParser(toScopes);
}

function addRevoke(noun: Command, io: Io): void {
  noun
    .command('revoke')
    .description('permanently revoke an API credential with its secrets and tokens')
    .argument('<client_id>')
    .option('--json', 'print one JSON value')
    .action(async (clientId: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const credential = await revokeApiCredential(actor, clientId);
      printResult(io, json, toApiCredentialResponse(credential, new Date()), [
        `API credential "${isolated(credential.name)}" is revoked. Its secrets and tokens are no longer valid.`,
      ]);
    });
}
