import type { z } from 'zod';
import { type JsonObject, MAX_JSON_BYTES } from '@/lib/platform/json';
import type { Declaration } from '../handle';
import type { Access, DocumentedResponse, Operation, RefusalStatus, RequestHeader } from '../routes/route';
import { errorEnvelope, oauthError, REFUSALS, refusalExample } from './errors';
import { REQUEST_HEADERS, RESPONSE_HEADERS } from './headers';
import type { HeaderObject, OperationObject, ParameterObject, ResponseObject } from './model';
import { membersOf, type SchemaRegistry } from './schema';

type DocumentedRoute = {
  method: string;
  template: string;
  row: Access & Operation;
  /** The schemas that its handler parses requests with. */
  declared: Declaration<z.ZodType, z.ZodType> | undefined;
};

/**
 * Describes a route from its row in the table and the schemas its handler parses with. Adds those schemas to the
 * registry.
 */
export function describeRoute(registry: SchemaRegistry, route: DocumentedRoute): OperationObject {
  return new OperationBuilder(registry, route).describe();
}

class OperationBuilder {
  private readonly method: string;
  private readonly template: string;
  private readonly operation: Access & Operation;
  private readonly declared: DocumentedRoute['declared'];

  constructor(
    private readonly registry: SchemaRegistry,
    { method, template, row, declared }: DocumentedRoute,
  ) {
    this.method = method;
    this.template = template;
    this.operation = row;
    this.declared = declared;
  }

  describe(): OperationObject {
    const { id, tag, summary, description } = this.operation;
    const requestBody = this.requestBody();
    return {
      operationId: id,
      tags: [tag],
      summary,
      ...(description !== undefined && { description }),
      parameters: [...this.pathParameters(), ...this.queryParameters(), ...this.headerParameters()],
      ...(requestBody && { requestBody }),
      responses: this.responses(),
      security: this.security(),
    };
  }

  private security(): OperationObject['security'] {
    const { scope, access } = this.operation;
    if (access === 'client') return [{ client: [] }, {}];
    return scope === undefined ? [] : [{ accessToken: [scope] }];
  }

  private pathParameters(): ParameterObject[] {
    return [...this.template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      ...this.noteOf(name),
      schema: { type: 'string', ...this.operation.parameters?.[name]?.schema } as JsonObject,
    }));
  }

  private queryParameters(): ParameterObject[] {
    if (!this.declared?.query) return [];
    // A value that may never be sent is not a parameter.
    const members = membersOf(this.registry.add(this.declared.query, 'input')).filter(({ schema }) => 'type' in schema);
    return members.map(({ name, schema, isRequired }) => {
      // Every parameter is parsed as a list; one that is allowed once is documented as a single value.
      const isSingle = schema.type === 'array' && schema.maxItems === 1;
      return {
        name,
        in: 'query',
        required: isRequired,
        ...this.noteOf(name),
        schema: isSingle ? (schema.items as JsonObject) : schema,
        ...(!isSingle && { style: 'form' as const, explode: true }),
      };
    });
  }

  private noteOf(name: string): { description: string; example?: unknown } {
    const { description = '', example } = this.operation.parameters?.[name] ?? {};
    return { description, ...(example !== undefined && { example }) };
  }

  private headerParameters(): ParameterObject[] {
    return this.requestHeaders().map((name) => {
      const { description, schema, example } = REQUEST_HEADERS[name];
      return { name, in: 'header', required: false, description, schema: schema as JsonObject, example };
    });
  }

  private requestHeaders(): RequestHeader[] {
    const { requestHeaders = [] } = this.operation;
    return this.isKeyed() ? [...requestHeaders, 'Idempotency-Key'] : requestHeaders;
  }

  /** Served by `handleIdempotent`. */
  private isKeyed(): boolean {
    return this.operation.scope !== undefined && this.method === 'POST';
  }

  private requestBody(): OperationObject['requestBody'] {
    const { form, examples = {}, id } = this.operation;
    const body = form ?? this.declared?.body;
    if (!body) return undefined;
    const component = `${id}Body`;
    this.registry.components[component] = this.registry.add(body, 'input');
    const mediaTypes = form
      ? ['application/x-www-form-urlencoded']
      : (this.declared?.mediaTypes ?? ['application/json']);
    const schema = { $ref: `#/components/schemas/${component}` };
    return {
      required: true,
      content: Object.fromEntries(
        mediaTypes.map((type) => [type, { schema, ...(Object.keys(examples).length > 0 && { examples }) }]),
      ),
    };
  }

  private responses(): OperationObject['responses'] {
    const replayed = this.isKeyed() ? ['Idempotency-Replayed?' as const] : [];
    const answers = Object.entries(this.operation.answers).map(([status, { headers = [], ...answer }]) => [
      status,
      this.toResponse({ ...answer, headers: [...headers, ...replayed] }),
    ]);
    const own = this.operation.answers;
    const refusals = this.refusals()
      .filter((status) => !(status in own))
      .map((status) => [String(status), this.toRefusal(status)]);
    return Object.fromEntries([...answers, ...refusals].sort(([a], [b]) => Number(a) - Number(b)));
  }

  private toResponse({
    description,
    body,
    mediaType = 'application/json',
    headers = [],
    example,
  }: DocumentedResponse): ResponseObject {
    const named = headers.map((header) => ({
      name: header.replace('?', '') as keyof typeof RESPONSE_HEADERS,
      required: !header.endsWith('?'),
    }));
    const always = { name: 'X-Request-Id' as const, required: true };
    return {
      description,
      headers: Object.fromEntries([...named, always].map(({ name, required }) => [name, headerObject(name, required)])),
      ...(body && {
        content: {
          [mediaType]: { schema: this.registry.add(body, 'output'), ...(example !== undefined && { example }) },
        },
      }),
    };
  }

  private refusals(): RefusalStatus[] {
    const { scope, access, refusals = {}, requestHeaders = [], form } = this.operation;
    const isScoped = scope !== undefined;
    const isClient = access === 'client';
    const isServed = access !== 'operations';
    const { body, query } = this.declared ?? {};
    const hasBody = body !== undefined || form !== undefined;
    const inPath = this.template.includes('{');
    const implied: [RefusalStatus, boolean][] = [
      [400, hasBody || query !== undefined || inPath],
      [401, isScoped || isClient],
      [403, isScoped],
      [404, inPath],
      [412, requestHeaders.includes('If-Match')],
      [409, this.isKeyed()],
      [422, this.isKeyed()],
      [413, hasBody],
      [415, hasBody && isScoped],
      [421, isServed],
      [429, isClient],
      [500, isServed],
      [503, isServed],
    ];
    const own = Object.keys(refusals).map(Number) as RefusalStatus[];
    return [...new Set([...implied.filter(([, isImplied]) => isImplied).map(([status]) => status), ...own])];
  }

  private toRefusal(status: RefusalStatus): ResponseObject {
    const isOAuth = this.operation.access === 'client' && status !== 421;
    const { description, headers = [] } = REFUSALS[status];
    const patches = status === 415 && this.method === 'PATCH' ? ['Accept-Patch?' as const] : [];
    // Permanent refusals are replayed as well.
    const replays = this.isKeyed() && status < 500 ? ['Idempotency-Replayed?' as const] : [];
    // Only a missing scope is challenged, not an operator that tokens cannot change.
    const challenged = status === 403 ? ['WWW-Authenticate?' as const] : [];
    return this.toResponse({
      description: this.operation.refusals?.[status] ?? this.sizeNote(status) ?? description,
      body: isOAuth ? oauthError : errorEnvelope,
      headers: [...headers, ...patches, ...replays, ...challenged, ...(isOAuth ? ['Pragma?' as const] : [])],
      example: refusalExample(status, isOAuth ? 'oauth' : 'admin'),
    });
  }

  private sizeNote(status: RefusalStatus): string | undefined {
    if (status !== 413 || this.operation.scope === undefined) return undefined;
    return `The body exceeds ${this.declared?.maxBodyBytes ?? MAX_JSON_BYTES} bytes.`;
  }
}

function headerObject(name: keyof typeof RESPONSE_HEADERS, required: boolean): HeaderObject {
  const { description, schema, example } = RESPONSE_HEADERS[name];
  return { required, description, schema: schema as JsonObject, example };
}
