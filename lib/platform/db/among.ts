/** A condition that a column equals one of a list, which is passed as `JSON.stringify(list)` in place `at`. */
type IsAmong = (column: string, at: number) => string;

const IS_AMONG: Record<'sqlite' | 'postgresql', IsAmong> = {
  sqlite: (column, at) => `${column} IN (SELECT value FROM json_each($${at}))`,
  postgresql: (column, at) => `${column} = ANY (ARRAY(SELECT json_array_elements_text($${at}::json)))`,
};

/** The text of a statement with a list of any length: one text, whatever the length. */
export function withList(write: (isAmong: IsAmong) => string): { sqlite: string; postgresql: string } {
  return { sqlite: write(IS_AMONG.sqlite), postgresql: write(IS_AMONG.postgresql) };
}
