import type { Metadata } from 'next';

/**
 * The title of a page of the console: "Users · Acme · Signet". Pages below an organization or project say their own name
 * only, and its layout adds the rest (`titleWithin`). A page at the place itself says all of it.
 */
export function consoleTitle(...parts: string[]): Metadata['title'] {
  return { absolute: [...parts, 'Signet'].join(' · ') };
}

/** For the layout of an organization or project. */
export function titleWithin(name: string): Metadata['title'] {
  return { template: `%s · ${name} · Signet`, default: `${name} · Signet` };
}
