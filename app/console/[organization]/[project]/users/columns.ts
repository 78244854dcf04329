/** The columns of the list besides the name, in order. */
export const COLUMNS = ['email', 'state', 'signedIn', 'passkeys', 'created', 'schema', 'externalId'] as const;
export type Column = (typeof COLUMNS)[number];

/** The chosen columns, kept in a cookie of this browser so that the server renders them. */
export const COLUMNS_COOKIE = 'signet_user_columns';

/** The ID of the form that chooses them without script. */
export const COLUMNS_FORM = 'user-columns';

const USUAL: readonly Column[] = ['email', 'state', 'signedIn', 'passkeys', 'created'];

/** `isChosen`: shown on every width from a tablet on; the usual columns appear as far as they fit. */
export type ShownColumns = { columns: readonly Column[]; isChosen: boolean };

export function readColumns(cookie: string | undefined): ShownColumns {
  if (cookie === undefined) return { columns: USUAL, isChosen: false };
  const named = cookie.split('.');
  return { columns: COLUMNS.filter((column) => named.includes(column)), isChosen: true };
}

export function writeColumns(columns: readonly Column[]): string {
  return columns.length === 0 ? 'none' : columns.join('.');
}
