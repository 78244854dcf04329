import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { rotateSecretBody } from '@/lib/application/contract';
import { rotateApplicationSecret } from '@/lib/application/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent(
    'POST /admin/applications/{id}/secrets',
    { body: rotateSecretBody, mayBeEmpty: true },
    async ({ actor, params, body, tx }) => {
      const options = { overlapHours: body.overlap_hours, name: body.name };
      const made = await rotateApplicationSecret(actor, params.id ?? '', options, { tx });
      return {
        status: 201,
        json: {
          client_id: made.application.clientId,
          client_secret: made.clientSecret,
          id: made.secret.id,
          name: made.secret.name,
          previous_ends_at: made.previousEndsAt.toISOString(),
        },
        resourceId: made.secret.id,
        isSecret: true,
      };
    },
  ),
});
