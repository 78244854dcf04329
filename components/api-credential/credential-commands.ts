import { type AuthMethod, exampleScope, type GrantableScope } from '@/lib/api-credential/model';
import { ACCEPT_JSON, BEARER, curl, data, expanded, header, json, quoted, SEND_JSON } from '@/lib/platform/curl';

/** What a client needs to get a token, besides the secret. */
export type TokenRequest = {
  clientId: string;
  authMethod: AuthMethod;
  scopes: readonly GrantableScope[];
  tokenEndpoint: string;
  audience: string;
};

/** Shown once, at creation, and stored nowhere in clear. */
export type ShownSecret = TokenRequest & { clientSecret: string };

/** The shell variables the commands read. */
const SECRET = '$CLIENT_SECRET';
const IDENTITY = '$IDENTITY_ID';

/** Prompts for the secret: the input is neither echoed nor kept in the shell's history. */
export const READ_SECRET_COMMAND = 'read -rs CLIENT_SECRET';

/**
 * The shell command that gets an access token. A secret is double-quoted as is: it has unreserved characters only, so
 * neither the shell nor form encoding changes it.
 */
export function tokenCommand(request: TokenRequest, clientSecret = SECRET): string {
  const { clientId, scopes, tokenEndpoint, audience, authMethod } = request;
  const isBasic = authMethod === 'client_secret_basic';
  const options = [
    ACCEPT_JSON,
    header('Content-Type', 'application/x-www-form-urlencoded'),
    // RFC 7617 §2: base64 of `id:secret`. Some tools break long lines, some know no `-w0`.
    ...(isBasic
      ? [`-H "Authorization: Basic $(\n    printf '%s' "${clientId}:${clientSecret}" | base64 | tr -d '\\n'\n  )"`]
      : [data(`client_id=${clientId}`), `-d ${expanded(`client_secret=${clientSecret}`)}`]),
    data('grant_type=client_credentials'),
    // In a form body `+` is a space (WHATWG URL §5.1).
    data(`scope=${exampleScope(scopes).replaceAll(' ', '+')}`),
    data(`audience=${audience}`),
  ];
  return curl({ method: 'POST', url: quoted(tokenEndpoint), options });
}

/** The same, storing the token where the commands below expect it. */
export function keepTokenCommand(request: TokenRequest): string {
  const get = tokenCommand(request).replace('curl ', 'curl -sS ');
  const read = String.raw`sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p'`;
  return `export ACCESS_TOKEN="$(\n${get} \\\n  | ${read}\n)"`;
}

export const IDENTITY_CALLS = ['get', 'list', 'create', 'update', 'delete'] as const;
export type IdentityCall = (typeof IDENTITY_CALLS)[number];

/** The common operations of the admin API, each as a command that reads token and identity from the shell. */
export function identityCommand(origin: string, call: IdentityCall): string {
  const all = `${origin}/admin/identities`;
  const one = expanded(`${all}/${IDENTITY}`);
  const read = [ACCEPT_JSON, BEARER];
  const write = (body: object) => [ACCEPT_JSON, SEND_JSON, BEARER, json(body)];
  switch (call) {
    case 'get':
      return curl({ method: 'GET', url: one, options: read });
    case 'list':
      return curl({ method: 'GET', url: quoted(`${all}?per_page=100&page=0`), options: read });
    case 'create':
      return curl({ method: 'POST', url: quoted(all), options: write(NEW_IDENTITY) });
    case 'update':
      return curl({ method: 'PUT', url: one, options: write(CHANGED_IDENTITY) });
    case 'delete':
      return curl({ method: 'DELETE', url: one, options: read });
  }
}

const EMAIL = 'john.doe@example.com';
const NEW_IDENTITY = { schema_id: 'default', traits: { email: EMAIL, name: { first: 'John', last: 'Doe' } } };
const CHANGED_IDENTITY = {
  schema_id: 'default',
  state: 'active', // a PUT replaces the whole identity: trying the example must not lock anyone out
  traits: { email: EMAIL, name: { first: 'John', last: 'Doe', 'academic-degree': 'Dr.' } },
};
