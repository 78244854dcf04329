import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'prisma/config';

// One schema in git, two databases. The PostgreSQL copy is derived here: only provider and output folder differ.
const root = import.meta.dirname;
const url = process.env.DATABASE_URL ?? 'file:./data/signet.db';
const kind = process.env.DB_KIND ?? (/^postgres(ql)?:/.test(url) ? 'postgresql' : 'sqlite');
const source = path.join(root, 'prisma/schema.prisma');

export default defineConfig({
  schema: kind === 'postgresql' ? writePostgresqlTwin() : source,
  migrations: { path: path.join(root, 'prisma/migrations', kind) },
  datasource: { url },
  // The search index on SQLite is hand-written: Prisma's schema cannot express it.
  ...(kind === 'sqlite' && { experimental: { externalTables: true }, tables: { external: searchTables() } }),
});

function searchTables(): string[] {
  const ofIndex = ['config', 'data', 'docsize', 'idx'].map((part) => `IdentitySearch_${part}`);
  return ['IdentitySearch', 'IdentitySearchQueue', ...ofIndex];
}

function writePostgresqlTwin(): string {
  const twin = path.join(root, 'node_modules/.cache/prisma-postgresql/schema.prisma');
  const output = path.relative(path.dirname(twin), path.join(root, 'generated/postgresql')).replaceAll('\\', '/');
  const text = readFileSync(source, 'utf8')
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace(/output\s+= ".*"/, `output   = "${output}"`);
  mkdirSync(path.dirname(twin), { recursive: true });
  writeFileSync(twin, text);
  return twin;
}
