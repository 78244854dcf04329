import type { Metadata } from 'next';
import { isolated } from '@/lib/platform/text';

/**
 * The title of a console page: "Users · Acme · Signet". Pages below an organization or project give only their own
 * name; the layout adds the rest (`titleWithin`). The page of the organization or project itself gives the full title.
 */
export function consoleTitle(page: string, place: string | null = null): Metadata['title'] {
  return {
    absolute: [page, place, place === PRODUCT ? null : PRODUCT]
      .filter((part) => part !== null)
      .map((text) => isolated(text))
      .join(' · '),
  };
}

const PRODUCT = 'Signet';

/**
 * The title of a page about one thing, which names it: "Passkeys · Ada Lovelace". `page` alone, or the kind of thing,
 * if its name may not be shown.
 */
export async function thingTitle(
  name: Promise<string>,
  { page, kind }: { page?: string; kind: string },
): Promise<Metadata> {
  const shown = await name.then(isolated, () => null);
  return { title: shown === null ? (page ?? kind) : [page, shown].filter(Boolean).join(' · ') };
}

/** For the layout of an organization or project, given the authorization to read its name. */
export async function titleWithin(place: Promise<{ name: string }>): Promise<Metadata> {
  const name = await nameOf(place);
  if (name === null) return {};
  const shown = isolated(name);
  // A project named after the product is said once.
  const suffix = name === PRODUCT ? shown : `${shown} · ${PRODUCT}`;
  return { title: { template: `%s · ${suffix}`, default: shown } };
}

/** Null if it may not be shown. The page makes the same check and answers the refusal; a title never does. */
export async function nameOf(place: Promise<{ name: string }>): Promise<string | null> {
  return place.then(
    ({ name }) => name,
    () => null,
  );
}
