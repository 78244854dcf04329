import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Gives a test the `cache` of React's server build, which memoises within one render: `vi.mock('react', async (react)
 * => ({ ...(await react()), ...(await import('@/testing/server-render')).serverReact }))`. Outside `inOneRender` it
 * memoises nothing, as in a server action.
 */
type Internals = { A: { getCacheForType: <T>(create: () => T) => T } | null };
type ServerReact = Pick<typeof import('react'), 'cache'> & {
  __SERVER_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE: Internals;
};

// The `react-server` export of React's package, by file: this process resolves the client build.
const require = createRequire(import.meta.url);
const folder = path.dirname(require.resolve('react/package.json'));
const server: ServerReact = require(path.join(folder, 'react.react-server.js'));
const internals = server.__SERVER_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE;

export const serverReact = { cache: server.cache };

/** Runs `work` as one render. One at a time: React's own renderer separates them by async context. */
export async function inOneRender<T>(work: () => Promise<T>): Promise<T> {
  const types = new Map<unknown, unknown>();
  internals.A = {
    getCacheForType: <U>(create: () => U): U => {
      if (!types.has(create)) types.set(create, create());
      return types.get(create) as U;
    },
  };
  try {
    return await work();
  } finally {
    internals.A = null;
  }
}
