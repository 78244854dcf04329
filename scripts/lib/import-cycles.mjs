// Files that import each other in a cycle, directly or through others. Type imports do not count: they are erased at
// run time.
import path from 'node:path';

const IMPORT = /^(?:import|export)\s+(?!type\s)([^;']*?)from\s+'((?:@|\.{1,2})\/[^']+)'/gm;

/** `texts` has the text of each file by its path from the root. Returns a sentence for each cycle. */
export function importCycles(texts) {
  const sources = new Set([...texts.keys()].filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file)));
  const done = new Set();
  const cycles = [];
  const visit = (file, way) => {
    const at = way.indexOf(file);
    if (at >= 0) cycles.push(`a circle of imports: ${[...way.slice(at), file].join(' → ')}`);
    if (at >= 0 || done.has(file)) return;
    done.add(file);
    for (const target of importsOf(file, texts.get(file), sources)) visit(target, [...way, file]);
  };
  for (const file of sources) visit(file, []);
  return cycles;
}

function importsOf(file, text, sources) {
  return [...text.matchAll(IMPORT)]
    .filter(([, names]) => !hasTypesOnly(names))
    .map(([, , name]) => (name.startsWith('@/') ? name.slice(2) : path.posix.join(path.posix.dirname(file), name)))
    .flatMap((target) => [`${target}.ts`, `${target}.tsx`].find((each) => sources.has(each)) ?? []);
}

/** `{ type A, type B }` */
function hasTypesOnly(names) {
  const [, listed] = /^\{([^}]*)\}\s*$/.exec(names) ?? [];
  return listed?.split(',').every((name) => /^\s*(type\s|$)/.test(name)) ?? false;
}
