import { z } from 'zod';
import { handle, requireScope } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { identityFilterQuery, toIdentityFilter } from '@/lib/identity/contract';
import { exportQuery } from '@/lib/transfer/contract';
import { exportCsv, exportLines } from '@/lib/transfer/service';
import { textOf, toStream } from '@/lib/web/stream';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/identities/export',
    // Strict: ignoring an unknown filter would export every identity.
    { query: z.strictObject({ ...identityFilterQuery, ...exportQuery }) },
    async ({ context, query, scopes }) => {
      const { projectId } = context;
      const filter = toIdentityFilter(query);
      const isCsv = query.format?.[0] === 'csv';
      const hasPasskeys = query.include_credential !== undefined;
      if (hasPasskeys) requireScope(scopes, 'credentials:read');
      const pieces = isCsv
        ? exportCsv(projectId, { filter, columns: query.column, isForSpreadsheet: query.spreadsheet?.[0] === 'true' })
        : exportLines(projectId, { filter, hasPasskeys });
      const type = isCsv ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8';
      return { status: 200, headers: { 'content-type': type }, body: toStream(textOf(pieces)) };
    },
  ),
});
