import type { Metadata } from 'next';
import { isolated } from '@/lib/platform/text';

/**
 * The title of a console page: "Users · Acme · Signet". Pages below an organization or project give only their own
 * name; the layout adds the rest (`titleWithin`). The page of the organization or project itself gives the full title.
 */
export function consoleTitle(page: string, place: string | null = null): Metadata['title'] {
  return {
    absolute: [page, place, 'Signet']
      .filter((part) => part !== null)
      .map(isolated)
      .join(' · '),
  };
}

/** For the layout of an organization or project, given the authorization to read its name. */
export async function titleWithin(place: Promise<{ name: string }>): Promise<Metadata> {
  const name = await nameOf(place);
  if (name === null) return {};
  const shown = isolated(name);
  return { title: { template: `%s · ${shown} · Signet`, default: shown } };
}

/** Null if it may not be shown. The page makes the same check and answers the refusal; a title never does. */
export async function nameOf(place: Promise<{ name: string }>): Promise<string | null> {
  return place.then(
    ({ name }) => name,
    () => null,
  );
}
