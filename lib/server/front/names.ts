import { publicPath, ROUTE_LIST } from '@/lib/api/routes';
import { isRoutePath } from '../route-template';

const OPERATIONS = templatesOf((access) => access === 'operations');
const FOR_CLIENTS = templatesOf((access) => access === 'client');
/** The first names of what route files serve. */
const MOUNTED = new Set(templatesOf((access) => access !== 'operations').map(firstName));

/**
 * What answers programs: in the envelope, on every address of a project, without the rules of pages. Compared exactly, as every
 * name here: paths are case-sensitive (RFC 3986 §6.2.2.1).
 */
export function isForPrograms(path: string): boolean {
  const first = firstName(path);
  return first === 'api' || MOUNTED.has(first) || OPERATIONS.includes(path);
}

/** Whether refusals are those of RFC 6749 §5.2. */
export function isForOAuthClients(path: string): boolean {
  return FOR_CLIENTS.includes(publicPath(path));
}

/**
 * The path by which Next finds the route file. All are below app/api, because app/admin would shadow these names with pages, and
 * in folders without a leading dot. Next's own rewrites would find it in any case of letters, so that `/ADMIN` would pass a
 * proxy's rule for `/admin`.
 */
export function toInnerPath(path: string): string {
  const name = publicPath(path);
  return MOUNTED.has(firstName(name)) ? `/api/${name.slice(1).replace(/^\./, '')}` : path;
}

function firstName(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

function templatesOf(has: (access: string | undefined) => boolean): string[] {
  return ROUTE_LIST.filter(({ row }) => has(row.access)).map(({ template }) => template);
}

/**
 * Whether a fixed name is written with percent-encoded characters that need no encoding, or a slash between names is encoded: such a name
 * is none here, because a proxy's rule may not know it. What stands in the place of a parameter is encoded as anyone likes.
 */
export function isDisguised(path: string): boolean {
  return /%(2[def]|3\d|[46][1-9a-f]|[57][\da]|5[cf]|7e)/i.test(path) && !isRoutePath(path);
}

/** The one way to write a path, when it differs: without empty segments and a slash at the end. */
export function plainPath(path: string): string | null {
  const plain = path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return plain === path ? null : plain;
}
