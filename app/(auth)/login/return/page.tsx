import { redirect } from 'next/navigation';
import { findReturnPath } from '@/lib/verification/service';
import { MAX_LOCAL_PATH_LENGTH, toLocalPath } from '@/lib/web/local-path';
import { requireSession } from '@/lib/web/session';

/** Redirects to a path too long to pass through sign-in. An expired one redirects to the profile. */
export default async function ReturnPage({ searchParams }: PageProps<'/login/return'>) {
  const { context } = await requireSession();
  const { id } = await searchParams;
  const path = typeof id === 'string' ? await findReturnPath(context.projectId, id) : null;
  redirect(toLocalPath(path, MAX_LOCAL_PATH_LENGTH) ?? '/profile');
}
