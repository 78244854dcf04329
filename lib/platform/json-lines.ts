import { toPointer } from './json';

/** The first line of each value in a JSON text, by its pointer, for messages beside an editor. Lines count from 1. */
export function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  /** The containers around the token; `isKeyNext` of an object: a name follows. */
  const open: Array<{ key: string | number; isObject: boolean; isKeyNext: boolean }> = [];
  let line = 1;
  for (const [token] of text.matchAll(TOKENS)) {
    const top = open.at(-1);
    if (token === '\n') line += 1;
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (top?.isObject) top.isKeyNext = true;
      else if (top) top.key = Number(top.key) + 1;
    } else if (token !== ':') {
      if (top?.isKeyNext) Object.assign(top, { key: unquoted(token), isKeyNext: false });
      const pointer = toPointer(open.map(({ key }) => key));
      if (!lines.has(pointer)) lines.set(pointer, line);
      if (token === '{' || token === '[') open.push(token === '{' ? newObject() : newList());
    }
  }
  return lines;
}

const newObject = () => ({ key: '', isObject: true, isKeyNext: true });
const newList = () => ({ key: 0, isObject: false, isKeyNext: false });

const TOKENS = /\n|"(?:[^"\\\n]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/g;

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

/** The line of a pointer, or of what contains it. */
export function lineAt(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = lines.get(at);
    if (line !== undefined) return line;
    if (at === '') return 1;
  }
}
