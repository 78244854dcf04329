import { searchWords } from '@/lib/identity/model/search';
import { listSchemas } from '@/lib/schema/service';
import { exportIdentities } from '@/lib/transfer/service';
import { projectRoute } from '@/lib/web/page-route';
import { textOf, toStream } from '@/lib/web/stream';
import { readQuery } from '../query';

/** The users that match the list's filters, oldest first, without passkeys. */
export const GET = projectRoute({ fresh: false }, async ({ actor, project }, request) => {
  const { id, slug, rpId } = project;
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const schemaIds = (await listSchemas(id)).map(({ schemaId }) => schemaId);
  const { q, state, schema, passkeys } = readQuery(search, schemaIds);
  const filter = {
    words: searchWords(q),
    ...(state !== '' && { state }),
    ...(schema !== '' && { schemaId: schema }),
    ...(passkeys !== '' && { passkeys: { have: passkeys, rpId } }),
  };
  const isCsv = search.format === 'csv';
  const { mediaType, pieces } = await exportIdentities(actor, {
    format: isCsv ? 'csv' : 'jsonl',
    filter,
    isForSpreadsheet: search.spreadsheet === 'true',
  });
  return new Response(toStream(textOf(pieces)), {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="users-${slug}.${isCsv ? 'csv' : 'jsonl'}"`,
      'cache-control': 'private, no-store',
    },
  });
});
