/**
 * Next makes requests by itself: for the page after an action that redirects, and to run an action that the current
 * page lacks. It copies the headers of the request it serves and follows redirects, even to other hosts
 * (vercel/next.js#90591). Neither is needed, so both are answered here: without a page in the response, the browser
 * navigates to the redirect's target; an action that the page lacks is refused as unknown. Nothing else in this process
 * may use `fetch`: outgoing calls have their own adapters.
 */
export function refuseOwnRequests(): void {
  globalThis.fetch = async (_, init?: RequestInit & { next?: { internal?: unknown } }) => {
    if (init?.next?.internal === undefined) throw new TypeError('This process makes no requests by fetch');
    if (init.method === 'GET') return new Response(NO_PAGE, { headers: { 'content-type': 'text/x-component' } });
    return new Response(null, { status: 409, headers: { 'x-nextjs-action-not-found': '1' } });
  };
}

/**
 * A response to a navigation that leaves the page out: Next's router then navigates. An empty one would make it reload
 * the page.
 */
const NO_PAGE = '0:{"t":null}\n';
