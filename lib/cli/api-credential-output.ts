import { toSecretResponse } from '@/lib/api-credential/contract';
import { type ApiCredential, exampleScope, type Permission, permissionOf } from '@/lib/api-credential/model';
import { curl, data, quoted } from '@/lib/platform/curl';
import { nameValueLines, toMinute } from './output';

export const PERMISSION_WORDS: Record<Permission, string> = {
  full: 'full access',
  read: 'read only',
  custom: 'custom',
};

/** A new secret with everything a client needs, and a command that uses it. */
export function secretLines(credential: ApiCredential, clientSecret: string, origin: string): string[] {
  const { token_endpoint: endpoint, audience } = toSecretResponse(credential, clientSecret, origin);
  return [
    ...nameValueLines([
      ['Client ID', credential.clientId],
      ['Client secret', clientSecret],
      ['Token endpoint', endpoint],
      ['Audience', audience],
      ['Method', credential.authMethod],
      ['Permission', PERMISSION_WORDS[permissionOf(credential.scopes)]],
      ['Scopes', credential.scopes.join(' ')],
      ['Expires', toMinute(credential.expiresAt) ?? 'never'],
    ]),
    '',
    'The client secret is shown only once. Store it where only your program can read it.',
    '',
    'Get an access token:',
    '',
    ...tokenCommand(credential, clientSecret, endpoint, audience).replaceAll(/^/gm, '  ').split('\n'),
  ];
}

function tokenCommand(credential: ApiCredential, clientSecret: string, endpoint: string, audience: string): string {
  const { clientId, authMethod, scopes } = credential;
  const scope = exampleScope(scopes).replaceAll(' ', '+');
  const proof =
    authMethod === 'client_secret_basic'
      ? [`-u ${quoted(`${clientId}:${clientSecret}`)}`]
      : [data(`client_id=${clientId}`), data(`client_secret=${clientSecret}`)];
  const fields = ['grant_type=client_credentials', `scope=${scope}`, `audience=${audience}`];
  return curl({ method: 'POST', url: quoted(endpoint), options: [...proof, ...fields.map(data)] });
}
