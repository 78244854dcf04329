import { type AuthMethod, exampleScope, type GrantableScope } from '@/lib/api-credential/model';

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
const TOKEN = '$ACCESS_TOKEN';
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
  return command([
    `curl -X POST ${quoted(tokenEndpoint)}`,
    `-H 'Accept: application/json'`,
    `-H 'Content-Type: application/x-www-form-urlencoded'`,
    // RFC 7617 §2: base64 of `id:secret`. Some tools break long lines, some know no `-w0`.
    ...(isBasic
      ? [`-H "Authorization: Basic $(\n    printf '%s' "${clientId}:${clientSecret}" | base64 | tr -d '\\n'\n  )"`]
      : [`-d ${quoted(`client_id=${clientId}`)}`, `-d "client_secret=${clientSecret}"`]),
    `-d 'grant_type=client_credentials'`,
    // In a form body `+` is a space (WHATWG URL §5.1).
    `-d 'scope=${exampleScope(scopes).replaceAll(' ', '+')}'`,
    `-d ${quoted(`audience=${audience}`)}`,
  ]);
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
  const one = `"${all}/${IDENTITY}"`;
  const accept = `-H 'Accept: application/json'`;
  const type = `-H 'Content-Type: application/json'`;
  const token = `-H "Authorization: Bearer ${TOKEN}"`;
  switch (call) {
    case 'get':
      return command([`curl -X GET ${one}`, accept, token]);
    case 'list':
      return command([`curl -X GET ${quoted(`${all}?per_page=100&page=0`)}`, accept, token]);
    case 'create':
      return command([`curl -X POST ${quoted(all)}`, accept, type, token, body(NEW_IDENTITY)]);
    case 'update':
      return command([`curl -X PUT ${one}`, accept, type, token, body(CHANGED_IDENTITY)]);
    case 'delete':
      return command([`curl -X DELETE ${one}`, accept, token]);
  }
}

const EMAIL = 'john.doe@example.com';
const NEW_IDENTITY = { schema_id: 'default', traits: { email: EMAIL, name: { first: 'John', last: 'Doe' } } };
const CHANGED_IDENTITY = {
  schema_id: 'default',
  state: 'inactive',
  traits: { email: EMAIL, name: { first: 'John', last: 'Doe', 'academic-degree': 'Dr.' } },
};

function body(value: object): string {
  return `-d ${quoted(JSON.stringify(value, null, 2))}`;
}

/** One command across several lines. */
export function command(parts: string[]): string {
  return parts.join(' \\\n  ');
}

/** Quoted as one word of a POSIX shell, without expansion. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
