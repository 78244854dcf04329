import { AppError } from '@/lib/platform/errors';
import { processWide } from '@/lib/platform/process-wide';
import { randomToken } from '@/lib/platform/secret';

/**
 * What the front server found out about a request. It stays in this process, under a random id that travels to pages, actions
 * and handlers in a header; whatever a client sends under that name is dropped. The id holds for one method and path, can be
 * read until the response ends, and opens nothing afterwards. A request that Next makes by itself gets none.
 */
export type RequestContext = {
  requestId: string;
  /** The client's IP address, past trusted proxies. */
  address: string;
  projectId: string;
  projectName: string;
  /** The project's primary origin, such as `https://id.example.com`: links, issuer and RP ID come from it. */
  origin: string;
  /** How the project looks: `#rrggbb`, and the name of its picture's bytes. */
  accentColor: string | null;
  logoHash: string | null;
  /** Whether the request came to SIGNET_ORIGIN's host, the only one that serves the console. */
  isConsoleHost: boolean;
};

/** Of the request as the front server hands it on. */
type Target = { method: string; path: string };
type Entry = Target & { context: RequestContext };

export const CONTEXT_HEADER = 'x-signet-context';

const entries = processWide('contexts', () => new Map<string, Entry>());

/** Returns the id for `CONTEXT_HEADER`. The caller drops it with the response. */
export function keepContext(context: RequestContext, { method, path }: Target): string {
  const id = randomToken();
  entries.set(id, { context, method, path });
  return id;
}

export function dropContext(id: string): void {
  entries.delete(id);
}

/** Refuses: `forbidden` for an id that is unknown or whose response has ended. */
export function openContext(id: string | null): RequestContext {
  return openEntry(id).context;
}

/** The same for a handler, whose request must be the one that the id was made for. */
export function contextOf(request: Request): RequestContext {
  const entry = openEntry(request.headers.get(CONTEXT_HEADER));
  const isSame = entry.method === request.method && pathOf(entry.path) === pathOf(new URL(request.url).pathname);
  if (!isSame) throw refusal();
  return entry.context;
}

/** As the parser of URLs writes it. */
function pathOf(path: string): string {
  return new URL(`http://signet.invalid${path}`).pathname;
}

function openEntry(id: string | null): Entry {
  const entry = id === null ? undefined : entries.get(id);
  if (!entry) throw refusal();
  return entry;
}

function refusal(): AppError {
  return new AppError('forbidden', {
    reason: 'The request did not come through the front server, or its response has ended',
  });
}
