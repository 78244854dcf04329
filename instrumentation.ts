import type { Instrumentation } from 'next';

/** What Next calls: at the start, and for each error that it catches. Read once, and again for a runtime that we do not use. */
export async function register(): Promise<void> {
  await reporter();
}

export const onRequestError: Instrumentation.onRequestError = async (...told) => {
  const outage = await reporter();
  await outage?.reportRequestError(...told);
};

async function reporter() {
  // biome-ignore lint/style/noProcessEnv: put in by Next when it builds, so that the other runtime gets none of our modules
  return process.env.NEXT_RUNTIME === 'nodejs' ? import('@/lib/http/outage') : null;
}
