import { type Command, Option } from 'commander';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '@/lib/token/model';
import { rotateSigningKey } from '@/lib/token/service';
import { answer, type Io } from './output';
import { openProject } from './project';

type RotateOptions = { algorithm?: SigningAlgorithm; json?: boolean };

export function addSigningKeyCommands(program: Command, io: Io): void {
  const noun = program.command('signing-key').description('keys that sign access tokens');
  noun
    .command('rotate')
    .description('let the next key sign and publish a new one after it; tokens stay valid')
    .addOption(
      new Option('--algorithm <algorithm>', 'of the newly published key (default: as before)').choices(
        SIGNING_ALGORITHMS,
      ),
    )
    .option('--json', 'answer with one JSON value')
    .action(async ({ algorithm, json }: RotateOptions) => {
      const { actor } = await openProject();
      const key = await rotateSigningKey(actor, algorithm);
      answer(io, json, { kid: key.kid, algorithm: key.algorithm }, [
        `Tokens are now signed with the key ${key.kid} (${key.algorithm}).`,
        'The key after it is published already; the one before stays published while its tokens are valid.',
      ]);
    });
}
