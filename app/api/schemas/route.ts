import { z } from 'zod';
import { handlePublic } from '@/lib/api/handle-public';
import { pageOfAll } from '@/lib/api/listing';
import { pageQuery, toPage } from '@/lib/api/pagination';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { toSchemaResponse } from '@/lib/schema/contract';
import { listSchemaNames, listSchemas } from '@/lib/schema/service';

/** The newest version of each schema, in order of creation. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic(
    'GET /schemas',
    { query: z.object(pageQuery) },
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
      return json(schemas.map(toSchemaResponse), { ...headers, 'cache-control': 'no-cache' });
    },
  ),
});
