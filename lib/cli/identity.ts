import type { Command } from 'commander';
import { toIdentityResponse } from '@/lib/identity/contract';
import { createIdentity } from '@/lib/identity/service';
import type { JsonObject } from '@/lib/platform/json';
import { answer, facts, type Io } from './output';
import { openProject } from './project';

type CreateOptions = { email: string; first?: string; last?: string; json?: boolean };

export function addIdentityCommands(program: Command, io: Io): void {
  const noun = program.command('identity').description('people who can sign in');
  noun
    .command('create')
    .description('make an identity of the default schema; no mail goes out')
    .requiredOption('--email <address>', 'what the person signs in with')
    .option('--first <name>', 'first name')
    .option('--last <name>', 'last name')
    .option('--json', 'answer with one JSON value')
    .action(async (options: CreateOptions) => {
      const { project, actor } = await openProject();
      const identity = await createIdentity(actor, { traits: toTraits(options) });
      answer(io, options.json, toIdentityResponse(identity, project.origin), [
        'Identity created.',
        '',
        ...facts([
          ['ID', identity.id],
          ['E-mail', options.email],
          ['State', identity.state],
        ]),
        '',
        `The person signs in at ${project.origin}/login with a code sent to this address, and can add a passkey then.`,
      ]);
    });
}

function toTraits({ email, first, last }: CreateOptions): JsonObject {
  const name: JsonObject = {};
  if (first !== undefined) name.first = first;
  if (last !== undefined) name.last = last;
  return Object.keys(name).length > 0 ? { email, name } : { email };
}
