import { isDocumentedPath } from '../route-template';

/** What answers programs: in the envelope, on every address of a project, without pages' rules. */
const FOR_PROGRAMS = /^\/(admin|oauth2|schemas|api|metrics|openapi\.json|\.well-known)(\/|$)/;

/** Public names of the API. It lives under app/api, because app/admin would shadow these names with pages. */
const INNER_NAMES: ReadonlyArray<[string, string]> = [
  ['/admin', '/api/admin'],
  ['/oauth2', '/api/oauth2'],
  ['/schemas', '/api/schemas'],
  ['/.well-known', '/api/well-known'],
  ['/api/.well-known', '/api/well-known'],
  ['/openapi.json', '/api/openapi.json'],
];

/** Compared exactly, as every name here: paths are case-sensitive (RFC 3986 §6.2.2.1). */
export function isForPrograms(path: string): boolean {
  return FOR_PROGRAMS.test(path);
}

/**
 * The path by which Next finds what answers. Next's own rewrites would find it in any case of letters, so that `/ADMIN`
 * would pass a proxy's rule for `/admin`.
 */
export function toInnerPath(path: string): string {
  for (const [name, inner] of INNER_NAMES) {
    if (path === name || path.startsWith(`${name}/`)) return inner + path.slice(name.length);
  }
  return path;
}

/**
 * Whether a fixed name is written with percent-encoded characters that need no encoding, or a slash between names is encoded: such a name
 * is none here, because a proxy's rule may not know it. What stands in the place of a parameter is encoded as anyone likes.
 */
export function isDisguised(path: string): boolean {
  return /%(2[def]|3\d|[46][1-9a-f]|[57][\da]|5[cf]|7e)/i.test(path) && !isDocumentedPath(path);
}

/** The one way to write a path, when it differs: without empty segments and a slash at the end. */
export function plainPath(path: string): string | null {
  const plain = path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return plain === path ? null : plain;
}
