import { redirect } from 'next/navigation';
import { currentSession } from '@/lib/web/session';

/** Redirects to the profile, or to sign-in. */
export default async function StartPage() {
  redirect((await currentSession()) ? '/profile' : '/login');
}
