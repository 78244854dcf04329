import { notFound } from 'next/navigation';
import { findLogo } from '@/lib/project/service';
import { projectRoute } from '@/lib/web/page-route';

/** The project's picture for the console, which is on another host than the project may be. */
export const GET = projectRoute({ fresh: false }, async ({ project }) => {
  const logo = project.logoHash === null ? null : await findLogo(project, project.logoHash);
  if (!logo) notFound();
  return new Response(logo.bytes, {
    headers: {
      'content-type': logo.mediaType,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
