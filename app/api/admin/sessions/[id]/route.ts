import { handle } from '@/lib/http/handle';
import { resource } from '@/lib/http/resource';
import { toSessionResponse } from '@/lib/session/contract';
import { endSessionById, getKnownSession } from '@/lib/session/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/sessions/{id}', {}, async ({ context, params }) =>
    Response.json(toSessionResponse(await getKnownSession(context.projectId, params.id ?? ''), context.origin)),
  ),

  DELETE: handle('DELETE /admin/sessions/{id}', {}, async ({ actor, params }) => {
    await endSessionById(actor, params.id ?? '');
    return new Response(null, { status: 204 });
  }),
});
