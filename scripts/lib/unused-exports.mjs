// Exports that no other file names. It compares words, not modules: fast, and never wrong about an export that it
// reports.
const EXPORTED = /^export (?:async )?(const|let|function\*?|class|type) ([A-Za-z_$][\w$]*)/gm;
const WORD = /[A-Za-z_$][\w$]*/g;
/** Files whose exports a framework reads by name. */
const READ_BY_FRAMEWORK =
  /^app\/(.*\/)?(page|layout|route|loading|error|not-found|global-error|template|icon|manifest)\.tsx?$/;

/**
 * `sources`: the text of each file by its path. Returns a sentence for each export of `app`, `components` and `lib`
 * that only its own file uses; for a type, which may describe an exported function, only if its own file does not use
 * it either.
 */
export function unusedExports(sources) {
  const users = new Map();
  for (const text of sources.values()) {
    for (const word of new Set(text.match(WORD))) users.set(word, (users.get(word) ?? 0) + 1);
  }
  return [...sources]
    .filter(([file]) => isChecked(file))
    .flatMap(([file, text]) => {
      const words = text.match(WORD) ?? [];
      const isUsedHere = (name) => words.filter((word) => word === name).length > 1;
      return [...text.matchAll(EXPORTED)]
        .filter(([, kind, name]) => users.get(name) === 1 && !(kind === 'type' && isUsedHere(name)))
        .map(([, , name]) => `${file}: no other file uses the export ${name}`);
    });
}

function isChecked(file) {
  return /^(app|components|lib)\//.test(file) && !READ_BY_FRAMEWORK.test(file) && !/\.test\.tsx?$/.test(file);
}
