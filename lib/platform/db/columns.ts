/**
 * Columns of a table for a statement, as `alias."name"`; `names` are separated by spaces. Always one by one: PostgreSQL
 * refuses a statement prepared for `*` once a migration has added a column, while processes of the earlier version use
 * it. With `prefix`, each is named prefix + column, beside columns of the same name.
 */
export function columnsOf(alias: string, names: string, prefix?: string): string {
  const column = (name: string) => `${alias}."${name}"${prefix === undefined ? '' : ` AS "${prefix}${name}"`}`;
  return names.split(/\s+/).map(column).join(', ');
}
