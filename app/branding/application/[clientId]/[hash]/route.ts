import { publicEdge } from '@/lib/api/handle-public';
import { imageAnswer } from '@/lib/api/image';
import { pageResource } from '@/lib/api/resource';
import { findApplicationLogo } from '@/lib/application/service';
import { AppError } from '@/lib/platform/errors';

/** The logo of an application of the project at the request's host. A new logo has a new URL. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = pageResource(
  publicEdge(async ({ context: { projectId }, params, request }) => {
    const hash = params.hash ?? '';
    const logo = await findApplicationLogo(projectId, params.clientId ?? '', hash);
    if (!logo) throw new AppError('not_found');
    return imageAnswer(request, logo, { name: hash, isShared: true });
  }),
);
