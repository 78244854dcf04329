// npm run bench: measures Signet's hot paths beside the reference servers. docs/performance.md explains the method.
import { build, buildPaths, bundleServer } from '../scripts/build.mjs';
import { withLock } from '../scripts/lib/lock.mjs';
import { compareLists } from './compare-lists.mjs';
import { compareNewcomers } from './compare-newcomers.mjs';
import { comparePaths } from './compare-paths.mjs';
import { measureSchemaChange, measureTransfer } from './measure-work.mjs';
import { readOptions, USAGE } from './options.mjs';
import { watchMemory } from './watch-memory.mjs';

const COMMANDS = {
  paths: comparePaths,
  lists: compareLists,
  newcomers: compareNewcomers,
  memory: watchMemory,
  transfer: measureTransfer,
  schema: measureSchemaChange,
};
const options = readOptions(process.argv.slice(2));
const run = COMMANDS[options.command];
if (options.isHelp || !run) {
  console.log(USAGE);
} else {
  await prepareBuild();
  await run(options);
}

async function prepareBuild() {
  if (options.isBuilt) return;
  if (options.isServerOnly) await bundleServer(buildPaths(false).server);
  else await withLock(() => build());
}
