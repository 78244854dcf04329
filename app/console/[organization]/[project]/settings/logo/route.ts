import { notFound } from 'next/navigation';
import { findLogo } from '@/lib/project/service';
import { projectRoute } from '@/lib/web/page-route';

/** The project's logo for the console, which may be on another host than the project. */
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
