import { z } from 'zod';
import { PICTURE_MEDIA_TYPES } from '@/lib/picture/model';
import type { RouteRows } from './route';

/** Public: the URL in an identity's `picture` cannot be guessed, and is all that is needed to see it. */
export const pictureRoutes = {
  'GET /pictures/{id}': {
    access: 'public',
    id: 'getPicture',
    tag: 'identities',
    summary: 'Get a picture',
    description:
      'The square picture of a person, as PNG, JPEG or WebP. Its URL is `picture` of the identity. It never changes under its URL: another picture has another one, and a removed or deleted person’s is 404.',
    parameters: { id: { description: 'The last segment of `picture`.', example: 'q9Zr3Jw0sKc2n8YtVbXe5LhA' } },
    requestHeaders: ['If-None-Match'],
    answers: {
      200: {
        description: 'The picture.',
        mediaTypes: PICTURE_MEDIA_TYPES,
        body: z.string().meta({ format: 'binary' }),
        headers: ['ETag'],
      },
      304: { description: 'Not modified.', headers: ['ETag'] },
    },
  },
} satisfies RouteRows;
