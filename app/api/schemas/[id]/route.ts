import { handlePublic } from '@/lib/api/handle-public';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { AppError } from '@/lib/platform/errors';
import { findSchemaByName } from '@/lib/schema/service';

/** A schema by its ID or its base64url form from `schema_url`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /schemas/{id}', {}, async ({ context, params }) => {
    const { id = '' } = params;
    const schema = await findSchemaByName(context.projectId, id);
    if (!schema) throw new AppError('not_found', { reason: `Unable to find JSON Schema ID: ${id}` });
    return json(schema.document, { 'cache-control': 'no-cache' });
  }),
});
