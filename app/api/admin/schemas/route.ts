import { handle } from '@/lib/http/handle';
import { resource } from '@/lib/http/resource';
import { createSchemaBody, toSchemaVersionResponse } from '@/lib/schema/contract';
import { toSchemaUrl } from '@/lib/schema/model';
import { createSchema } from '@/lib/schema/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handle('POST /admin/schemas', { body: createSchemaBody }, async ({ actor, context, body }) => {
    const schema = await createSchema(actor, body.id, body.schema);
    return Response.json(toSchemaVersionResponse(schema), {
      status: 201,
      headers: { location: toSchemaUrl(context.origin, schema.schemaId) },
    });
  }),
});
