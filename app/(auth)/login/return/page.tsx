import { redirect } from 'next/navigation';
import { LONGEST_KEPT_PATH, toLocalPath } from '@/lib/http/local-path';
import { requireSession } from '@/lib/http/session';
import { findReturnPath } from '@/lib/verification/service';

/** Leads on to a path that was too long to go through the sign-in. One that is kept no longer leads to the profile. */
export default async function ReturnPage({ searchParams }: PageProps<'/login/return'>) {
  const { context } = await requireSession();
  const { id } = await searchParams;
  const path = typeof id === 'string' ? await findReturnPath(context.projectId, id) : null;
  redirect(toLocalPath(path, LONGEST_KEPT_PATH) ?? '/profile');
}
