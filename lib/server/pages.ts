import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Next, which renders the pages for people. */
export type Pages = {
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close: () => Promise<void>;
};

type Options = { dir: string; isDevelopment: boolean; port: number; httpServer: Server };

/** Loads Next, which takes a third of a start, after the server listens. Rejects when Next cannot start. */
export async function preparePages({ dir, isDevelopment, port, httpServer }: Options): Promise<Pages> {
  // biome-ignore lint/style/noProcessEnv: next-auth takes its origin from the forwarded host, set by the front server
  process.env.AUTH_TRUST_HOST = '1';
  const { default: next } = await import('next');
  // Next would print error messages, which may hold values; instrumentation.ts logs errors without them.
  const quiet = !isDevelopment;
  const app = next({ dev: isDevelopment, dir, hostname: 'localhost', port, httpServer, quiet });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { serve: (request, response) => handle(request, response), close: () => app.close() };
}

/** Calls `prepare` once, at the first use; all uses share the result. */
export function onFirstUse<T>(prepare: () => Promise<T>): () => Promise<T> {
  let prepared: Promise<T> | undefined;
  return () => {
    prepared ??= prepare();
    return prepared;
  };
}
