import { BoundedCache } from '@/lib/platform/bounded-cache';
import { processWide } from '@/lib/platform/process-wide';
import { contentHash } from '@/lib/platform/secret';
import { isNotModified } from '../etag';
import { handlePublic } from '../handle-public';
import type { MountedRoute } from '../mount';
import { resource } from '../resource';
import { buildDocument } from './document';
import type { OpenApiDocument } from './model';

type Published = { document: OpenApiDocument; text: string; etag: string };

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
    const entry = { document, text, etag: `"${contentHash(Buffer.from(text))}"` };
    made.set(origin, entry);
    return entry;
  }

  /** Public. It changes only with the software or the origin. */
  const openApi = resource({
    GET: handlePublic('GET /openapi.json', {}, async ({ context, request }) => {
      const { text, etag } = documentOf(context.origin);
      const headers = { etag, 'cache-control': 'public, no-cache' };
      if (isNotModified(request, etag)) return new Response(null, { status: 304, headers });
      return new Response(text, { headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } });
    }),
  });
  return { documentOf, openApi };
}
