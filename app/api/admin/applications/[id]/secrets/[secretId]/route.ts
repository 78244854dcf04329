import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { endApplicationSecret } from '@/lib/application/service';
import { empty } from '@/lib/http/answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  DELETE: handle('DELETE /admin/applications/{id}/secrets/{secretId}', {}, async ({ actor, params }) => {
    await endApplicationSecret(actor, params.id ?? '', params.secretId ?? '');
    return empty(204);
  }),
});
