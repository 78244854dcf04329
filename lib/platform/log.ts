import { env } from './env';
import { processWide } from './process-wide';

/**
 * One JSON object per line, on standard output unless a program reserves that for its result. Never personal data,
 * never a secret, never a query string.
 */
const LEVELS = { debug: 10, info: 20, warn: 30, error: 40, silent: 100 } as const;

export type Fields = Record<string, string | number | boolean | null | undefined>;

export const log = {
  debug: (message: string, fields?: Fields) => write('debug', message, fields),
  info: (message: string, fields?: Fields) => write('info', message, fields),
  warn: (message: string, fields?: Fields) => write('warn', message, fields),
  error: (message: string, fields?: Fields) => write('error', message, fields),
};

/** In characters. */
const MAX_PENDING_LENGTH = 64 * 1024;

/**
 * Buffers the lines of one turn of the event loop, because a write costs more than a line. Also flushed when the process
 * exits, even by an error.
 */
const writer = processWide('log', () => {
  const made = { stream: process.stdout as NodeJS.WritableStream, pending: '', flush };
  function flush(): void {
    const { stream, pending } = made;
    made.pending = '';
    if (pending !== '') stream.write(pending);
  }
  process.on('exit', flush);
  return made;
});

/** For the command line, whose standard output is its result. */
export function logToStandardError(): void {
  writer.stream = process.stderr;
}

function write(level: keyof typeof LEVELS, message: string, fields: Fields = {}): void {
  if (LEVELS[level] < LEVELS[env().logLevel]) return;
  if (writer.pending === '') setImmediate(writer.flush);
  writer.pending += `${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`;
  if (writer.pending.length > MAX_PENDING_LENGTH) writer.flush();
}

/**
 * The loggable parts of an unexpected error: name, code and stack. Not the message, because database drivers put values
 * into it.
 */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const stack = error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' | ');
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  return { error: error.name, code, cause, stack };
}
