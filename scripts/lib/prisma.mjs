// Runs Prisma's command line: a build tool that a running Signet never needs (lib/platform/db/migrate.ts applies
// migrations).
import { inRoot } from './root.mjs';
import { run, runOrThrow } from './run.mjs';

const CLI = inRoot('node_modules/prisma/build/index.js');
const STAND_IN = inRoot('scripts/prisma/schema-engine.mjs');
const UNREACHABLE = /binaries\.prisma\.sh/;

/**
 * `prisma generate`. Prisma would download a schema engine first, though generating does not run it: a file in its
 * place is enough.
 * @param {Record<string, string>} env
 */
export function generateClient(env) {
  const engine = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
  return runOrThrow(process.execPath, [CLI, 'generate'], { capture: true, env: { ...env, ...engine } });
}

let isUnreachable = false;

/**
 * A command that runs the schema engine: Prisma's own, which it downloads. Where its host is unreachable, a stand-in
 * runs the WebAssembly build from npm; `PRISMA_SCHEMA_ENGINE_BINARY` overrides the choice. docs/decisions: "Prisma's
 * engine".
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
export async function runSchemaEngine(args, env) {
  if (!isUnreachable) {
    const { code, output } = await run(process.execPath, [CLI, ...args], { capture: true, env });
    if (code === 0) return;
    if (!UNREACHABLE.test(output)) throw new Error(`prisma ${args.join(' ')} failed (exit code ${code})\n${output}`);
    isUnreachable = true;
    console.error("Prisma's schema engine cannot be downloaded; scripts/prisma/schema-engine.mjs stands in for it.");
  }
  await runOrThrow(process.execPath, [CLI, ...args], {
    capture: true,
    env: { ...env, PRISMA_SCHEMA_ENGINE_BINARY: STAND_IN },
  });
}
