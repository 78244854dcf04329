// Reads the Dockerfile and .dockerignore in the plain form this repository uses, so that scripts/image.mjs runs the
// image's own steps. Refuses unknown instructions.

/**
 * @typedef {{ name: string, words: string }} Instruction
 * @typedef {{ base: string, name: string | undefined, instructions: Instruction[] }} Stage
 */

const KNOWN = new Set('WORKDIR COPY RUN ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK CMD'.split(' '));

/** @param {string} text @returns {Stage[]} */
export function parseDockerfile(text) {
  const stages = [];
  const args = {};
  const lines = text.replace(/\\\n\s*/g, ' ').split('\n');
  for (const line of lines.filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const [, name = '', words = ''] = /^([A-Z]+)\s+(.+)$/.exec(line) ?? [];
    if (name === 'ARG' && stages.length === 0) {
      const [key = '', value = ''] = words.split('=');
      args[key] = value;
    } else if (name === 'FROM') {
      const [base = '', , stage] = words.split(' ');
      stages.push({
        base: base.replace(/\$\{(\w+)\}/g, (_, key) => args[key] ?? ''),
        name: stage,
        instructions: [],
      });
    } else if (KNOWN.has(name) && stages.length > 0) {
      stages.at(-1).instructions.push({ name, words });
    } else {
      throw new Error(`Dockerfile: scripts/lib/dockerfile.mjs does not know "${line}"`);
    }
  }
  return stages;
}

/**
 * The last value of an instruction in a stage.
 * @param {Stage} stage
 * @param {string} name
 */
export function lastOf(stage, name) {
  return stage.instructions.findLast((one) => one.name === name)?.words;
}

/** `CMD` and `HEALTHCHECK … CMD` as the program and its arguments. @param {string} [words] @returns {string[]} */
export function commandOf(words = '') {
  return JSON.parse(words.slice(words.indexOf('[')));
}

/** `--from=build a b ./`. @param {string} words */
export function parseCopy(words) {
  const parts = words.split(/\s+/);
  const option = parts[0]?.startsWith('--') ? parts.shift() : undefined;
  if (option && !option.startsWith('--from=')) throw new Error(`Dockerfile: COPY ${option} is unknown`);
  const target = parts.pop() ?? '';
  return { from: option?.slice('--from='.length), sources: parts, target };
}

/** `A=b C=d`. @param {string} words @returns {Record<string, string>} */
export const parseEnvWords = (words) =>
  Object.fromEntries(
    words.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

/**
 * The top-level entries visible to a build: .dockerignore excludes everything else.
 * @param {string} text
 * @returns {string[]}
 */
export function contextOf(text) {
  const [all, ...rest] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (all !== '*' || !rest.every((line) => /^![\w.-]+$/.test(line)))
    throw new Error('.dockerignore: "*" and then lines such as "!lib" are expected');
  return rest.map((line) => line.slice(1));
}
