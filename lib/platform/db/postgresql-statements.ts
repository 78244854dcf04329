import pg from 'pg';
import { toDate, toDateText } from './dates';
import { quoted } from './postgresql-connection';
import type { Runner } from './runner';
import type { Statement, Value } from './statement';
import { reportStatement } from './statement-listener';

/** Runs statements in one schema. */
export class PostgresqlStatements {
  readonly #texts = new Map<Statement<unknown>, string>();

  /** `isPrepared`: named prepared statements, which a pooler in transaction mode must support. */
  constructor(
    private readonly schema: string,
    private readonly isPrepared: boolean,
  ) {}

  on(connection: Pick<pg.Pool | pg.PoolClient, 'query'>): Runner {
    const query = async (of: Statement<unknown>, values: readonly Value[]) => {
      const text = this.#textOf(of);
      reportStatement(text, values);
      return connection.query({
        ...(this.isPrepared && !of.options.isPlannedAnew && { name: of.name }),
        text,
        values: values.map(toParameter),
        types: of.options.dates === 'text' ? WITH_DATE_TEXTS : WITH_DATES,
        ...(of.options.rows === 'arrays' && { rowMode: 'array' }),
      });
    };
    return {
      all: async (of, values) => (await query(of, values)).rows,
      run: async (of, values) => (await query(of, values)).rowCount ?? 0,
    };
  }

  #textOf(of: Statement<unknown>): string {
    const known = this.#texts.get(of);
    if (known !== undefined) return known;
    const text = withSchema(of.text.postgresql, this.schema);
    this.#texts.set(of, text);
    return text;
  }
}

/** Qualifies tables with their schema, as Prisma does: the connection's search path may differ. */
export function withSchema(text: string, schema: string): string {
  return text.replace(/"[A-Z]\w*"/g, (name) => `${quoted(schema)}.${name}`);
}

const { builtins } = pg.types;
const asText = (text: string) => text;
const SHARED = {
  [builtins.INT8]: Number,
  [builtins.NUMERIC]: Number,
  [builtins.JSON]: asText,
  [builtins.JSONB]: asText,
};
const WITH_DATES = typesOf({ ...SHARED, [builtins.TIMESTAMP]: toDate });
const WITH_DATE_TEXTS = typesOf({ ...SHARED, [builtins.TIMESTAMP]: toDateText });

function typesOf(parsers: Record<number, (text: string) => unknown>): pg.CustomTypesConfig {
  return { getTypeParser: (oid: number) => parsers[oid] ?? pg.types.getTypeParser(oid, 'text') };
}

/** In the format of Prisma's adapter: UTC without a zone. pg itself would use the process's time zone. */
function toParameter(value: Value): unknown {
  return value instanceof Date ? value.toISOString().slice(0, -1) : value;
}
