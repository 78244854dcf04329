import { BoundedCache } from '@/lib/platform/bounded-cache';
import { processWide } from '@/lib/platform/process-wide';
import { handlePublic } from '../handle-public';
import type { MountedRoute } from '../mount';
import { PublicText } from '../public-text';
import { resource } from '../resource';
import { buildDocument } from './document';
import type { OpenApiDocument } from './model';

type Published = { document: OpenApiDocument; text: string; published: PublicText };

/**
 * The document of these routes, built once per origin, and the route that serves it. `routes` is called when a document
 * is built.
 */
export function publishDocument(routes: () => readonly MountedRoute[]) {
  const made = processWide('openapi.documents', () => new BoundedCache<Published>(50));

  function documentOf(origin: string): Published {
    const known = made.get(origin);
    if (known) return known;
    const document = buildDocument(routes(), origin);
    const text = JSON.stringify(document);
    const entry = { document, text, published: new PublicText(text, 'application/json; charset=utf-8') };
    made.set(origin, entry);
    return entry;
  }

  /** Public. It changes only with the software or the origin. */
  const openApi = resource({
    GET: handlePublic('GET /openapi.json', {}, async ({ context, request }) => {
      return documentOf(context.origin).published.answer(request, { 'cache-control': 'public, no-cache' });
    }),
  });
  return { documentOf, openApi };
}
