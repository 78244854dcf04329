import { Argument, type Command } from 'commander';
import { SIGNING_ALGORITHMS, type SigningAlgorithm, type SigningKey } from '@/lib/token/model';
import { publishedKeys, revokeSigningKey, rotateSigningKey, setSigningAlgorithm } from '@/lib/token/service';
import { answer, type Io, table, toMinute } from './output';
import { openProject } from './project';

export function addKeyCommands(program: Command, io: Io): void {
  const noun = program.command('keys').alias('signing-key').description('keys that sign access tokens');
  addList(noun, io);
  addRotate(noun, io);
  addRevoke(noun, io);
  addAlgorithm(noun, io);
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('show the published keys: the one that signs, the next one, and those that signed lately')
    .option('--json', 'answer with one JSON value')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const keys = await publishedKeys(project.id);
      const rows = keys.map(({ kid, state, algorithm, createdAt }) => [
        kid,
        state,
        algorithm,
        toMinute(createdAt) ?? '',
      ]);
      answer(io, json, keys.map(toKeyResponse), table([['KEY ID', 'STATE', 'ALGORITHM', 'PUBLISHED'], ...rows]));
    });
}

function addRotate(noun: Command, io: Io): void {
  noun
    .command('rotate')
    .description('let the next key sign and publish a new one after it; tokens stay valid')
    .option('--now', 'even if programs that keep our key set may not know the next key yet')
    .option('--json', 'answer with one JSON value')
    .action(async ({ now, json }: { now?: boolean; json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const key = await rotateSigningKey(actor, { isUrgent: now === true });
      answer(io, json, { kid: key.kid, algorithm: key.algorithm }, [
        `Tokens are now signed with the key ${key.kid} (${key.algorithm}).`,
        'The key after it is published already; the one before stays published while its tokens are valid.',
      ]);
    });
}

function addRevoke(noun: Command, io: Io): void {
  noun
    .command('revoke')
    .description('distrust a key that has got out: no token that it signed is accepted any more')
    .argument('<kid>')
    .option('--json', 'answer with one JSON value')
    .action(async (kid: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const current = await revokeSigningKey(actor, kid);
      answer(io, json, { kid, state: 'revoked', current: { kid: current.kid, algorithm: current.algorithm } }, [
        `The key ${kid} is revoked: it is no longer published, and no token that it signed is accepted.`,
        'A running server, which remembers keys, follows within 30 seconds.',
        `Tokens are signed with the key ${current.kid} (${current.algorithm}).`,
      ]);
    });
}

function addAlgorithm(noun: Command, io: Io): void {
  noun
    .command('algorithm')
    .description('choose what tokens are signed with; the server changes over once everybody can know the new key')
    .addArgument(new Argument('<algorithm>').choices(SIGNING_ALGORITHMS))
    .option('--json', 'answer with one JSON value')
    .action(async (algorithm: SigningAlgorithm, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const { signsFrom } = await setSigningAlgorithm(actor, algorithm);
      const isNow = signsFrom <= new Date();
      answer(io, json, { algorithm, signs_from: signsFrom.toISOString() }, [
        isNow
          ? `Tokens are signed with ${algorithm}.`
          : `A key for ${algorithm} is published. A running server signs with it soon after ${toMinute(signsFrom)}.`,
      ]);
    });
}

function toKeyResponse({ kid, state, algorithm, createdAt, activatedAt, retiredAt }: SigningKey) {
  return {
    ...{ kid, state, algorithm },
    published_at: createdAt.toISOString(),
    activated_at: activatedAt?.toISOString() ?? null,
    retired_at: retiredAt?.toISOString() ?? null,
  };
}
