/**
 * A select list, as `alias."name"`; `names` are separated by spaces. Never `*`: once a migration adds a column, PostgreSQL
 * refuses statements that processes of the earlier version have prepared with it. `prefix` renames each column, for joins
 * of tables with the same column names.
 */
export function columnsOf(alias: string, names: string, prefix?: string): string {
  const column = (name: string) => `${alias}."${name}"${prefix === undefined ? '' : ` AS "${prefix}${name}"`}`;
  return names.split(/\s+/).map(column).join(', ');
}
