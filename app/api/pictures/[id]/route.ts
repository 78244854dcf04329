import { handlePublic } from '@/lib/api/handle-public';
import { imageAnswer } from '@/lib/api/image';
import { resource } from '@/lib/api/resource';
import { findPicture } from '@/lib/picture/service';
import { AppError } from '@/lib/platform/errors';

/**
 * A person's picture, without cookie or token. The console shows people of every project, and its policy admits images of
 * its own host only, so that this host serves them all.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /pictures/{id}', {}, async ({ context, params: { id = '' }, request }) => {
    const picture = await findPicture(context.isConsoleHost ? null : context.projectId, id);
    if (!picture) throw new AppError('not_found');
    return imageAnswer(request, picture, { name: id, isShared: false });
  }),
});
