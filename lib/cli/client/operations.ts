import { SchemaRegistry } from '@/lib/api/openapi/schema';
import { ROUTE_LIST, type ScopedRoute } from '@/lib/api/routes';
import type { Method, Operation, RouteRow } from '@/lib/api/routes/route';
import type { JsonObject } from '@/lib/platform/json';
import { previewResponse } from '@/lib/preview/contract';
import { BODIES } from './bodies';
import { compileTypes } from './json-schema';

/** The calls of the admin API, as the table of routes describes them: their types, and a method for each. */
type Call = { name: string; method: Method; template: string; row: RouteRow & Operation; isList: boolean };

/** Bodies with traits, whose types are the project's. */
const TRAITS_BODIES: Record<string, string> = {
  createIdentity: 'NewIdentity',
  updateIdentity: 'ReplacedIdentity',
  batchPatchIdentities: 'IdentityBatch',
};

export function adminCalls(): Call[] {
  return ROUTE_LIST.flatMap(({ name, method, template, row }) => {
    if (row.scope === undefined || row.undocumented !== undefined || isOfFiles(row)) return [];
    const isList = method === 'GET' && 'page_token' in (row.parameters ?? {});
    return [{ name, method, template, row, isList }];
  });
}

/** Sends or returns a file, which is streamed: not a call with JSON. */
function isOfFiles({ answers, examples = {} }: Operation): boolean {
  return (
    Object.values(answers).some(({ file }) => file !== undefined) ||
    Object.values(examples).some(({ value }) => typeof value === 'string')
  );
}

/** The namespace `Api`: the types of responses and bodies. `Identity` is defined outside, with the project's traits. */
export async function apiTypes(calls: readonly Call[]): Promise<string> {
  const registry = new SchemaRegistry(false);
  const operations = Object.fromEntries(calls.map((call) => [call.row.id, objectOf(partsOf(registry, call))] as const));
  const { Identity: identity = {}, ...components } = registry.components;
  const schema = {
    ...objectOf(operations),
    $defs: { ...components, IdentityFields: withoutTraits(identity), Identity: { tsType: 'Identity' } },
  };
  const text = JSON.stringify(schema)
    .replaceAll('{"$ref":"#/components/schemas/Identity"}', '{"tsType":"Identity"}')
    .replaceAll('#/components/schemas/', '#/$defs/');
  // A definition is written only where something refers to it.
  const whole = JSON.parse(text);
  whole.properties.identityFields = { $ref: '#/$defs/IdentityFields' };
  delete whole.$defs.Identity;
  return `export namespace Api {\n${await compileTypes(whole, 'Operations')}\n}`;
}

function partsOf(registry: SchemaRegistry, { name, row }: Call): JsonObject {
  const body = BODIES[name as ScopedRoute];
  const dryRun = previewOf(row);
  return {
    result: resultOf(registry, row),
    ...(body && {
      body: TRAITS_BODIES[row.id] ? withoutTraits(registry.add(body, 'input')) : registry.add(body, 'input'),
    }),
    ...(dryRun && { dryRun: registry.add(dryRun, 'output') }),
  };
}

function resultOf(registry: SchemaRegistry, { answers }: Operation): JsonObject {
  const answered = Object.entries(answers).filter(([status, { body }]) => status.startsWith('2') && body);
  const success = answered.at(-1)?.[1]; // beside 201 or 202, 200 answers a dry run
  return success?.body ? registry.add(success.body, 'output') : { tsType: 'void' };
}

function previewOf({ dryRun }: RouteRow) {
  if (!dryRun || 'refused' in dryRun) return undefined;
  if ('body' in dryRun) return dryRun.body;
  return Object.keys(dryRun.members).length === 0 ? previewResponse : previewResponse.extend(dryRun.members);
}

function objectOf(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function withoutTraits(schema: JsonObject): JsonObject {
  const { schema_id: _, traits: __, ...properties } = (schema.properties ?? {}) as JsonObject;
  const required = (Array.isArray(schema.required) ? schema.required : []).filter((name) => String(name) in properties);
  return { ...schema, properties, required };
}

/** The methods of the class. */
export function methodsText(calls: readonly Call[]): string {
  return calls.flatMap((call) => (call.isList ? [methodOf(call), iterationOf(call)] : [methodOf(call)])).join('\n');
}

type Parameter = { name: string; text: string };

/** Reads take their query as a parameter, writes in their options: most have none, and one that comes later moves nothing. */
function methodOf(call: Call): string {
  const { row, method, template } = call;
  const { id, summary } = row;
  const isRead = method === 'GET';
  const parameters = parametersOf(call).filter(({ name }) => isRead || name !== 'query');
  const list = (last: string) => [...parameters.map(({ text }) => text), last].join(', ');
  const members = queryMembers(call);
  const options = isRead ? 'ReadOptions' : `WriteOptions${members === '' ? '' : ` & { query?: { ${members} } }`}`;
  const names = parameters.map(({ name }) => name);
  const sent = [
    `method: '${method}'`,
    `path: ${pathText(template)}`,
    ...['query', 'body'].filter((name) => names.includes(name)),
    ...(!isRead && members !== '' ? ['query: options?.query'] : []),
    'options',
  ].join(', ');
  const result = `Api.Operations['${id}']['result']`;
  const preview = `Api.Operations['${id}']['dryRun']`;
  const body = [`    return this.#connection.send({ ${sent} });`, '  }'];
  const comment = `  /** ${summary}. Scope: ${row.scope}. */`;
  if (!previewOf(row))
    return [
      comment,
      `  ${id}(${list(`options?: ${isRead ? options : `${options} & { dryRun?: false }`}`)}): Promise<${result}> {`,
      ...body,
    ].join('\n');
  return [
    comment,
    `  ${id}(${list(`options: ${options} & { dryRun: true }`)}): Promise<${preview}>;`,
    `  ${id}(${list(`options?: ${options} & { dryRun?: false }`)}): Promise<${result}>;`,
    `  ${id}(${list(`options?: ${options}`)}): Promise<${result} | ${preview}> {`,
    ...body,
  ].join('\n');
}

/** All items, page by page, as they are asked for. */
function iterationOf(call: Call): string {
  const { id, summary } = call.row;
  const parameters = [...parametersOf(call).map(({ text }) => text), 'options?: ReadOptions'].join(', ');
  return [
    `  /** ${summary}: all items, page by page. */`,
    `  ${id}All(${parameters}): AsyncGenerator<Api.Operations['${id}']['result'][number], void, undefined> {`,
    `    return this.#connection.each({ method: 'GET', path: ${pathText(call.template)}, query, options });`,
    '  }',
  ].join('\n');
}

function parametersOf(call: Call): Parameter[] {
  const { name, method, row } = call;
  const hasBody = method !== 'GET' && (name in BODIES || row.examples !== undefined);
  const members = queryMembers(call);
  return [
    ...inPath(call).map((of) => ({ name: of, text: `${of}: string` })),
    ...(hasBody ? [{ name: 'body', text: `body: ${bodyType(name, row)}` }] : []),
    ...(members === '' ? [] : [{ name: 'query', text: `query?: { ${members} }` }]),
  ];
}

function inPath({ template }: Call): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, of = '']) => of);
}

function queryMembers(call: Call): string {
  const names = Object.keys(call.row.parameters ?? {}).filter((of) => !inPath(call).includes(of));
  return names.map((of) => `${JSON.stringify(of)}?: Query[string]`).join('; ');
}

function bodyType(name: string, { id }: Operation): string {
  return TRAITS_BODIES[id] ?? (name in BODIES ? `Api.Operations['${id}']['body']` : 'unknown');
}

function pathText(template: string): string {
  return `\`${template.replace(/\{(\w+)\}/g, (_, name) => `\${encodeURIComponent(${name})}`)}\``;
}
