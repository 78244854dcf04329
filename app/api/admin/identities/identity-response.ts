import { z } from 'zod';
import { isNotModified } from '@/lib/api/etag';
import { type Input, requireScope } from '@/lib/api/handle';
import { credentialsBlock } from '@/lib/credential/service';
import { type Answer, empty, json } from '@/lib/http/answer';
import type { RequestContext } from '@/lib/http/context';
import type { ApiRequest } from '@/lib/http/request';
import { toIdentityResponse, toIdentityText, withoutPersonalData } from '@/lib/identity/contract';
import type { Identity, StoredWhole } from '@/lib/identity/model';
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
  identity: StoredWhole,
  { origin }: RequestContext,
  withConfig: boolean,
  request: ApiRequest,
): Promise<Answer> {
  const etag = toEtag(identity);
  if (isNotModified(request, etag)) return empty(304, { etag });
  const credentials = await credentialsBlock(identity, { withConfig });
  const headers = { 'content-type': 'application/json', etag };
  return { status: 200, headers, body: toIdentityText(identity.stored, credentials, origin) };
}

/** What a token may see of an identity it changed. Write does not imply read: without that scope it learns nothing. */
export function shownTo(scopes: Input<null, null>['scopes'], identity: Identity): Identity {
  return scopes.has('identities:read') ? identity : withoutPersonalData(identity);
}

/** The response of a change. */
export async function changedAnswer(
  identity: Identity,
  { context, scopes }: Pick<Input<null, null>, 'context' | 'scopes'>,
): Promise<Answer> {
  const shown = shownTo(scopes, identity);
  const credentials = await credentialsBlock(shown, { withConfig: false });
  return json({ ...toIdentityResponse(shown, context.origin), credentials }, { etag: toEtag(identity) });
}
