import type { JsonObject } from '@/lib/platform/json';
import { VERSION } from '@/lib/platform/version';
import type { Scope } from '@/lib/token/model';
import type { MountedRoute } from '../mount';
import { ROUTE_LIST } from '../routes';
import { TAGS, type TagName } from '../routes/route';
import { describeRoute } from './describe';
import type { OpenApiDocument } from './model';
import { SchemaRegistry } from './schema';

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
  'jobs:read': 'Read jobs.',
  'jobs:write': 'Start, stop and undo jobs.',
  'audit:read': 'Read audit events.',
  'applications:read': 'Read applications.',
  'applications:write': 'Create, update and delete applications. Not part of the default scopes.',
  'groups:read': 'Read groups and their members.',
  'groups:write': 'Create, update and delete groups, and change their members. Not part of the default scopes.',
  'webhooks:read': 'Read webhooks and what they sent, with the data of identities.',
  'webhooks:write': 'Manage webhooks, which receive every event of the project. Not part of the default scopes.',
};

/**
 * The document of the table of routes; requests are described by the schemas that the handlers of `mounted` parse with.
 * `isStrict` is for tests: responses may then not have unknown members.
 */
export function buildDocument(
  mounted: readonly MountedRoute[],
  origin: string,
  { isStrict = false } = {},
): OpenApiDocument {
  const book = new SchemaRegistry(isStrict);
  const paths: OpenApiDocument['paths'] = {};
  for (const { method, template, row } of ROUTE_LIST) {
    if (row.undocumented !== undefined) continue;
    const handler = mounted.find((route) => route.method === method && route.template === template)?.handler;
    const described = describeRoute(book, { method, template, row, declared: handler?.declared });
    paths[template] = { ...paths[template], [method.toLowerCase()]: described };
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
    tags: Object.entries(TAGS).map(([name, description]) => ({ name: name as TagName, description })),
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
    personToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'An access token that an application obtained for a person.',
    },
    client: { type: 'http', scheme: 'basic', description: 'Client ID and client secret of an API credential.' },
  };
}
