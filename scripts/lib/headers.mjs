// The C++ headers to compile the SQLite driver against, where it must be compiled. They must be of this very Node: a
// driver compiled against others does not load.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';

/**
 * A folder for npm's setting `nodedir`, with a function that removes it; undefined leaves the choice to npm. Where the
 * machine's own setting names the headers of another Node, npm's registry supplies the right ones: it publishes them
 * with Node itself.
 */
export async function headersFor(npm) {
  const own = [process.execPath, realpathSync(process.execPath)]
    .map((file) => path.resolve(file, '../..'))
    .find((dir) => majorOf(dir) === process.versions.node.split('.')[0]);
  if (own) return { dir: own, remove: () => {} };
  const configured = process.env.npm_config_nodedir || (await setting(npm));
  if (!configured || majorOf(configured) === process.versions.node.split('.')[0]) return undefined;
  return fromRegistry(npm);
}

async function setting(npm) {
  const { code, output } = await npm(['config', 'get', 'nodedir'], { capture: true });
  const value = output.trim().split('\n').at(-1) ?? '';
  return code === 0 && value !== 'undefined' && value !== 'null' ? value : '';
}

async function fromRegistry(npm) {
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = inRoot('build/node-headers');
  const remove = () => rmSync(prefix, { recursive: true, force: true });
  remove();
  mkdirSync(prefix, { recursive: true });
  const wanted = `${name}@${process.versions.node}`;
  const { code } = await npm(['install', '--prefix', prefix, '--no-save', '--no-package-lock', wanted], {
    capture: true,
  });
  const dir = path.join(prefix, 'node_modules', name);
  if (code === 0 && majorOf(dir)) return { dir, remove };
  remove();
  return undefined;
}

/** Major version of the headers in a folder, or undefined without headers. */
function majorOf(dir) {
  const file = path.join(dir, 'include/node/node_version.h');
  return existsSync(file) ? readFileSync(file, 'utf8').match(/#define NODE_MAJOR_VERSION (\d+)/)?.[1] : undefined;
}
