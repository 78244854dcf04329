import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { getOwnImport, openRefused } from '@/lib/import/service';
import { toStream } from '@/lib/web/stream';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/imports/{id}/errors', {}, async ({ actor, context, params }) => {
    const one = await getOwnImport(context.projectId, params.id ?? '', { kind: 'api_credential', id: actor.id });
    const { mediaType, text } = await openRefused(one);
    return { status: 200, headers: { 'content-type': mediaType }, body: toStream(text) };
  }),
});
