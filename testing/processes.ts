import { vi } from 'vitest';

const states: Record<symbol, unknown> = globalThis as never;

/**
 * Imports with `load` another copy of our modules in this process, as Next's build has one beside the front server's.
 */
export async function asOtherCopy<Module>(load: () => Promise<Module>): Promise<Module> {
  vi.resetModules();
  return load();
}

/** Imports with `load` as another process would: it shares the database but no process-wide state. */
export async function asOtherProcess<Module>(load: () => Promise<Module>): Promise<Module> {
  const kept = Object.getOwnPropertySymbols(globalThis).filter(isProcessWide);
  const before = kept.map((slot) => [slot, states[slot]] as const);
  for (const slot of kept) delete states[slot];
  try {
    return await asOtherCopy(load);
  } finally {
    for (const [slot, state] of before) states[slot] = state;
  }
}

function isProcessWide({ description = '' }: symbol): boolean {
  return description.startsWith('signet.') && !/^signet\.db\b/.test(description);
}
