import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { listSchemas } from '@/lib/schema/service';
import { type Io, printResult } from './output';
import { openProject } from './project';

export function addClientCommands(program: Command, io: Io): void {
  const noun = program.command('client').description('typed clients of the admin API');
  noun
    .command('generate')
    .description("write a TypeScript client whose traits have the types of the project's schemas")
    .requiredOption('--out <file>', 'file to write, such as signet.ts')
    .option('--json', 'print one JSON value')
    .action(async ({ out, json }: { out: string; json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const { generateClient } = await import('./client/generate'); // no other command needs it
      const schemas = await listSchemas(project.id);
      await writeFile(out, await generateClient(project.slug, schemas));
      const names = schemas.map(({ schemaId }) => schemaId);
      printResult(io, json, { file: out, schemas: names }, [`${out} is written, for the schemas ${names.join(', ')}.`]);
    });
}
