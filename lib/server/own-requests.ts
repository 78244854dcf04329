/**
 * Next makes requests by itself: for the page after an action that redirects, and to run an action that the present page does
 * not have. It copies the headers of the request it serves and follows redirects, to other hosts as well
 * (vercel/next.js#90591). Neither is needed, so none is made: with no page in the answer, the browser asks for the page that
 * an action redirects to as if it followed a link; an action that the page does not have is refused as unknown.
 *
 * Nothing else in this process may use `fetch`: what calls out has an adapter of its own.
 */
export function refuseOwnRequests(): void {
  globalThis.fetch = async (_, init?: RequestInit & { next?: { internal?: unknown } }) => {
    if (init?.next?.internal === undefined) throw new TypeError('This process makes no requests by fetch');
    if (init.method === 'GET') return new Response(NO_PAGE, { headers: { 'content-type': 'text/x-component' } });
    return new Response(null, { status: 409, headers: { 'x-nextjs-action-not-found': '1' } });
  };
}

/** An answer to a navigation in which the page is left out: Next's router then navigates. Without any it would load the page anew. */
const NO_PAGE = '0:{"t":null}\n';
