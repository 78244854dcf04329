import { notFound } from 'next/navigation';
import { requireProject } from '@/lib/http/console';
import { findLogo } from '@/lib/project/service';

type Context = { params: Promise<{ organization: string; project: string }> };

/** The project's picture for the console, which is on another host than the project may be. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { project } = await requireProject(await params);
  const logo = project.logoHash === null ? null : await findLogo(project, project.logoHash);
  if (!logo) notFound();
  return new Response(logo.bytes, {
    headers: {
      'content-type': logo.mediaType,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
