import { all, type Statement, statement, type Value } from './statement';

/** A statement with named parameters. */
export type NamedStatement<Row> = { of: Statement<Row>; names: readonly string[] };
export type NamedValues = Readonly<Record<string, Value | undefined>>;

/** `:name` instead of `$1`; `::type` is a cast. The text for PostgreSQL must use every value. */
export function namedStatement<Row>(name: string, text: { sqlite: string; postgresql: string }): NamedStatement<Row> {
  const names: string[] = [];
  const numbered = (sql: string) =>
    sql.replace(/(?<!:):([a-zA-Z]\w*)/g, (_, value: string) => {
      if (!names.includes(value)) names.push(value);
      return `$${names.indexOf(value) + 1}`;
    });
  const postgresql = numbered(text.postgresql);
  return { of: statement<Row>(name, { postgresql, sqlite: numbered(text.sqlite) }, { isPlannedAnew: true }), names };
}

export function allNamed<Row>({ of, names }: NamedStatement<Row>, values: NamedValues): Promise<Row[]> {
  return all(
    of,
    names.map((name) => values[name] ?? null),
  );
}
