import { publicEdge } from '@/lib/api/handle-public';
import { readCookies, serveNextAuth, sessionCookieName } from '@/lib/web/next-auth';
import { readProof } from '@/lib/web/session';

type Params = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own endpoints: session, csrf, signout. Sign-in is on /login. */
async function serve(request: Request, { params }: Params): Promise<Response> {
  const { nextauth } = await params;
  const answer = publicEdge(async ({ context }) => {
    const cookie = readCookies(request)[sessionCookieName(context)];
    return serveNextAuth(request, nextauth, context, await readProof(context, cookie));
  });
  return answer(request, {});
}

export { serve as GET, serve as POST };
