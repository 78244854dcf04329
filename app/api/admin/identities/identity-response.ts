import { z } from 'zod';
import { isNotModified } from '@/lib/api/etag';
import { type Input, requireScope } from '@/lib/api/handle';
import { credentialsBlock } from '@/lib/credential/service';
import { type Answer, empty, json } from '@/lib/http/answer';
import type { RequestContext } from '@/lib/http/context';
import type { ApiRequest } from '@/lib/http/request';
import { toIdentityResponse, withoutPersonalData } from '@/lib/identity/contract';
import type { Identity } from '@/lib/identity/model';
import { toEtag } from '@/lib/identity/model/precondition';

/**
 * Kratos' credential types: asking for a type that Signet does not have returns nothing; an unknown type is refused.
 */
const CREDENTIALS = [
  'passkey',
  'password',
  'oidc',
  'saml',
  'totp',
  'lookup_secret',
  'webauthn',
  'code',
  'profile',
  'deviceauthn',
];

export const includeQuery = z.object({
  include_credential: z
    .array(
      z.enum(CREDENTIALS, {
        error: (issue) => `Invalid value \`${String(issue.input)}\` for parameter \`include_credential\`.`,
      }),
    )
    .optional(),
});

/**
 * Whether the response includes passkeys with their configuration, which needs a scope of its own. Refuses:
 * `forbidden`.
 */
export function wantsPasskeys(
  query: z.output<typeof includeQuery>,
  { scopes }: Pick<Input<null, null>, 'scopes'>,
): boolean {
  const isAsked = query.include_credential?.includes('passkey') ?? false;
  if (isAsked) requireScope(scopes, 'credentials:read');
  return isAsked;
}

/** The response of every route that reads one identity. */
export async function readAnswer(
  identity: Identity,
  { origin }: RequestContext,
  withConfig: boolean,
  request: ApiRequest,
): Promise<Answer> {
  const etag = toEtag(identity);
  if (isNotModified(request, etag)) return empty(304, { etag });
  return whole(identity, origin, withConfig);
}

/** The response of a change. Write does not imply read: a token without the read scope learns nothing from it. */
export async function changedAnswer(
  identity: Identity,
  { context, scopes }: Pick<Input<null, null>, 'context' | 'scopes'>,
): Promise<Answer> {
  return whole(scopes.has('identities:read') ? identity : withoutPersonalData(identity), context.origin, false);
}

async function whole(identity: Identity, origin: string, withConfig: boolean): Promise<Answer> {
  const credentials = await credentialsBlock(identity, { withConfig });
  const headers = { etag: toEtag(identity) };
  return json({ ...toIdentityResponse(identity, origin), credentials }, headers);
}
