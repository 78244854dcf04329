/** Commands that people paste into a POSIX shell. */

/** One word that the shell does not expand. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One word in which the shell expands variables. `text` is our own, or has unreserved characters only. */
export function expanded(text: string): string {
  return `"${text}"`;
}

type Call = {
  method: string;
  /** A word: `quoted` or `expanded`. */
  url: string;
  /** Options with their words, such as the values of `header` and `data`. */
  options?: string[];
};

/** A call with one option per line. */
export function curl({ method, url, options = [] }: Call): string {
  return [`curl -X ${method} ${url}`, ...options].join(' \\\n  ');
}

export function header(name: string, value: string): string {
  return `-H ${quoted(`${name}: ${value}`)}`;
}

export const ACCEPT_JSON = header('Accept', 'application/json');
export const SEND_JSON = header('Content-Type', 'application/json');
/** With the token from the shell variable `ACCESS_TOKEN`. */
export const BEARER = `-H ${expanded(`Authorization: Bearer $ACCESS_TOKEN`)}`;

/** A body, or one form field. */
export function data(text: string): string {
  return `-d ${quoted(text)}`;
}

/** A body, indented for reading. */
export function json(value: unknown): string {
  return data(JSON.stringify(value, null, 2));
}
