import type { FieldChanges } from '@/lib/audit/model';
import type { LeftOut } from '@/lib/job/model';
import type { ErrorCode } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';

/** `signet`: JSON in the format of our export. The others are recognized by their content. */
export const IMPORT_FORMATS = ['signet', 'csv', 'kratos', 'keycloak', 'auth0'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** As TextDecoder names them. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** `lines`: one record per line. `list`: the items of a JSON array, or of the array `users` or `identities`. */
export type Layout = 'lines' | 'list';

/** What says that a row is about an existing identity. */
export const MATCHES = ['id', 'external_id', 'identifier'] as const;
export type Match = (typeof MATCHES)[number];

/** `create`: existing identities stay as they are. `merge`: they get the values of the file, field by field. */
export const POLICIES = ['create', 'merge'] as const;
export type Policy = (typeof POLICIES)[number];

/** Where each column goes: a JSON Pointer in the identity, such as `/traits/email`, or null. */
export type Mapping = Record<string, string | null>;

export type ImportSettings = {
  format: ImportFormat;
  encoding: Encoding;
  layout: Layout;
  delimiter: Delimiter;
  /** The columns, in the order of the file. */
  columns: string[];
  /** By column name; of no effect for `signet` and `kratos`, whose records have traits. */
  mapping: Mapping;
  /** The schema of rows that name none. */
  schemaId: string;
  match: Match;
  policy: Policy;
};

/** `ready`: uploaded, waits for a decision. `checked`: its dry run is done. `finished`: imported, or ended early. */
export const PHASES = ['receiving', 'ready', 'checking', 'checked', 'importing', 'finished'] as const;
export type Phase = (typeof PHASES)[number];

export const LEFT_OUT_REASONS = ['operator', 'last_owner'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** Numbers of rows. `passwords`: rows with a password, which is never imported. */
export type ImportCounts = {
  created: number;
  changed: number;
  same: number;
  failed: number;
  passwords: number;
};

/** A row that would change an identity, or did, with each field. */
export type ChangedRow = { row: number; id: string; name: string; changes: FieldChanges };
/** A refused row with the reason as an English sentence. The first row of a file is 1. */
export type FailedRow = { row: number; code: ErrorCode; reason: string };

/** The first changed and failed rows, and how often each field changes. */
export type Findings = { changed: ChangedRow[]; failed: FailedRow[]; fields: Record<string, number> };
export const NO_FINDINGS: Findings = { changed: [], failed: [], fields: {} };
export const MAX_FINDINGS = 100;

export const OWNER_KINDS = ['operator', 'api_credential', 'cli'] as const;
export type ImportOwner = { kind: (typeof OWNER_KINDS)[number]; id: string | null };

export type Import = ImportCounts & {
  id: string;
  projectId: string;
  phase: Phase;
  /** Who uploaded it; `id` is an operator's identity ID or a client ID. */
  owner: ImportOwner;
  /** The name of the uploaded file, for display. */
  name: string;
  settings: ImportSettings;
  /** In whose name it runs, encrypted; null until it starts, and once it has ended. */
  principal: string | null;
  findings: Findings;
  leftOut: LeftOut<LeftOutReason>;
  /** Size of the upload in bytes. */
  size: number;
  /** Number of rows, known after the dry run. */
  total: number | null;
  /** The last row that was handled in this phase; 0: none. */
  position: number;
  endedBy: 'stopped' | 'not_permitted' | 'failed' | null;
  createdAt: Date;
  startedAt: Date | null;
  updatedAt: Date;
  finishedAt: Date | null;
};

/** Columns of a CSV file, and members of a record that are mapped alike. */
export const MAX_COLUMNS = 500;
/** Unfinished imports of a project. */
export const MAX_UNFINISHED = 5;
/** A row of the preview: the identity that it describes, or why it describes none. */
export type PreviewRow = { row: number; name: string; identity: JsonObject } | { row: number; reason: string };
/** Rows shown before an import. */
export const PREVIEW_ROWS = 10;
/** The column of a file of refused rows that says why; ignored when the file is uploaded again. */
export const REASON_COLUMN = 'import_error';

export function isColumnar(format: ImportFormat): boolean {
  return format !== 'signet' && format !== 'kratos';
}

export function handledRows({
  created,
  changed,
  same,
  failed,
  leftOut,
}: ImportCounts & Pick<Import, 'leftOut'>): number {
  const left = Object.values(leftOut.counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return created + changed + same + failed + left;
}

/** The target of a column, or null. Names are those of a file: only own members count. */
export function targetOf(mapping: Mapping, column: string): string | null {
  return Object.hasOwn(mapping, column) ? (mapping[column] ?? null) : null;
}
