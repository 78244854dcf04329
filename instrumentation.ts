import type { Instrumentation } from 'next';

/**
 * Next's hooks: one at start, one per error that Next catches. Next also loads this file for the edge runtime, which
 * Signet does not use.
 */
export async function register(): Promise<void> {
  await reporter();
}

export const onRequestError: Instrumentation.onRequestError = async (...args) => {
  const outage = await reporter();
  await outage?.reportRequestError(...args);
};

async function reporter() {
  // biome-ignore lint/style/noProcessEnv: inlined by the build, so that the edge bundle gets none of our modules
  return process.env.NEXT_RUNTIME === 'nodejs' ? import('@/lib/http/outage') : null;
}
