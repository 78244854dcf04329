import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// The same integration suites run on both databases; suites without a database (`*.unit.test.ts`) run once.
// Choose with `vitest run --project unit|sqlite|postgresql [file …]`.
const include = ['{app,bench,components,lib,prisma,scripts,testing}/**/*.test.{ts,tsx}'];
const unit = ['{app,bench,components,lib,prisma,scripts,testing}/**/*.unit.test.{ts,tsx}'];
const installed = '**/node_modules/**';
const first = ['testing/modules.ts', 'testing/settings.ts'];

const onDatabase = (kind: 'sqlite' | 'postgresql') => ({
  extends: true as const,
  test: {
    name: kind,
    include,
    exclude: [...unit, installed],
    globalSetup: [`testing/${kind}.ts`],
    setupFiles: [...first, 'testing/rsa-keys.ts', 'testing/setup.ts'],
  },
});

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    pool: 'forks',
    isolate: false, // testing/modules.ts gives each file its own modules
    maxWorkers: Math.max(2, availableParallelism() - 1), // workers wait for databases: two keep two cores busy
    restoreMocks: true,
    unstubEnvs: true,
    testTimeout: 60_000, // only a hang fails, not a busy machine
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'unit', include: unit, exclude: [installed], setupFiles: first } },
      onDatabase('sqlite'),
      onDatabase('postgresql'),
    ],
  },
});
