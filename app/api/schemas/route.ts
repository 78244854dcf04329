import { handlePublic } from '@/lib/http/public';
import { resource } from '@/lib/http/resource';
import { toSchemaResponse } from '@/lib/schema/contract';
import { listSchemas } from '@/lib/schema/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic(async ({ context }) => {
    const schemas = await listSchemas(context.projectId);
    return Response.json(schemas.map(toSchemaResponse), {
      headers: { 'cache-control': 'no-cache', 'x-total-count': String(schemas.length) },
    });
  }),
});
