import type { Form } from '../form';
import { OAuthError } from './error';

export const TOKEN_FORM = { limit: 64 * 1024 };

/**
 * The token to introspect or revoke. `token_type_hint` is ignored: there is one kind of token, and a wrong hint must
 * not prevent finding it (RFC 7009 §2.1, RFC 7662 §2.1).
 */
export function requireToken(form: Form): string {
  const token = form.get('token');
  if (token === undefined) throw new OAuthError('invalid_request', 'The parameter token is missing');
  return token;
}
