import type { Metadata } from 'next';
import { isolated } from '@/lib/platform/text';

/**
 * The title of a page of the console: "Users · Acme · Signet". Pages below an organization or project say their own name
 * only, and its layout adds the rest (`titleWithin`). A page at the place itself says all of it.
 */
export function consoleTitle(page: string, place: string | null = null): Metadata['title'] {
  return {
    absolute: [page, place, 'Signet']
      .filter((part) => part !== null)
      .map(isolated)
      .join(' · '),
  };
}

/** For the layout of an organization or project, which is told what proves that one may know its name. */
export async function titleWithin(place: Promise<{ name: string }>): Promise<Metadata> {
  const name = await nameOf(place);
  if (name === null) return {};
  const shown = isolated(name);
  return { title: { template: `%s · ${shown} · Signet`, default: shown } };
}

/** Null when there is none to be told. The page asks the same and answers what is to be answered; a title never does. */
export async function nameOf(place: Promise<{ name: string }>): Promise<string | null> {
  return place.then(
    ({ name }) => name,
    () => null,
  );
}
