import { importCheckResponse, importResponse } from '@/lib/import/contract';
import type { ParameterNote, RouteRows } from './route';

const settings = {
  format: 'csv' as const,
  encoding: 'utf-8' as const,
  delimiter: 'semicolon' as const,
  schema_id: 'default',
  match: 'external_id' as const,
  policy: 'merge' as const,
  mapping: { 'E-mail': '/traits/email', 'Last name': '/traits/name/last', 'Customer no.': '/external_id', Note: null },
};
const checkExample = {
  dry_run: true,
  settings,
  create: 940,
  change: 55,
  same: 3,
  left_out: {},
  errors: 2,
  passwords_not_imported: 0,
  fields: { '/traits/name/last': 55 },
  changes: [
    {
      row: 2,
      id: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
      changes: { '/traits/name/last': { before: 'Doe', after: 'Smith' } },
    },
  ],
  first_errors: [{ row: 17, code: 'invalid_traits', reason: '/traits/email: must match format "email"' }],
};
const example = {
  id: '019aa1f8-31b0-7e0a-8c44-2f1d7b6a5c91',
  kind: 'import',
  state: 'queued',
  actor: { type: 'api_credential', id: 'sc_4f2a' },
  total: null,
  done: 0,
  unchanged: 0,
  left_out: {},
  left_out_identities: [],
  result: { created: 0, changed: 0, same: 0, errors: 0, passwords_not_imported: 0 },
  created_at: '2026-01-31T09:30:00.000Z',
  finished_at: null,
  undo: { possible: false, reason: 'unfinished' },
  undoes: null,
  settings,
};

const parameters: Record<string, ParameterNote> = {
  format: { description: 'Format of the file; by default recognized by its content.', example: 'csv' },
  encoding: { description: 'Encoding of the file; by default recognized.', example: 'utf-8' },
  delimiter: { description: 'Delimiter of a CSV file; by default recognized.', example: 'semicolon' },
  schema_id: { description: 'Schema of rows that name none; default `default`.', example: 'default' },
  match: {
    description:
      'What says that a row is about an existing identity: its ID, external ID or an identifier. By default the first of these that the file has.',
    example: 'external_id',
  },
  policy: {
    description:
      '`create` (default) leaves existing identities as they are; `merge` gives them the values of the file, field by field.',
    example: 'merge',
  },
  map: {
    description:
      'Where a column goes, as `column=/pointer`, such as `E-mail=/traits/email`; without a pointer it is ignored. Repeatable. Other columns are mapped by their names.',
    example: ['E-mail=/traits/email'],
  },
  file_name: { description: 'Name of the file, for display.', example: 'people.csv' },
};

export const importRoutes = {
  'POST /admin/imports': {
    scope: 'identities:write',
    dryRun: { body: importCheckResponse },
    id: 'startImport',
    tag: 'jobs',
    summary: 'Import identities from a file',
    description:
      'The body is the file: JSON Lines of `GET /admin/identities/export`, CSV, or an export of Kratos, Keycloak or Auth0. A job imports it; `GET /admin/jobs/{id}` shows its progress, `POST /admin/jobs/{id}/undo` undoes it. A refused row does not affect the others. Operators are left out. Passwords are not imported. Sends no mail, except to the old and the new address of a person whose address changes. The file may have up to `SIGNET_IMPORT_LIMIT` bytes. A repeated call with the same Idempotency-Key and file returns the first job.',
    parameters,
    examples: {
      lines: { summary: 'JSON Lines', value: '{"traits":{"email":"john.doe@example.com"},"external_id":"crm-4711"}\n' },
    },
    answers: {
      200: {
        description: 'With `dry_run=true`: what the import would do.',
        body: importCheckResponse,
        example: checkExample,
      },
      202: { description: 'The job.', body: importResponse, headers: ['Location'], example },
    },
    refusals: { 429: 'Five imports of the project are unfinished.' },
  },
  'GET /admin/imports/{id}/errors': {
    scope: 'identities:write',
    id: 'getImportErrors',
    tag: 'jobs',
    summary: 'Get the refused rows of an import',
    description:
      'The original rows with the column `import_error`, as CSV or JSON Lines like the import, to correct and import again. Returns 404 without refused rows, and to any API credential but the one that started the import.',
    parameters: { id: { description: 'ID of the import, which is that of its job.', example: example.id } },
    answers: { 200: { description: 'The refused rows.', file: ['text/csv', 'application/jsonl'] } },
  },
} satisfies RouteRows;
