import { type ApiCredential, allowedAudiences } from '@/lib/api-credential/model';
import { adminAudience } from '@/lib/project/model/origin';
import { isAllowedScope, type Scope } from '@/lib/token/model';
import type { Form } from '../form';
import { OAuthError } from './error';

/** Reads the grant parameters of an authenticated client. Each function refuses values that the client may not have. */

export function requireGrantType(form: Form): string {
  const grantType = form.get('grant_type');
  if (grantType === undefined) throw new OAuthError('invalid_request', 'The parameter grant_type is missing');
  return grantType;
}

/** RFC 6749 §3.3. None requested: all of the credential's scopes. Without duplicates, in the order requested. */
export function requireScopes(form: Form, credential: ApiCredential): Scope[] {
  const asked = form.get('scope');
  if (asked === undefined) return [...credential.scopes];
  const scopes: Scope[] = [];
  for (const scope of new Set(asked.split(' ').filter(Boolean))) {
    if (!isAllowedScope(scope, credential.scopes)) {
      throw new OAuthError('invalid_scope', `The client is not allowed to request the scope '${scope}'`);
    }
    scopes.push(scope);
  }
  if (scopes.length === 0) throw new OAuthError('invalid_scope', 'The scope is empty');
  return scopes;
}

/**
 * `audience`, separated by spaces or repeated, and `resource` (RFC 8707 §2), repeated; each exactly as the credential
 * lists it. None requested: the admin API.
 */
export function requireAudiences(form: Form, credential: ApiCredential, origin: string): string[] {
  const allowed = allowedAudiences(credential, origin);
  const audiences = form.getAll('audience').flatMap((value) => value.split(' ').filter(Boolean));
  const resources = form.getAll('resource');
  const badAudience = audiences.find((audience) => !allowed.includes(audience));
  if (badAudience !== undefined) {
    throw new OAuthError('invalid_request', `The client is not allowed to request the audience '${badAudience}'`);
  }
  const badResource = resources.find((resource) => !allowed.includes(resource));
  if (badResource !== undefined) {
    throw new OAuthError('invalid_target', `The client is not allowed to request the resource '${badResource}'`);
  }
  const asked = [...new Set([...audiences, ...resources])];
  return asked.length > 0 ? asked : [adminAudience(origin)];
}
