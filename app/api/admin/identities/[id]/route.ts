import { z } from 'zod';
import { credentialsBlock } from '@/lib/credential/service';
import { isKnownEtag } from '@/lib/http/etag';
import { handle } from '@/lib/http/handle';
import { resource } from '@/lib/http/resource';
import { identityPatchBody, replaceIdentityBody, toIdentityResponse } from '@/lib/identity/contract';
import { type Identity, toEtag } from '@/lib/identity/model';
import { changeIdentity, deleteIdentity, getIdentity, patchIdentity } from '@/lib/identity/service';

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

const includeQuery = z.object({
  include_credential: z
    .array(
      z.enum(CREDENTIALS, {
        error: (issue) => `Invalid value \`${String(issue.input)}\` for parameter \`include_credential\`.`,
      }),
    )
    .optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/identities/{id}', { query: includeQuery }, async ({ context, params, query, request }) => {
    const identity = await getIdentity(context.projectId, params.id ?? '');
    const etag = toEtag(identity);
    if (isKnownEtag(request, etag)) return new Response(null, { status: 304, headers: { etag } });
    const credentials = await credentialsBlock(identity, {
      withConfig: query.include_credential?.includes('passkey') ?? false,
    });
    return Response.json({ ...toIdentityResponse(identity, context.origin), credentials }, { headers: { etag } });
  }),

  PUT: handle(
    'PUT /admin/identities/{id}',
    { body: replaceIdentityBody },
    async ({ actor, context, params, body, ifMatch }) =>
      changed(await changeIdentity(actor, params.id ?? '', () => body, { ifMatch }), context.origin),
  ),

  PATCH: handle(
    'PATCH /admin/identities/{id}',
    { body: identityPatchBody, mediaTypes: ['application/json', 'application/json-patch+json'] },
    async ({ actor, context, params, body, ifMatch }) =>
      changed(await patchIdentity(actor, params.id ?? '', body, { ifMatch }), context.origin),
  ),

  DELETE: handle('DELETE /admin/identities/{id}', {}, async ({ actor, params, ifMatch }) => {
    await deleteIdentity(actor, params.id ?? '', { ifMatch });
    return new Response(null, { status: 204 });
  }),
});

async function changed(identity: Identity, origin: string): Promise<Response> {
  const credentials = await credentialsBlock(identity, { withConfig: false });
  return Response.json(
    { ...toIdentityResponse(identity, origin), credentials },
    { headers: { etag: toEtag(identity) } },
  );
}
