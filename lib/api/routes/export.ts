import { filters } from './identities';
import type { RouteRows } from './route';

export const exportRoutes = {
  'GET /admin/identities/export': {
    scope: 'identities:read',
    id: 'exportIdentities',
    tag: 'identities',
    summary: 'Export identities',
    description:
      'All identities that match, oldest first, as a stream: JSON Lines, which `POST /admin/imports` returns as they were, or CSV with a column for each trait. Unknown parameters return 400.',
    parameters: {
      ...filters,
      format: { description: '`jsonl` (default) or `csv`.', example: 'csv' },
      include_credential: {
        description: '`passkey` adds the passkeys to JSON Lines; it requires `credentials:read`.',
        example: 'passkey',
      },
      column: { description: 'Only these columns of CSV; repeatable.', example: ['id', 'traits/email'] },
      spreadsheet: {
        description:
          '`true` for CSV that is opened in a spreadsheet: an apostrophe is added to cells that begin with = + - @, tab or CR, and a byte order mark to the file. An import removes them.',
        example: 'true',
      },
    },
    answers: { 200: { description: 'The identities.', file: ['application/jsonl', 'text/csv'] } },
  },
} satisfies RouteRows;
