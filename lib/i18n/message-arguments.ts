import compile from 'icu-minify/compile';

/** `choice`: select. `number`: plural and number. */
type ArgumentKind = 'text' | 'number' | 'choice' | 'tag';

/** What a message takes, by name; for a choice, the values it distinguishes. */
export type MessageArguments = Map<string, { kind: ArgumentKind; choices: string[] }>;

/** Why a replacement cannot stand for a message. `position` is the index of the character at which reading failed. */
export type MessageFault =
  | { kind: 'syntax'; position: number }
  | { kind: 'unknown' | 'missing' | 'changed'; names: string[] };

/** The arguments of an ICU message, those inside of branches too. Throws what the parser throws. */
export function argumentsOf(message: string): MessageArguments {
  const found: MessageArguments = new Map();
  collect(compile(message), found);
  return found;
}

/**
 * Compares a replacement with the message it replaces. It needs the same arguments: without one it would hide a fact,
 * with another it could not be formatted. A count may also be shown as a plain number.
 */
export function replacementFault(message: string, replacement: string): MessageFault | null {
  let present: MessageArguments;
  try {
    present = argumentsOf(replacement);
  } catch (error) {
    return { kind: 'syntax', position: positionOf(error) };
  }
  const expected = argumentsOf(message);
  const unknown = [...present.keys()].filter((name) => !expected.has(name));
  if (unknown.length > 0) return { kind: 'unknown', names: unknown };
  const missing = [...expected.keys()].filter((name) => !present.has(name));
  if (missing.length > 0) return { kind: 'missing', names: missing };
  const changed = [...present].filter(([name, { kind, choices }]) => {
    const wanted = expected.get(name);
    if (wanted?.kind === 'number') return kind !== 'number' && kind !== 'text';
    return kind !== wanted?.kind || choices.some((choice) => !wanted.choices.includes(choice));
  });
  return changed.length > 0 ? { kind: 'changed', names: changed.map(([name]) => name) } : null;
}

/** The parser's error carries the place (`@formatjs/icu-messageformat-parser`). */
function positionOf(error: unknown): number {
  const location: unknown = error instanceof Error && 'location' in error ? error.location : null;
  const start = isRecord(location) ? location.start : null;
  return isRecord(start) && typeof start.offset === 'number' ? start.offset : 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** icu-minify writes an argument as `[name]`, others as `[name, type, …]`, a tag as `[name, …children]`. */
const typeIn = (message: string) => at(at(compile(message), 0), 1);
const PLURAL = typeIn('{n, plural, other {a}}');
const ORDINAL = typeIn('{n, selectordinal, other {a}}');
const NUMBER = typeIn('{n, number}');
const SELECT = typeIn('{n, select, other {a}}');

function collect(compiled: unknown, found: MessageArguments): void {
  if (!Array.isArray(compiled)) return;
  for (const node of compiled) {
    if (!Array.isArray(node)) continue;
    const [name, type, ...rest] = node as unknown[];
    if (typeof name !== 'string') continue;
    const branches = isRecord(rest[0]) && !Array.isArray(rest[0]) ? rest[0] : null;
    const kind =
      node.length === 1
        ? 'text'
        : type === SELECT
          ? 'choice'
          : [PLURAL, ORDINAL, NUMBER].includes(type)
            ? 'number'
            : 'tag';
    const choices = kind === 'choice' && branches ? Object.keys(branches) : [];
    found.set(name, {
      kind: found.get(name)?.kind ?? kind,
      choices: [...(found.get(name)?.choices ?? []), ...choices],
    });
    if (kind === 'tag') collect(node.slice(1), found);
    else if (branches) for (const branch of Object.values(branches)) collect(branch, found);
  }
}

function at(list: unknown, index: number): unknown {
  return Array.isArray(list) ? list[index] : undefined;
}
