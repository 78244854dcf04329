import { notFound } from 'next/navigation';
import { findApplication, findApplicationLogo } from '@/lib/application/service';
import { projectRoute } from '@/lib/web/page-route';

/** The application's logo for the console, which may be on another host than the project. */
export const GET = projectRoute({ fresh: false }, async ({ project }, request) => {
  const [, clientId = ''] = /\/applications\/([^/]+)\/logo$/.exec(new URL(request.url).pathname) ?? [];
  const application = await findApplication(project.id, clientId);
  const logo = application?.logoHash ? await findApplicationLogo(project.id, clientId, application.logoHash) : null;
  if (!logo) notFound();
  return new Response(logo.bytes, {
    headers: {
      'content-type': logo.mediaType,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
