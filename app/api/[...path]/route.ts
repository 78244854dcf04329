import { handlePublic } from '@/lib/api/handle-public';
import { AppError } from '@/lib/platform/errors';

/** Every name below /api, /admin, /oauth2, … that is no route: 404 in the envelope, whatever the method. */
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
