import { toResponse } from '@/lib/http/answer';
import { contextOf } from '@/lib/http/context';
import { problemAnswer, toAppError } from '@/lib/http/problem';
import { serveNextAuth } from '@/lib/web/next-auth';
import { readProof } from '@/lib/web/proof';
import { readCookies, sessionCookieName } from '@/lib/web/session-cookie';
import { serveSession } from '../session';

type Params = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own endpoints: session, csrf, signout. Sign-in is on /login. */
async function serve(request: Request, { params }: Params): Promise<Response> {
  const { nextauth } = await params;
  if (request.method === 'GET' && nextauth.join('/') === 'session') return toResponse(await serveSession(request, {}));
  const context = contextOf(request);
  try {
    const cookie = readCookies(request)[sessionCookieName(context)];
    const response = await serveNextAuth(request, nextauth, context, await readProof(context, cookie));
    response.headers.set('x-request-id', context.requestId);
    return response;
  } catch (error) {
    return toResponse(problemAnswer(toAppError(error, context.requestId), context.requestId));
  }
}

export { serve as GET, serve as POST };
