import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { toPasskeyResponse } from '@/lib/credential/contract';
import { listPasskeys } from '@/lib/credential/service';
import { json } from '@/lib/http/answer';
import { getIdentity } from '@/lib/identity/service';

/** An identity's credentials besides mailed codes: a bare list, oldest first. Short enough not to be paged. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/identities/{id}/credentials', {}, async ({ context, params }) => {
    const { id } = await getIdentity(context.projectId, params.id ?? '');
    const passkeys = await listPasskeys(context.projectId, id);
    return json(passkeys.map(toPasskeyResponse), { 'x-total-count': String(passkeys.length) });
  }),
});
