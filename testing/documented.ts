import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { buildDocument } from '@/lib/api/openapi/document';
import type { Content, OpenApiDocument, OperationObject, ResponseObject } from '@/lib/api/openapi/model';
import { publicPath } from '@/lib/api/routes';
import { isForPrograms } from '@/lib/server/front/names';

/**
 * Checks responses against the OpenAPI document: status, headers, content type and every member of the body must be
 * described, and no other member may occur.
 */
const validators = new WeakMap<OpenApiDocument, (content: Content, mediaType: string) => ValidateFunction>();

/**
 * Fails when the OpenAPI document does not describe the response. `path` is the public one, with the names in braces.
 */
export async function expectDocumented(path: string, method: string, response: Response): Promise<void> {
  const name = publicPath(path);
  if (!isForPrograms(name)) return;
  const faults = await answerFaults(await strictDocument(), name, method, response);
  if (faults.length > 0) throw new Error(`${method} ${name} answers what is not documented:\n${faults.join('\n')}`);
}

let strict: Promise<OpenApiDocument> | undefined;

/** Created on the first call: it loads every route. */
function strictDocument(): Promise<OpenApiDocument> {
  strict ??= (async () => {
    const { MOUNTED_ROUTES } = await import('@/app/api/routes');
    return buildDocument(MOUNTED_ROUTES, 'https://id.example.com', { isStrict: true });
  })();
  return strict;
}

/** Headers specific to a response; all others occur on every response. */
const SPECIFIC = /^(etag|link|location|x-total-count|retry-after|www-authenticate|allow|accept-.*|idempoten.*|pragma)$/;

async function answerFaults(document: OpenApiDocument, path: string, method: string, response: Response) {
  const call = document.paths[path]?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
  if (!call) {
    const isRefused = response.status === 405 && response.headers.has('allow');
    return isRefused ? [] : [`there is no such call, but the status ${response.status}`];
  }
  const described = call.responses[response.status];
  if (!described) return [`the status ${response.status}`];
  const dryRun = await dryRunOf(call, response);
  const expected = dryRun ?? described;
  return [...headerFaults(expected, response), ...(await bodyFaults(document, expected, method, response))];
}

/** The description of a response to `dry_run=true`, if it is one: another body than that of the real call. */
async function dryRunOf(call: OperationObject, response: Response): Promise<ResponseObject | null> {
  const dryRun = call['x-dry-run'];
  if (!dryRun || response.status !== 200) return null;
  const text = await response.clone().text();
  if (!text.startsWith('{"dry_run":true')) return null;
  return { description: '', headers: {}, content: { 'application/json': { schema: dryRun.schema } } };
}

function headerFaults(described: ResponseObject, { headers }: Response): string[] {
  const names = Object.keys(described.headers).map((name) => name.toLowerCase());
  const required = Object.entries(described.headers).filter(([, { required }]) => required);
  return [
    ...required.filter(([name]) => !headers.has(name)).map(([name]) => `the header ${name} is missing`),
    ...[...headers.keys()]
      .filter((name) => SPECIFIC.test(name) && !names.includes(name))
      .map((name) => `the header ${name}`),
  ];
}

async function bodyFaults(document: OpenApiDocument, { content }: ResponseObject, method: string, response: Response) {
  const text = await response.clone().text();
  if (!content || method === 'HEAD') return text === '' ? [] : ['a body'];
  const mediaType = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  if (!(mediaType in content)) return [`the content type "${mediaType}"`];
  return faultsOf(document, content, mediaType, mediaType === 'application/json' ? JSON.parse(text) : text);
}

/** Faults in the examples of an operation: sentences, or none. */
export function exampleFaults(document: OpenApiDocument, call: OperationObject): string[] {
  const contents: [string, Content | undefined][] = [
    ['request', call.requestBody?.content],
    ...Object.entries(call.responses).map(([status, { content }]): [string, Content | undefined] => [status, content]),
  ];
  const inBodies = contents.flatMap(([where, content]) =>
    Object.entries(content ?? {}).flatMap(([mediaType, { example, examples }]) => {
      const values = Object.values(examples ?? {}).map((each) => (each as { value: unknown }).value);
      const all = example === undefined ? values : [example, ...values];
      return all.flatMap((value) => faultsOf(document, content ?? {}, mediaType, value).map((f) => `${where}: ${f}`));
    }),
  );
  const given = call.parameters.filter(({ example }) => example !== undefined);
  const inParameters = given.flatMap(({ name, schema, example }) =>
    faultsOf(document, { parameter: { schema } }, 'parameter', example).map((fault) => `${name}: ${fault}`),
  );
  return [...inBodies, ...inParameters];
}

function faultsOf(document: OpenApiDocument, content: Content, mediaType: string, value: unknown): string[] {
  const validate = validatorOf(document)(content, mediaType);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function validatorOf(document: OpenApiDocument) {
  const known = validators.get(document);
  if (known) return known;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'urn:signet:document', components: document.components });
  const compiled = new Map<object, ValidateFunction>();
  const made = (content: Content, mediaType: string) => {
    const schema = content[mediaType]?.schema ?? {};
    const validate =
      compiled.get(schema) ??
      ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"urn:signet:document#/components/')));
    compiled.set(schema, validate);
    return validate;
  };
  validators.set(document, made);
  return made;
}
