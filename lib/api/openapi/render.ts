import { BEARER, curl, data, expanded, header, quoted } from '@/lib/platform/curl';
import type { JsonObject } from '@/lib/platform/json';
import type { OpenApiDocument, OperationObject } from './model';

/** An operation as a page shows it. */
export type Call = { method: string; path: string; call: OperationObject };

export function callsOf(document: OpenApiDocument, tag: string): Call[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, call]) => call.tags[0] === tag)
      .map(([method, call]) => ({ method: method.toUpperCase(), path, call })),
  );
}

const COMPONENT = '#/components/schemas/';

/** The name of the component that a schema points to, or null. */
export function componentOf(schema: JsonObject): string | null {
  const { $ref } = schema;
  return typeof $ref === 'string' && $ref.startsWith(COMPONENT) ? $ref.slice(COMPONENT.length) : null;
}

/** The type in a few words, such as `string (uuid)`, `"active" | "inactive"` or `Identity[]`. */
export function typeOf(schema: JsonObject): string {
  const component = componentOf(schema);
  if (component !== null) return component;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return choices.map((choice) => typeOf(choice as JsonObject)).join(' | ');
  if (schema.type === 'array') return `${wrapped(typeOf((schema.items ?? {}) as JsonObject))}[]`;
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (typeof schema.type !== 'string') return 'any';
  return typeof schema.format === 'string' ? `${schema.type} (${schema.format})` : schema.type;
}

function wrapped(type: string): string {
  return type.includes(' | ') ? `(${type})` : type;
}

/** The example of a body: the first of several. */
export function exampleOf({ example, examples }: { example?: unknown; examples?: Record<string, unknown> }): unknown {
  const [first] = Object.values(examples ?? {});
  return example ?? (first as { value?: unknown } | undefined)?.value;
}

/** The call as a shell command, ready to paste once `ACCESS_TOKEN` is set. */
export function toCurl({ method, path, call }: Call, origin: string): string {
  const concrete = path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const example = call.parameters.find((parameter) => parameter.name === name)?.example;
    return encodeURIComponent(String(example ?? name));
  });
  const options: string[] = [];
  if (call.security.some((each) => 'accessToken' in each || 'personToken' in each)) options.push(BEARER);
  if (call.security.some((each) => 'client' in each)) options.push(`-u ${expanded('$CLIENT_ID:$CLIENT_SECRET')}`);
  const [mediaType, content] = Object.entries(call.requestBody?.content ?? {}).at(-1) ?? [];
  const body = content && exampleOf(content);
  if (mediaType === 'application/x-www-form-urlencoded') {
    const fields = Object.entries((body ?? {}) as Record<string, string>);
    for (const [name, value] of fields) options.push(data(`${name}=${value}`));
  } else if (mediaType !== undefined && content?.schema.format === 'binary') {
    options.push(header('Content-Type', mediaType), '--data-binary @people.csv');
  } else if (mediaType !== undefined) {
    options.push(header('Content-Type', mediaType), data(JSON.stringify(body)));
  }
  return curl({ method, url: quoted(`${origin}${concrete}`), options });
}
