import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { createSchemaBody, toSchemaVersionResponse } from '@/lib/schema/contract';
import { toSchemaUrl } from '@/lib/schema/model';
import { createSchema } from '@/lib/schema/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent('POST /admin/schemas', { body: createSchemaBody }, async ({ actor, context, body, tx }) => {
    const schema = await createSchema(actor, body.id, body.schema, { tx });
    return {
      status: 201,
      headers: { location: toSchemaUrl(context.origin, schema.schemaId) },
      json: toSchemaVersionResponse(schema),
      resourceId: schema.schemaId,
    };
  }),
});
