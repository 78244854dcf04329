/** Commands that people paste into a POSIX shell. */

/** One word, in which the shell expands nothing. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One word, in which the shell expands variables. `text` is ours or has unreserved characters only. */
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

/** A call with an option a line. */
export function curl({ method, url, options = [] }: Call): string {
  return [`curl -X ${method} ${url}`, ...options].join(' \\\n  ');
}

export function header(name: string, value: string): string {
  return `-H ${quoted(`${name}: ${value}`)}`;
}

export const ACCEPT_JSON = header('Accept', 'application/json');
export const SEND_JSON = header('Content-Type', 'application/json');
/** With the token that the shell keeps in `ACCESS_TOKEN`. */
export const BEARER = `-H ${expanded(`Authorization: Bearer $ACCESS_TOKEN`)}`;

/** A body, or one field of a form. */
export function data(text: string): string {
  return `-d ${quoted(text)}`;
}

/** A body, written out for people. */
export function json(value: unknown): string {
  return data(JSON.stringify(value, null, 2));
}
