import { handlePublic } from '@/lib/api/handle-public';
import { AppError } from '@/lib/platform/errors';

/**
 * Every other well-known name is 404, whatever the method: who asks for one must be able to tell that it is not here
 * (W3C "Detecting the reliability of HTTP status codes" §2).
 */
const notFound = handlePublic(async () => {
  throw new AppError('not_found');
});
const answer = (request: Request) => notFound(request, {});

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
