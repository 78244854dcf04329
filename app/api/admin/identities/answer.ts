import { z } from 'zod';
import { credentialsBlock } from '@/lib/credential/service';
import type { RequestContext } from '@/lib/http/context';
import { isKnownEtag } from '@/lib/http/etag';
import type { Input } from '@/lib/http/handle';
import { toIdentityResponse } from '@/lib/identity/contract';
import { type Identity, toEtag } from '@/lib/identity/model';

/** Kratos' names of credentials: asking for one that nobody has here gives nothing, another word is a mistake. */
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

/** Passkeys with their configuration are read by a scope of their own. Refuses: `forbidden`. */
export function wantsPasskeys(
  query: z.output<typeof includeQuery>,
  { requireScope }: Pick<Input<null, null>, 'requireScope'>,
): boolean {
  const isAsked = query.include_credential?.includes('passkey') ?? false;
  if (isAsked) requireScope('credentials:read');
  return isAsked;
}

/** One identity to who reads it, under whichever name. */
export async function readAnswer(
  identity: Identity,
  { origin }: RequestContext,
  withConfig: boolean,
  request: Request,
): Promise<Response> {
  const etag = toEtag(identity);
  if (isKnownEtag(request, etag)) return new Response(null, { status: 304, headers: { etag } });
  return whole(identity, origin, withConfig);
}

/** The identity as a change has left it. */
export async function changedAnswer(identity: Identity, { origin }: RequestContext): Promise<Response> {
  return whole(identity, origin, false);
}

async function whole(identity: Identity, origin: string, withConfig: boolean): Promise<Response> {
  const credentials = await credentialsBlock(identity, { withConfig });
  const headers = { etag: toEtag(identity) };
  return Response.json({ ...toIdentityResponse(identity, origin), credentials }, { headers });
}
