import { type AuthMethod, exampleScope, type GrantableScope } from '@/lib/api-credential/model';

/** What a program needs to get a token. The secret is no part of it. */
export type TokenRequest = {
  clientId: string;
  authMethod: AuthMethod;
  scopes: readonly GrantableScope[];
  tokenEndpoint: string;
  audience: string;
};

/** What is shown once, when it is made, and kept nowhere. */
export type ShownSecret = TokenRequest & { clientSecret: string };

/** What the commands read from the shell they are pasted into. */
const SECRET = '$CLIENT_SECRET';
const TOKEN = '$ACCESS_TOKEN';
const IDENTITY = '$IDENTITY_ID';

/** Asks for the secret: what is typed or pasted then is neither shown nor kept in the shell's history. */
export const READ_SECRET_COMMAND = 'read -rs CLIENT_SECRET';

/**
 * The command that gets an access token, to be pasted into a shell. A secret stands between double quotes as it is: it has
 * unreserved characters only, so neither the shell nor form encoding changes it.
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

/** The same, with the token kept where the commands below look for it. */
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

/** One command over several lines. */
export function command(parts: string[]): string {
  return parts.join(' \\\n  ');
}

/** As one word of a POSIX shell, in which nothing is expanded. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
