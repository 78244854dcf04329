import { Argument, type Command, Option } from 'commander';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '@/lib/project/model';
import { SIGNING_PURPOSES, type SigningKey, type SigningPurpose } from '@/lib/token/model';
import { publishedKeys, revokeSigningKey, rotateSigningKey, setSigningAlgorithm } from '@/lib/token/service';
import { type Io, printResult, table, toMinute } from './output';
import { openProject } from './project';

export function addSigningKeyCommands(program: Command, io: Io): void {
  const noun = program.command('signing-key').alias('keys').description('keys that sign access tokens and ID tokens');
  addList(noun, io);
  addRotate(noun, io);
  addRevoke(noun, io);
  addSetAlgorithm(noun, io);
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list the published keys: current, next and retired')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const keys = await publishedKeys(project.id);
      const rows = keys.map(({ kid, purpose, state, algorithm, createdAt }) => [
        kid,
        SIGNS[purpose],
        state,
        algorithm,
        toMinute(createdAt) ?? '',
      ]);
      printResult(
        io,
        json,
        keys.map(toKeyResponse),
        table([['KEY ID', 'SIGNS', 'STATE', 'ALGORITHM', 'PUBLISHED'], ...rows]),
      );
    });
}

function addRotate(noun: Command, io: Io): void {
  noun
    .command('rotate')
    .description('start signing with the next key and publish a new one; tokens stay valid')
    .addOption(
      new Option('--purpose <purpose>', 'what the keys sign').choices(SIGNING_PURPOSES).default('access_token'),
    )
    .option('--now', 'even if clients may not know the next key yet')
    .option('--json', 'print one JSON value')
    .action(async ({ purpose, now, json }: RotateOptions, command: Command) => {
      const { actor } = await openProject(command);
      const key = await rotateSigningKey(actor, { purpose, isUrgent: now === true });
      printResult(io, json, { kid: key.kid, algorithm: key.algorithm }, [
        `${purpose === 'id_token' ? 'ID tokens' : 'Tokens'} are now signed with key ${key.kid} (${key.algorithm}).`,
        'The next key is already published; the previous one stays published while its tokens are valid.',
      ]);
    });
}

type RotateOptions = { purpose: SigningPurpose; now?: boolean; json?: boolean };

const SIGNS: Record<SigningPurpose, string> = { access_token: 'access tokens', id_token: 'ID tokens' };

function addRevoke(noun: Command, io: Io): void {
  noun
    .command('revoke')
    .description('revoke a compromised key; all tokens signed with it are rejected')
    .argument('<kid>')
    .option('--json', 'print one JSON value')
    .action(async (kid: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const current = await revokeSigningKey(actor, kid);
      printResult(io, json, { kid, state: 'revoked', current: { kid: current.kid, algorithm: current.algorithm } }, [
        `Key ${kid} is revoked: it is no longer published, and tokens signed with it are rejected.`,
        'Running servers sign with the current key from their next request.',
        `${current.purpose === 'id_token' ? 'ID tokens' : 'Tokens'} are now signed with key ${current.kid} (${current.algorithm}).`,
      ]);
    });
}

function addSetAlgorithm(noun: Command, io: Io): void {
  noun
    .command('set-algorithm')
    .alias('algorithm')
    .description('set the algorithm of access tokens; it takes effect once clients can know the new key')
    .addArgument(new Argument('<algorithm>').choices(SIGNING_ALGORITHMS))
    .option('--json', 'print one JSON value')
    .action(async (algorithm: SigningAlgorithm, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const { signsFrom } = await setSigningAlgorithm(actor, algorithm);
      const isNow = signsFrom <= new Date();
      printResult(io, json, { algorithm, signs_from: signsFrom.toISOString() }, [
        isNow
          ? `Tokens are signed with ${algorithm}.`
          : `A key for ${algorithm} is published. Running servers sign with it soon after ${toMinute(signsFrom)}.`,
      ]);
    });
}

function toKeyResponse({ kid, purpose, state, algorithm, createdAt, activatedAt, retiredAt }: SigningKey) {
  return {
    ...{ kid, purpose, state, algorithm },
    published_at: createdAt.toISOString(),
    activated_at: activatedAt?.toISOString() ?? null,
    retired_at: retiredAt?.toISOString() ?? null,
  };
}
