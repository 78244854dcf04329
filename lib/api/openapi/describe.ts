import type { z } from 'zod';
import { type JsonObject, MAX_JSON_BYTES } from '@/lib/platform/json';
import { previewResponse } from '@/lib/preview/contract';
import { DRY_RUN_PARAMETER } from '../dry-run';
import type { Declaration } from '../handle';
import type { Access, DocumentedResponse, DryRun, Operation, RefusalStatus, RequestHeader } from '../routes/route';
import { errorEnvelope, oauthError, REFUSALS, refusalExample } from './errors';
import { REQUEST_HEADERS, RESPONSE_HEADERS } from './headers';
import type { HeaderObject, OperationObject, ParameterObject, ResponseObject } from './model';
import { membersOf, type SchemaRegistry } from './schema';

type Row = Access & Operation & { dryRun?: DryRun };
type DocumentedRoute = {
  method: string;
  template: string;
  row: Row;
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

const PREVIEW = {
  dry_run: true,
  changes: [{ type: 'identity.deleted', identity_id: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77', changes: [] }],
  ends: { sessions: 2, passkeys: 1, recovery_codes: 0, codes: 1, links: 0, ceremonies: 0, addresses: 1 },
};
/** Bytes (OpenAPI 3.1 §4.8.14.3). */
const FILE = { type: 'string', format: 'binary' };

class OperationBuilder {
  private readonly method: string;
  private readonly template: string;
  private readonly operation: Row;
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
    const dryRunBody = this.dryRunBody();
    return {
      operationId: id,
      tags: [tag],
      summary,
      ...(description !== undefined && { description }),
      parameters: [
        ...this.pathParameters(),
        ...this.queryParameters(),
        ...this.dryRunParameter(),
        ...this.headerParameters(),
      ],
      ...(requestBody && { requestBody }),
      responses: this.responses(),
      security: this.security(),
      ...(dryRunBody && { 'x-dry-run': { schema: this.registry.add(dryRunBody, 'output') } }),
    };
  }

  private security(): OperationObject['security'] {
    const { scope, access } = this.operation;
    if (access === 'client') return [{ client: [] }, {}];
    if (access === 'token') return [{ personToken: [] }];
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

  private dryRunParameter(): ParameterObject[] {
    if (!this.dryRunBody()) return [];
    const description =
      '`true`: return what the call would do as a `Preview` with status 200, after the same checks and refusals, and change nothing. `Idempotency-Key` is ignored.';
    return [
      {
        name: DRY_RUN_PARAMETER,
        in: 'query',
        required: false,
        description,
        schema: { type: 'boolean' },
        example: true,
      },
    ];
  }

  private dryRunBody(): z.ZodType | undefined {
    const { dryRun } = this.operation;
    if (!dryRun || 'refused' in dryRun) return undefined;
    if ('body' in dryRun) return dryRun.body;
    return Object.keys(dryRun.members).length === 0 ? previewResponse : previewResponse.extend(dryRun.members);
  }

  /** A dry run is a 200. Where that is also the real status, its schema stays as it is, and `x-dry-run` has the other. */
  private answers(): Record<string, DocumentedResponse> {
    const { answers } = this.operation;
    const body = this.dryRunBody();
    if (!body || 200 in answers) return answers;
    const { dryRun } = this.operation;
    const example = dryRun && 'example' in dryRun ? dryRun.example : PREVIEW;
    return { ...answers, 200: { description: 'With `dry_run=true`: what the call would do.', body, example } };
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
    const { upload } = this.declared ?? {};
    const file = { schema: FILE, ...(Object.keys(examples).length > 0 && { examples }) };
    if (upload) return { required: true, content: Object.fromEntries(upload.map((type) => [type, file])) };
    if (!body) return undefined;
    const component = `${id}Body`;
    this.registry.components[component] = this.registry.add(body, 'input');
    const mediaTypes = form
      ? ['application/x-www-form-urlencoded']
      : (this.declared?.mediaTypes ?? ['application/json']);
    const schema = { $ref: `#/components/schemas/${component}` };
    return {
      required: this.declared?.mayBeEmpty !== true,
      content: Object.fromEntries(
        mediaTypes.map((type) => [type, { schema, ...(Object.keys(examples).length > 0 && { examples }) }]),
      ),
    };
  }

  private responses(): OperationObject['responses'] {
    const replayed = this.isKeyed() ? ['Idempotency-Replayed?' as const] : [];
    const answers = Object.entries(this.answers()).map(([status, { headers = [], ...answer }]) => [
      status,
      this.toResponse({ ...answer, headers: [...headers, ...replayed] }),
    ]);
    const own = this.answers();
    const refusals = this.refusals()
      .filter((status) => !(status in own))
      .map((status) => [String(status), this.toRefusal(status)]);
    return Object.fromEntries([...answers, ...refusals].sort(([a], [b]) => Number(a) - Number(b)));
  }

  private toResponse({
    description,
    body,
    mediaTypes = ['application/json'],
    file,
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
      ...(file && { content: Object.fromEntries(file.map((type) => [type, { schema: FILE }])) }),
      ...(body && {
        content: Object.fromEntries(
          mediaTypes.map((type) => [
            type,
            { schema: this.registry.add(body, 'output'), ...(example !== undefined && { example }) },
          ]),
        ),
      }),
    };
  }

  private refusals(): RefusalStatus[] {
    const { scope, access, refusals = {}, requestHeaders = [], form } = this.operation;
    const isScoped = scope !== undefined;
    const isClient = access === 'client';
    const isServed = access !== 'operations';
    const { body, query, upload } = this.declared ?? {};
    const hasBody = body !== undefined || form !== undefined || upload !== undefined;
    const inPath = this.template.includes('{');
    const implied: [RefusalStatus, boolean][] = [
      [400, hasBody || query !== undefined || inPath || this.dryRunBody() !== undefined],
      [401, isScoped || isClient || access === 'token'],
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
    const isOAuth = ['client', 'token'].includes(this.operation.access ?? '') && status !== 421;
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
