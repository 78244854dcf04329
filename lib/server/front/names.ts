import { publicPath, ROUTE_LIST } from '@/lib/api/routes';
import type { RouteMatch } from '../route-template';

const OPERATIONS = new Set(templatesOf((access) => access === 'operations'));
const FOR_CLIENTS = new Set(templatesOf((access) => access === 'client' || access === 'token'));
const FOR_PEOPLE = new Set(templatesOf((access) => access === 'person'));
/** The first path segments of the mounted routes. */
const MOUNTED = new Set(templatesOf((access) => access !== 'operations').map(firstName));

/**
 * Paths for programs: errors use the envelope, every origin of a project serves them, and the rules of pages do not
 * apply. Compared exactly, because paths are case-sensitive (RFC 3986 §6.2.2.1).
 */
export function isForPrograms(path: string): boolean {
  const first = firstName(path);
  return first === 'api' || MOUNTED.has(first) || OPERATIONS.has(path);
}

/** Whether refusals are those of RFC 6749 §5.2. */
export function isForOAuthClients(path: string): boolean {
  return FOR_CLIENTS.has(publicPath(path));
}

/**
 * Whether a route is for a person's browser, which an application sends there: served on the primary origin, where the
 * session's cookie is, and refused by a page.
 */
export function isForPeople(path: string): boolean {
  return FOR_PEOPLE.has(publicPath(path));
}

/**
 * The path by which Next finds the route file. All route files are below app/api, because pages named app/admin would
 * shadow these names, and in folders without a leading dot. Next's own rewrites ignore case, so `/ADMIN` would bypass a
 * proxy's rule for `/admin`.
 */
export function toInnerPath(path: string): string {
  const name = publicPath(path);
  return MOUNTED.has(firstName(name)) ? `/api/${name.slice(1).replace(/^\./, '')}` : path;
}

function firstName(path: string): string {
  const end = path.indexOf('/', 1);
  return end < 0 ? path.slice(1) : path.slice(1, end);
}

function templatesOf(has: (access: string | undefined) => boolean): string[] {
  return ROUTE_LIST.filter(({ row }) => has(row.access)).map(({ template }) => template);
}

/**
 * Whether the path percent-encodes a slash, or unreserved characters of a literal segment: a proxy's rule may not
 * recognize it, so it is 404. Parameters may be encoded freely.
 */
export function isDisguised(path: string, route: RouteMatch | null): boolean {
  return route === null && /%(2[def]|3\d|[46][1-9a-f]|[57][\da]|5[cf]|7e)/i.test(path);
}

/** The canonical form of a path if it differs: no empty segments and no trailing slash. */
export function plainPath(path: string): string | null {
  if (!path.includes('//') && !path.endsWith('/')) return null;
  const plain = path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return plain === path ? null : plain;
}
