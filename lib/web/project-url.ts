import { toLocalPath } from './local-path';

/** A URL on the project's own origin; the start page for a URL on any other. */
export function toProjectUrl(origin: string, url: string): string {
  const local = toLocalPath(url);
  if (local) return origin + local;
  if (!URL.canParse(url)) return `${origin}/`;
  const { origin: given, pathname, search } = new URL(url);
  const isOwn = given === origin || pathname.startsWith('/api/auth/');
  return isOwn && toLocalPath(pathname + search) ? origin + pathname + search : `${origin}/`;
}
