import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import type { Project } from '@/lib/project/model';
import { newId } from '../lib/platform/ids';
import { ADDRESS, CHROME } from './people';

/**
 * Replaces Next's own request: `vi.mock('next/headers', async () => import('…/next-request'))` gives the code under
 * test these `headers` and `cookies`. Cookies persist from request to request, as in a browser.
 */
type Setting = Record<string, unknown>;

let requestHeaders = new Headers();
const stored = new Map<string, { value: string; options: Setting }>();

/**
 * Begins the browser's next request: through the front server, from a page of the project, unless `changes` says
 * otherwise.
 */
export function beginRequest(project: Project, changes: Record<string, string | null> = {}): string {
  const requestId = newId();
  const context = {
    requestId,
    address: ADDRESS,
    userAgent: CHROME,
    project,
    projectId: project.id,
    projectName: project.name,
    origin: project.origin,
    accentColor: project.accentColor,
    logoHash: project.logoHash,
    isConsoleHost: true,
  };
  requestHeaders = new Headers({
    [CONTEXT_HEADER]: keepContext(context, { method: 'POST', path: '/' }),
    'x-request-id': requestId,
    origin: project.origin,
    'user-agent': CHROME,
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) requestHeaders.delete(name);
    else requestHeaders.set(name, value);
  }
  return requestId;
}

export function forgetCookies(): void {
  stored.clear();
}

/** A stored cookie with its attributes. */
export function storedCookie(name: string): { value: string; options: Setting } | undefined {
  return stored.get(name);
}

export function cookieNames(): string[] {
  return [...stored.keys()];
}

export async function headers(): Promise<Headers> {
  return requestHeaders;
}

export async function cookies() {
  return {
    get: (name: string) => {
      const found = stored.get(name);
      return found && { name, value: found.value };
    },
    set: (name: string, value: string, options: Setting = {}) => {
      if (options.maxAge === 0) stored.delete(name);
      else stored.set(name, { value, options });
    },
  };
}
