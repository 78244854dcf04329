import { z } from 'zod';
import { pageOfAll } from '@/lib/http/listing';
import { pageQuery, toPage } from '@/lib/http/pagination';
import { handlePublic } from '@/lib/http/public';
import { resource } from '@/lib/http/resource';
import { toSchemaResponse } from '@/lib/schema/contract';
import { listSchemaNames, listSchemas } from '@/lib/schema/service';

/** The newest version of each schema, in the order they were made. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic(
    async ({ context: { projectId, origin }, request, query }) => {
      const place = { base: `${origin}/schemas`, request, scope: [projectId] };
      const names = await listSchemaNames(projectId);
      const placeOf = (id: string) => names.findIndex((name) => name.id === id);
      const { items, headers } = pageOfAll(
        place,
        toPage(query),
        names,
        (name, last) => placeOf(name.id) > placeOf(last),
      );
      const schemas = await listSchemas(projectId, items);
      return Response.json(schemas.map(toSchemaResponse), { headers: { ...headers, 'cache-control': 'no-cache' } });
    },
    { query: z.object(pageQuery) },
  ),
});
