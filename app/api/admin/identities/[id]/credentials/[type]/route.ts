import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { credentialQuery } from '@/lib/credential/contract';
import { deletePasskey } from '@/lib/credential/service';
import { empty } from '@/lib/http/answer';
import { getIdentity } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';

/**
 * The path by which Kratos' clients remove a credential (`deleteIdentityCredentials`). Only the type `passkey` exists.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  DELETE: handle(
    'DELETE /admin/identities/{id}/credentials/{type}',
    { query: credentialQuery },
    async ({ actor, params, query }) => {
      const { id } = await getIdentity(actor.projectId, params.id ?? '');
      if (params.type !== 'passkey') throw new AppError('not_found');
      const [identifier] = query.identifier ?? [];
      if (identifier === undefined)
        throw new AppError('invalid_input', { reason: 'The parameter `identifier` is required' });
      await deletePasskey(actor, id, identifier);
      return empty(204);
    },
  ),
});
