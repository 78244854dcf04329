import { publicEdge } from '@/lib/api/handle-public';
import { answerSession } from '@/lib/web/session-endpoint';

/** `GET /api/auth/session`, for Next and for the front server. */
export const serveSession = publicEdge(({ context, request }) => answerSession(context, request));
