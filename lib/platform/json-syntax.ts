/** What may come next, besides white space. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

const SPACE = /[ \t\n\r]*/y;
// No quantifier within another: an unterminated string must not be tried in every division (CWE-1333).
const SCALAR =
  /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/**
 * The offset at which a text stops being JSON (RFC 8259), its length if it ends too early, or null. `JSON.parse` does not
 * say where on every version of Node.
 */
export function syntaxFault(text: string): number | null {
  const open: Array<'{' | '['> = [];
  let expected: Expected = 'value';
  for (let at = 0; ; ) {
    at += lengthOf(SPACE, text, at);
    const char: string | undefined = text[at];
    if (char === undefined) return expected === 'nothing' ? null : at;
    const isValue: boolean = expected === 'value' || expected === 'value or ]';
    const isKey: boolean = expected === 'key' || expected === 'key or }';
    const scalar: number = isValue || (isKey && char === '"') ? lengthOf(SCALAR, text, at) : 0;
    if (scalar > 0) {
      expected = isKey ? ':' : afterValue(open);
      at += scalar;
    } else if (isValue && (char === '{' || char === '[')) {
      open.push(char);
      expected = char === '{' ? 'key or }' : 'value or ]';
      at += 1;
    } else if (isClosing(char, expected, open.at(-1))) {
      open.pop();
      expected = afterValue(open);
      at += 1;
    } else if (char === ':' && expected === ':') {
      expected = 'value';
      at += 1;
    } else if (char === ',' && expected === ', or end') {
      expected = open.at(-1) === '{' ? 'key' : 'value';
      at += 1;
    } else {
      return at;
    }
  }
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? 'nothing' : ', or end';
}

function isClosing(char: string, expected: Expected, innermost: '{' | '[' | undefined): boolean {
  if (char === '}') return innermost === '{' && (expected === 'key or }' || expected === ', or end');
  return char === ']' && innermost === '[' && (expected === 'value or ]' || expected === ', or end');
}
