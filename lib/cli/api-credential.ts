import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  toApiCredentialResponse,
  toListedCredential,
  toSecretPeriodResponse,
  toSecretResponse,
} from '@/lib/api-credential/contract';
import {
  type ApiCredential,
  AUTH_METHODS,
  type AuthMethod,
  exampleScope,
  GRANTABLE_SCOPES,
  type GrantableScope,
  isGrantable,
  type Permission,
  PRESETS,
  permissionOf,
  stateOf,
} from '@/lib/api-credential/model';
import {
  createApiCredential,
  endSecret,
  getApiCredential,
  listApiCredentials,
  listSecretPeriods,
  listSecretsOf,
  MAX_OVERLAP_HOURS,
  revokeApiCredential,
  rotateApiCredential,
  updateApiCredential,
} from '@/lib/api-credential/service';
import { isolated } from '@/lib/platform/text';
import { answer, facts, type Io, table, toMinute } from './output';
import { openProject } from './project';

const DAY_MILLIS = 86_400_000;
const PERMISSION_WORDS: Record<Permission, string> = { full: 'full access', read: 'read only', custom: 'custom' };

export function addApiCredentialCommands(program: Command, io: Io): void {
  const noun = program.command('api-credential').description('credentials with which programs use the admin API');
  addCreate(noun, io);
  addList(noun, io);
  addUpdate(noun, io);
  addSecrets(noun, io);
  addRotate(noun, io);
  addEndSecret(noun, io);
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
    .description('make an API credential; its secret is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(
      new Option('--method <method>', 'how it authenticates at the token endpoint')
        .choices(AUTH_METHODS)
        .default('client_secret_basic'),
    )
    .addOption(scopeOption())
    .addOption(new Option('--read-only', 'grant only the scopes that read').conflicts('scope'))
    .option('--audience <uri>', 'what its tokens may be for beside the admin API; may be repeated', collect, [])
    .option('--secret-name <name>', 'where its secret is to be used, such as a server')
    .option('--expires-in-days <days>', 'when it ends by itself', toNumber(1, 36_500))
    .option('--json', 'answer with one JSON value')
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
        answer(io, json, toSecretResponse(credential, clientSecret, project.origin), [
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
    .description('show all API credentials, the newest first')
    .option('--json', 'answer with one JSON value')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const now = new Date();
      const credentials = await listApiCredentials(project.id);
      const secrets = await listSecretsOf(project.id, credentials, now);
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
      answer(
        io,
        json,
        credentials.map((credential) =>
          toListedCredential(
            credential,
            secrets.filter(({ apiCredentialId }) => apiCredentialId === credential.id),
            { origin: project.origin, now },
          ),
        ),
        rows.length > 0 ? table([headings, ...rows]) : ['There are no API credentials yet.'],
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
    .description('change an API credential; its tokens follow at their next call')
    .argument('<client_id>')
    .option('--name <name>', 'what it is for')
    .addOption(new Option('--method <method>', 'how it authenticates at the token endpoint').choices(AUTH_METHODS))
    .addOption(scopeOption())
    .addOption(new Option('--read-only', 'grant only the scopes that read').conflicts(['scope', 'fullAccess']))
    .addOption(new Option('--full-access', 'grant every scope there is today').conflicts('scope'))
    .option('--json', 'answer with one JSON value')
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
        answer(io, json, toApiCredentialResponse(credential, new Date()), [
          `API credential "${isolated(credential.name)}" updated.`,
          `Scopes: ${credential.scopes.join(' ')}`,
        ]);
      },
    );
}

function scopeOption(): Option {
  return new Option('--scope <scope>', 'grant this scope; may be repeated').argParser(toScopes);
}

function addSecrets(noun: Command, io: Io): void {
  noun
    .command('secrets')
    .description('show the secrets of an API credential that still work, by name, end and last use')
    .argument('<client_id>')
    .option('--json', 'answer with one JSON value')
    .action(async (clientId: string, { json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const { name } = await getApiCredential(project.id, clientId);
      const secrets = await listSecretPeriods(project.id, clientId, new Date());
      const rows = secrets.map((secret) => [
        secret.id,
        secret.name ?? '-',
        toMinute(secret.createdAt) ?? '',
        toMinute(secret.expiresAt) ?? 'with the credential',
        toMinute(secret.lastUsedAt) ?? 'never',
      ]);
      const headings = ['SECRET ID', 'NAME', 'CREATED', 'ENDS', 'LAST USED'];
      const none = [`API credential "${isolated(name)}" has no secret any more.`];
      answer(io, json, secrets.map(toSecretPeriodResponse), rows.length > 0 ? table([headings, ...rows]) : none);
    });
}

type RotateOptions = { overlapHours: number; secretName?: string; json?: boolean };

function addRotate(noun: Command, io: Io): void {
  noun
    .command('rotate')
    .description('give an API credential a new secret')
    .argument('<client_id>')
    .option('--overlap-hours <hours>', 'how long the previous secret still works', toNumber(0, MAX_OVERLAP_HOURS), 24)
    .option('--secret-name <name>', 'where the new secret is to be used, such as a server')
    .option('--json', 'answer with one JSON value')
    .action(async (clientId: string, { overlapHours, secretName, json }: RotateOptions, command: Command) => {
      const { project, actor } = await openProject(command);
      const { credential, clientSecret, previousEndsAt } = await rotateApiCredential(actor, clientId, {
        overlapHours,
        name: secretName ?? null,
      });
      const secret = toSecretResponse(credential, clientSecret, project.origin);
      answer(io, json, { ...secret, previous_secret_ends_at: previousEndsAt.toISOString() }, [
        `API credential "${isolated(credential.name)}" has a new secret.`,
        overlapHours === 0
          ? 'The previous one no longer works.'
          : `The previous one works until ${toMinute(previousEndsAt)}.`,
        '',
        ...secretLines(credential, clientSecret, project.origin),
      ]);
    });
}

function addEndSecret(noun: Command, io: Io): void {
  noun
    .command('end-secret')
    .description('end a previous secret of an API credential before its time')
    .argument('<client_id>')
    .argument('<secret_id>')
    .option('--json', 'answer with one JSON value')
    .action(async (clientId: string, secretId: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const secret = await endSecret(actor, clientId, secretId);
      answer(io, json, toSecretPeriodResponse(secret), ['The secret no longer works. The current one goes on.']);
    });
}

function addRevoke(noun: Command, io: Io): void {
  noun
    .command('revoke')
    .description('end an API credential with its tokens, at once and for good')
    .argument('<client_id>')
    .option('--json', 'answer with one JSON value')
    .action(async (clientId: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const credential = await revokeApiCredential(actor, clientId);
      answer(io, json, toApiCredentialResponse(credential, new Date()), [
        `API credential "${isolated(credential.name)}" is revoked. Its secrets and tokens no longer work.`,
      ]);
    });
}

function secretLines(credential: ApiCredential, clientSecret: string, origin: string): string[] {
  const { token_endpoint: endpoint, audience } = toSecretResponse(credential, clientSecret, origin);
  return [
    ...facts([
      ['Client ID', credential.clientId],
      ['Client secret', clientSecret],
      ['Token endpoint', endpoint],
      ['Audience', audience],
      ['Method', credential.authMethod],
      ['Permission', PERMISSION_WORDS[permissionOf(credential.scopes)]],
      ['Scopes', credential.scopes.join(' ')],
      ['Expires', toMinute(credential.expiresAt) ?? 'never'],
    ]),
    '',
    'The client secret is shown this once. Keep it where only your program can read it.',
    '',
    'An access token:',
    '',
    ...tokenCommand(credential, clientSecret, endpoint, audience),
  ];
}

function tokenCommand(credential: ApiCredential, clientSecret: string, endpoint: string, audience: string): string[] {
  const { clientId, authMethod, scopes } = credential;
  const scope = exampleScope(scopes).replaceAll(' ', '+');
  const proof =
    authMethod === 'client_secret_basic'
      ? [`-u '${clientId}:${clientSecret}'`]
      : [`-d 'client_id=${clientId}'`, `-d 'client_secret=${clientSecret}'`];
  const parts = [...proof, `-d 'grant_type=client_credentials'`, `-d 'scope=${scope}'`, `-d 'audience=${audience}'`];
  return [`  curl -X POST '${endpoint}' \\`, `    ${parts.join(' \\\n    ')}`];
}

function toScopes(value: string, before: GrantableScope[] = []): GrantableScope[] {
  const scopes = value.split(/[\s,]+/).filter(Boolean);
  const unknown = scopes.find((scope) => !isGrantable(scope));
  if (unknown !== undefined || scopes.length === 0)
    throw new InvalidArgumentError(`The scopes are: ${GRANTABLE_SCOPES.join(', ')}.`);
  return [...before, ...scopes.filter(isGrantable)];
}

const collect = (value: string, before: string[]) => [...before, value];

function toNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !(number >= least && number <= most)) {
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
    }
    return number;
  };
}
