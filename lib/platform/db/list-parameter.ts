/** The condition `column IN (…)`; parameter `$at` is the list as JSON. */
type InList = (column: string, at: number) => string;

const IN_LIST: Record<'sqlite' | 'postgresql', InList> = {
  sqlite: (column, at) => `${column} IN (SELECT value FROM json_each($${at}))`,
  postgresql: (column, at) => `${column} = ANY (ARRAY(SELECT json_array_elements_text($${at}::json)))`,
};

/** SQL for a list parameter: one text, and so one prepared statement, for lists of any length. */
export function withList(write: (inList: InList) => string): { sqlite: string; postgresql: string } {
  return { sqlite: write(IN_LIST.sqlite), postgresql: write(IN_LIST.postgresql) };
}
