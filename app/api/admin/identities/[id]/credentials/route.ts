import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { toPasskeyResponse } from '@/lib/credential/contract';
import { listPasskeys } from '@/lib/credential/service';
import { getIdentity } from '@/lib/identity/service';

/** What somebody signs in with besides a mailed code: a bare list, the oldest first. There are never so many that it is paged. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/identities/{id}/credentials', {}, async ({ context, params }) => {
    const { id } = await getIdentity(context.projectId, params.id ?? '');
    const passkeys = await listPasskeys(context.projectId, id);
    return Response.json(passkeys.map(toPasskeyResponse), { headers: { 'x-total-count': String(passkeys.length) } });
  }),
});
