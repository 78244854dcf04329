import { ACCEPT_JSON, BEARER, curl, json, quoted, SEND_JSON } from '@/lib/platform/curl';
import type { FieldEdit } from '@/lib/platform/edit';
import { getAt, isJsonObject, type Json, type JsonObject, pointerParts, toPointer } from '@/lib/platform/json';

/** As named in the admin API's table of routes. */
type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /admin/${string}`;

/** The parameters in a route, such as `id` in `GET /admin/identities/{id}`. */
export type RouteParameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & RouteParameters<Rest>
  : unknown;

/** An admin API call for a shell that has a token. `query`: with its question mark. */
export function adminCommand<Path extends Route>(
  origin: string,
  route: Path,
  parameters: RouteParameters<Path>,
  body?: Json,
  query = '',
): string {
  const [method = '', template = ''] = route.split(' ');
  const path = Object.entries(parameters ?? {}).reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, () => encodeURIComponent(String(value))),
    template,
  );
  const options = body === undefined ? [ACCEPT_JSON, BEARER] : [ACCEPT_JSON, SEND_JSON, BEARER, json(body)];
  return curl({ method, url: quoted(`${origin}${path}${query}`), options });
}

export type PatchOperation = { op: 'add' | 'replace' | 'remove'; path: string; value?: Json };

/**
 * A form's edits as JSON Patch (RFC 6902) on its base. Only an existing object takes members, so missing parents are
 * added first.
 */
export function toPatch(document: JsonObject, edits: FieldEdit[]): PatchOperation[] {
  const operations: PatchOperation[] = [];
  const added = new Set<string>();
  for (const { pointer, mine } of edits) {
    const parts = pointerParts(pointer);
    const exists = getAt(document, parts) !== undefined;
    if (mine === null) {
      if (exists) operations.push({ op: 'remove', path: pointer });
      continue;
    }
    for (let depth = 1; depth < parts.length; depth++) {
      const path = toPointer(parts.slice(0, depth));
      if (isJsonObject(getAt(document, parts.slice(0, depth))) || added.has(path)) continue;
      added.add(path);
      operations.push({ op: 'add', path, value: {} });
    }
    operations.push({ op: exists ? 'replace' : 'add', path: pointer, value: mine });
  }
  return operations;
}
