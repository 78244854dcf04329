import { AppError } from '@/lib/platform/errors';
import { processWide } from '@/lib/platform/process-wide';
import { randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import type { ApiRequest } from './request';

/**
 * What the front server established about a request. It stays in this process. Handlers called by the front server find it
 * in the request; behind Next, a header carries a random ID for it, and a client's own value is dropped. The ID is valid
 * for one method and path, until the response ends. Requests that Next makes itself have none.
 */
export type RequestContext = {
  requestId: string;
  /** The client's IP address, past trusted proxies. */
  address: string;
  /** The client's `User-Agent` header, or empty. */
  userAgent: string;
  /** Read for this request. */
  project: Project;
  projectId: string;
  projectName: string;
  /** The project's primary origin, such as `https://id.example.com`: links, issuer and RP ID derive from it. */
  origin: string;
  /** The project's appearance: `#rrggbb`, and the content hash of its logo. */
  accentColor: string | null;
  logoHash: string | null;
  /** Whether the request came to SIGNET_ORIGIN's host, the only one that serves the console. */
  isConsoleHost: boolean;
};

/** Method and path of the request as the front server passes it on. */
type Target = { method: string; path: string };
type Entry = Target & { context: RequestContext };

export const CONTEXT_HEADER = 'x-signet-context';

const entries = processWide('contexts', () => new Map<string, Entry>());

/** Returns the ID for `CONTEXT_HEADER`. The caller drops it with the response. */
export function keepContext(context: RequestContext, { method, path }: Target): string {
  const id = randomToken();
  entries.set(id, { context, method, path });
  return id;
}

export function dropContext(id: string): void {
  entries.delete(id);
}

/** Refuses: `forbidden` for an ID that is unknown or whose response has ended. */
export function openContext(id: string | null): RequestContext {
  return openEntry(id).context;
}

/**
 * The context of a handler's request: its own, or the one whose ID Next passed on. Refuses: `forbidden` when
 * the ID was issued for another method or path.
 */
export function contextOf(request: ApiRequest): RequestContext {
  if (request.context) return request.context;
  const entry = openEntry(request.headers.get(CONTEXT_HEADER));
  const isSame = entry.method === request.method && pathOf(entry.path) === pathOf(new URL(request.url).pathname);
  if (!isSame) throw refusal();
  return entry.context;
}

/** The path as the URL parser writes it. */
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
