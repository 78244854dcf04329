import { z } from 'zod';
import { handle, requireScope } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { identityFilterQuery, toIdentityFilter } from '@/lib/identity/contract';
import { exportQuery } from '@/lib/transfer/contract';
import { exportIdentities } from '@/lib/transfer/service';
import { textOf, toStream } from '@/lib/web/stream';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/identities/export',
    // Strict: ignoring an unknown filter would export every identity.
    { query: z.strictObject({ ...identityFilterQuery, ...exportQuery }) },
    async ({ actor, query, scopes }) => {
      const hasPasskeys = query.include_credential !== undefined;
      if (hasPasskeys) requireScope(scopes, 'credentials:read');
      const { mediaType, pieces } = await exportIdentities(actor, {
        format: query.format?.[0] ?? 'jsonl',
        filter: toIdentityFilter(query),
        hasPasskeys,
        columns: query.column,
        isForSpreadsheet: query.spreadsheet?.[0] === 'true',
      });
      return { status: 200, headers: { 'content-type': mediaType }, body: toStream(textOf(pieces)) };
    },
  ),
});
