import { command, quoted } from '@/components/api-credential/curl';
import type { FieldEdit } from '@/lib/platform/edit';
import { isJsonObject, type Json, type JsonObject, pointerParts, toPointer } from '@/lib/platform/json';

/** As named in the admin API's table of routes. */
type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /admin/${string}`;

/** The parameters in a route, such as `id` in `GET /admin/identities/{id}`. */
export type RouteParameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & RouteParameters<Rest>
  : unknown;

/** An admin API call for a shell that has a token. */
export function adminCommand<Path extends Route>(
  origin: string,
  route: Path,
  parameters: RouteParameters<Path>,
  body?: Json,
): string {
  const [method, template = ''] = route.split(' ');
  const path = Object.entries(parameters ?? {}).reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, () => encodeURIComponent(String(value))),
    template,
  );
  const json = body === undefined ? [] : [`-H 'Content-Type: application/json'`];
  const data = body === undefined ? [] : [`-d ${quoted(JSON.stringify(body, null, 2))}`];
  return command([
    `curl -X ${method} ${quoted(`${origin}${path}`)}`,
    `-H 'Accept: application/json'`,
    ...json,
    `-H "Authorization: Bearer $ACCESS_TOKEN"`,
    ...data,
  ]);
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
    const isThere = valueAt(document, parts) !== undefined;
    if (mine === null) {
      if (isThere) operations.push({ op: 'remove', path: pointer });
      continue;
    }
    for (let depth = 1; depth < parts.length; depth++) {
      const path = toPointer(parts.slice(0, depth));
      if (isJsonObject(valueAt(document, parts.slice(0, depth))) || added.has(path)) continue;
      added.add(path);
      operations.push({ op: 'add', path, value: {} });
    }
    operations.push({ op: isThere ? 'replace' : 'add', path: pointer, value: mine });
  }
  return operations;
}

function valueAt(document: JsonObject, parts: string[]): Json | undefined {
  let at: Json | undefined = document;
  for (const part of parts) at = isJsonObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  return at;
}
