import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { renamePasskeyBody, toPasskeyResponse } from '@/lib/credential/contract';
import { deletePasskey, renamePasskey } from '@/lib/credential/service';
import { empty, json } from '@/lib/http/answer';
import { getIdentity } from '@/lib/identity/service';

/** A passkey, by its WebAuthn credential ID or by Signet's. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PATCH: handle(
    'PATCH /admin/identities/{id}/credentials/passkey/{credentialId}',
    { body: renamePasskeyBody },
    async ({ actor, params, body }) => {
      const { id } = await getIdentity(actor.projectId, params.id ?? '');
      return json(toPasskeyResponse(await renamePasskey(actor, id, params.credentialId ?? '', body.name)));
    },
  ),

  DELETE: handle('DELETE /admin/identities/{id}/credentials/passkey/{credentialId}', {}, async ({ actor, params }) => {
    const { id } = await getIdentity(actor.projectId, params.id ?? '');
    await deletePasskey(actor, id, params.credentialId ?? '');
    return empty(204);
  }),
});
