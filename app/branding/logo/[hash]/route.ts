import { publicEdge } from '@/lib/api/handle-public';
import { imageAnswer } from '@/lib/api/image';
import { pageResource } from '@/lib/api/resource';
import { AppError } from '@/lib/platform/errors';
import { findLogo } from '@/lib/project/service';

/** The logo of the project at the request's host. Its name is the hash of its bytes, so a new logo has a new URL. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = pageResource(
  publicEdge(async ({ context: { projectId, logoHash }, params, request }) => {
    const logo = await findLogo({ id: projectId, logoHash }, params.hash ?? '');
    if (!logo) throw new AppError('not_found');
    return imageAnswer(request, logo, { name: logoHash ?? '', isShared: true });
  }),
);
