import type { z } from 'zod';
import { type JsonObject, MAX_JSON_BYTES } from '@/lib/platform/json';
import { VERSION } from '@/lib/platform/version';
import type { Scope } from '@/lib/token/model';
import type { Declaration } from '../handle';
import { POLICY } from '../policy';
import {
  type Answer,
  type Operation,
  type Operations,
  type RefusalStatus,
  type RequestHeader,
  type Routes,
  TAGS,
  type TagName,
} from '../routes/route';
import { errorEnvelope, oauthError, REFUSALS, refusalExample } from './errors';
import { REQUEST_HEADERS, RESPONSE_HEADERS } from './headers';
import { membersOf, SchemaBook } from './schema';

/** The OpenAPI 3.1 document of the public API, as far as our own code looks into it. */
export type OpenApiDocument = {
  openapi: string;
  info: JsonObject & { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: TagName; description: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, JsonObject>; securitySchemes: JsonObject };
};
export type OperationObject = {
  operationId: string;
  tags: [TagName];
  summary: string;
  description?: string;
  parameters: ParameterObject[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, ResponseObject>;
  security: Record<string, string[]>[];
};
export type ParameterObject = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonObject;
  style?: 'form';
  explode?: boolean;
  example?: unknown;
};
type HeaderObject = { required: boolean; description: string; schema: JsonObject; example: unknown };
export type ResponseObject = { description: string; headers: Record<string, HeaderObject>; content?: Content };
export type Content = Record<string, { schema: JsonObject; example?: unknown; examples?: Record<string, unknown> }>;

type Kind = 'admin' | 'oauth' | 'public' | 'front';

const SCOPE_WORDS: Record<Scope, string> = {
  openid: 'All scopes of the API credential. No ID token is issued.',
  'identities:read': 'Read identities.',
  'identities:write': 'Create, update and delete identities.',
  'credentials:read': 'Read passkeys.',
  'credentials:write': 'Rename and delete passkeys.',
  'sessions:read': 'Read sessions.',
  'sessions:write': 'Revoke sessions.',
  'recovery:write': 'Create recovery links and codes.',
  'schemas:write': 'Create and update identity schemas.',
  'audit:read': 'Read audit events.',
};

/** `isStrict` is for tests: then an answer may have no member that is not described. */
export function buildDocument(
  operations: Operations,
  routes: Routes,
  origin: string,
  { isStrict = false } = {},
): OpenApiDocument {
  const book = new SchemaBook(isStrict);
  const paths: OpenApiDocument['paths'] = {};
  for (const [name, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = name.split(' ');
    const described = new Describer(book, name, operation, routes[path]?.[method]?.declared).describe();
    paths[path] = { ...paths[path], [method.toLowerCase()]: described };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Signet API',
      version: VERSION,
      description: 'Manage identities, their passkeys and sessions, identity schemas and audit events.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
    tags: Object.entries(TAGS)
      .filter(([name]) => Object.values(operations).some(({ tag }) => tag === name))
      .map(([name, description]) => ({ name: name as TagName, description })),
    paths,
    components: { schemas: book.components, securitySchemes: securitySchemes(origin) },
  };
}

function securitySchemes(origin: string): JsonObject {
  return {
    accessToken: {
      type: 'oauth2',
      description: 'An access token of an API credential, sent as a bearer token (RFC 6750).',
      flows: { clientCredentials: { tokenUrl: `${origin}/oauth2/token`, scopes: SCOPE_WORDS } },
    },
    client: { type: 'http', scheme: 'basic', description: 'Client ID and client secret of an API credential.' },
  };
}

/** One call: what its declaration, the policy and its note say, in the words of OpenAPI. */
class Describer {
  private readonly kind: Kind;
  private readonly path: string;

  constructor(
    private readonly book: SchemaBook,
    private readonly name: string,
    private readonly operation: Operation,
    private readonly declared: DeclaredRequest | undefined,
  ) {
    this.path = name.split(' ')[1] ?? '';
    this.kind = kindOf(this.path);
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
    if (this.kind === 'oauth') return [{ client: [] }, {}];
    const scope = (POLICY as Record<string, Scope>)[this.name];
    return scope === undefined ? [] : [{ accessToken: [scope] }];
  }

  private pathParameters(): ParameterObject[] {
    return [...this.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      ...this.noteOf(name),
      schema: { type: 'string', ...this.operation.parameters?.[name]?.schema } as JsonObject,
    }));
  }

  private queryParameters(): ParameterObject[] {
    if (!this.declared?.query) return [];
    // What may never be sent is no parameter.
    const members = membersOf(this.book.add(this.declared.query, 'input')).filter(({ schema }) => 'type' in schema);
    return members.map(({ name, schema, isRequired }) => {
      // Every parameter arrives as a list; what may stand once is no list to who sends it.
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

  /** What `handleOnce` serves. */
  private isKeyed(): boolean {
    return this.kind === 'admin' && this.name.startsWith('POST ');
  }

  private requestBody(): OperationObject['requestBody'] {
    const { form, examples = {}, id } = this.operation;
    const body = form ?? this.declared?.body;
    if (!body) return undefined;
    const component = `${id}Body`;
    this.book.components[component] = this.book.add(body, 'input');
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
  }: Answer): ResponseObject {
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
          [mediaType]: { schema: this.book.add(body, 'output'), ...(example !== undefined && { example }) },
        },
      }),
    };
  }

  private refusals(): RefusalStatus[] {
    const { refusals = {}, requestHeaders = [], form } = this.operation;
    const { body, query } = this.declared ?? {};
    const hasBody = body !== undefined || form !== undefined;
    const inPath = this.path.includes('{');
    const byNature: [RefusalStatus, boolean][] = [
      [400, hasBody || query !== undefined || inPath],
      [401, this.kind === 'admin' || this.kind === 'oauth'],
      [403, this.kind === 'admin'],
      [404, inPath],
      [412, requestHeaders.includes('If-Match')],
      [409, this.isKeyed()],
      [422, this.isKeyed()],
      [413, hasBody],
      [415, hasBody && this.kind === 'admin'],
      [421, this.kind !== 'front'],
      [429, this.kind === 'oauth'],
      [500, this.kind !== 'front'],
      [503, this.kind !== 'front'],
    ];
    const own = Object.keys(refusals).map(Number) as RefusalStatus[];
    return [...new Set([...byNature.filter(([, comes]) => comes).map(([status]) => status), ...own])];
  }

  private toRefusal(status: RefusalStatus): ResponseObject {
    const isOAuth = this.kind === 'oauth' && status !== 421;
    const { description, headers = [] } = REFUSALS[status];
    const patches = status === 415 && this.name.startsWith('PATCH ') ? ['Accept-Patch?' as const] : [];
    // A refusal for good is kept as well.
    const replays = this.isKeyed() && status < 500 ? ['Idempotency-Replayed?' as const] : [];
    // A token that lacks the scope is challenged; an operator that no token may touch is not.
    const challenged = status === 403 ? ['WWW-Authenticate?' as const] : [];
    return this.toResponse({
      description: this.operation.refusals?.[status] ?? this.sizeNote(status) ?? description,
      body: isOAuth ? oauthError : errorEnvelope,
      headers: [...headers, ...patches, ...replays, ...challenged, ...(isOAuth ? ['Pragma?' as const] : [])],
      example: refusalExample(status, isOAuth ? 'oauth' : 'admin'),
    });
  }

  private sizeNote(status: RefusalStatus): string | undefined {
    if (status !== 413 || this.kind !== 'admin') return undefined;
    return `The body exceeds ${this.declared?.maxBodyBytes ?? MAX_JSON_BYTES} bytes.`;
  }
}

type DeclaredRequest = Declaration<z.ZodType, z.ZodType>;

function kindOf(path: string): Kind {
  if (path.startsWith('/admin/')) return 'admin';
  if (path.startsWith('/oauth2/')) return 'oauth';
  return path.startsWith('/health/') ? 'front' : 'public';
}

function headerObject(name: keyof typeof RESPONSE_HEADERS, required: boolean): HeaderObject {
  const { description, schema, example } = RESPONSE_HEADERS[name];
  return { required, description, schema: schema as JsonObject, example };
}
