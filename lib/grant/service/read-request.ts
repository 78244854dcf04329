import { type Application, IDENTITY_SCOPES, type IdentityScope } from '@/lib/application/model';
import { type AuthorizationFault, type AuthorizationRequest, type Parameters, PROMPTS, type Prompt } from '../model';

/** RFC 7636 §4.2: SHA-256 as base64url. */
const CHALLENGE = /^[\w-]{43}$/;
const MAX_AGE = /^\d{1,10}$/;

/** The values of a parameter; one without a value counts as omitted (RFC 6749 §3.1). */
export function parametersOf(parameters: Parameters, name: string): string[] {
  return parameters.flatMap(([each, value]) => (each === name && value !== '' ? [value] : []));
}

export function parameterOf(parameters: Parameters, name: string): string | undefined {
  return parametersOf(parameters, name)[0];
}

/**
 * An authorization request of a known application with a registered redirect URI, checked as far as it needs no person.
 * From here on the application learns every refusal. Scopes that are unknown or not the application's are left out
 * (OpenID Connect Core §3.1.2.1); PKCE protects the code of every application that does not opt out (RFC 9700 §2.1.1).
 */
export function readRequest(
  application: Application,
  redirectUri: string,
  parameters: Parameters,
): { request: AuthorizationRequest } | { fault: AuthorizationFault } {
  const get = (name: string) => parameterOf(parameters, name);
  const unsupported = unsupportedOf(get);
  if (unsupported) return { fault: unsupported };
  const scopes = scopesOf(get('scope'), application);
  if (!scopes) return refuse('invalid_scope', 'The scope must contain openid');
  const challenge = get('code_challenge') ?? null;
  const pkce = pkceFault(application, challenge, get('code_challenge_method'));
  if (pkce !== null) return refuse('invalid_request', pkce);
  const prompts = promptsOf(get('prompt'));
  if (!prompts) return refuse('invalid_request', 'The prompt is unknown, or combines none with others');
  const maxAge = get('max_age');
  if (maxAge !== undefined && !MAX_AGE.test(maxAge))
    return refuse('invalid_request', 'The max_age must be a number of seconds');
  const audiences = [...new Set([...wordsOf(get('audience')), ...parametersOf(parameters, 'resource')])];
  if (audiences.some((audience) => !application.audiences.includes(audience)))
    return refuse('invalid_target', 'The application is not allowed to request this audience');
  return {
    request: {
      ...{ redirectUri, scopes, audiences, challenge, prompts },
      state: get('state') ?? null,
      nonce: get('nonce') ?? null,
      maxAgeSeconds: maxAge === undefined ? null : Number(maxAge),
      loginHint: get('login_hint') ?? null,
      uiLocales: wordsOf(get('ui_locales')),
      idTokenHint: get('id_token_hint') ?? null,
    },
  };
}

type Get = (name: string) => string | undefined;

/** OpenID Connect Core §3.1.2.6 and §6, Registration §2. */
function unsupportedOf(get: Get): AuthorizationFault | null {
  if (get('request') !== undefined)
    return { error: 'request_not_supported', description: 'Request objects are not supported' };
  if (get('request_uri') !== undefined)
    return { error: 'request_uri_not_supported', description: 'The request_uri was not issued here' };
  if (get('registration') !== undefined)
    return { error: 'registration_not_supported', description: 'The parameter registration is not supported' };
  const responseType = get('response_type');
  if (responseType === undefined)
    return { error: 'invalid_request', description: 'The parameter response_type is missing' };
  if (responseType !== 'code')
    return { error: 'unsupported_response_type', description: 'The response_type must be code' };
  const mode = get('response_mode');
  return mode === undefined || mode === 'query'
    ? null
    : { error: 'invalid_request', description: 'The response_mode must be query' };
}

function scopesOf(asked: string | undefined, application: Application): IdentityScope[] | null {
  const words = wordsOf(asked);
  if (!words.includes('openid')) return null;
  return IDENTITY_SCOPES.filter(
    (scope) => words.includes(scope) && (scope === 'openid' || application.scopes.includes(scope)),
  );
}

/** The fault of the challenge, or null. `plain` protects nothing (RFC 9700 §2.1.1). */
function pkceFault({ requiresPkce }: Application, challenge: string | null, method: string | undefined): string | null {
  if (challenge === null) {
    if (method !== undefined) return 'The code_challenge is missing';
    return requiresPkce ? 'The application must send a code_challenge (PKCE with S256)' : null;
  }
  if (method !== 'S256') return 'The code_challenge_method must be S256';
  return CHALLENGE.test(challenge) ? null : 'The code_challenge must have 43 characters';
}

function promptsOf(asked: string | undefined): Prompt[] | null {
  const words = wordsOf(asked);
  const known = PROMPTS.filter((prompt) => words.includes(prompt));
  const isKnown = words.every((word) => known.some((prompt) => prompt === word));
  return isKnown && (known.length < 2 || !known.includes('none')) ? known : null;
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(' ').filter(Boolean);
}

function refuse(error: AuthorizationFault['error'], description: string): { fault: AuthorizationFault } {
  return { fault: { error, description } };
}
