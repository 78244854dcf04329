import type { Command } from 'commander';
import { toSecretPeriodResponse, toSecretResponse } from '@/lib/api-credential/contract';
import {
  getApiCredential,
  listSecretPeriods,
  MAX_OVERLAP_HOURS,
  revokeSecret,
  rotateApiCredential,
} from '@/lib/api-credential/service';
import { isolated } from '@/lib/platform/text';
import { secretLines } from './api-credential-output';
import { toNumber } from './arguments';
import { type Io, printResult, table, toMinute } from './output';
import { openProject } from './project';

/** The secrets of an API credential: several are active while one replaces another. */
export function addSecretCommands(noun: Command, io: Io): void {
  addListSecrets(noun, io);
  addRotate(noun, io);
  addRevokeSecret(noun, io);
}

function addListSecrets(noun: Command, io: Io): void {
  noun
    .command('list-secrets')
    .alias('secrets')
    .description('list the active secrets of an API credential')
    .argument('<client_id>')
    .option('--json', 'print one JSON value')
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
      const headings = ['SECRET ID', 'NAME', 'CREATED', 'EXPIRES', 'LAST USED'];
      const none = [`API credential "${isolated(name)}" has no active secrets.`];
      printResult(io, json, secrets.map(toSecretPeriodResponse), rows.length > 0 ? table([headings, ...rows]) : none);
    });
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
      const { credential, clientSecret, previousEndsAt } = await rotateApiCredential(actor, clientId, {
        overlapHours,
        name: secretName ?? null,
      });
      const secret = toSecretResponse(credential, clientSecret, project.origin);
      printResult(io, json, { ...secret, previous_secret_ends_at: previousEndsAt.toISOString() }, [
        `API credential "${isolated(credential.name)}" has a new secret.`,
        overlapHours === 0
          ? 'The previous secret is no longer valid.'
          : `The previous secret is valid until ${toMinute(previousEndsAt)}.`,
        '',
        ...secretLines(credential, clientSecret, project.origin),
      ]);
    });
}

function addRevokeSecret(noun: Command, io: Io): void {
  noun
    .command('revoke-secret')
    .alias('end-secret')
    .description('revoke a previous secret before it expires')
    .argument('<client_id>')
    .argument('<secret_id>')
    .option('--json', 'print one JSON value')
    .action(async (clientId: string, secretId: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const secret = await revokeSecret(actor, clientId, secretId);
      printResult(io, json, toSecretPeriodResponse(secret), ['Secret revoked. The current secret stays valid.']);
    });
}
