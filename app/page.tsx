import { redirect } from 'next/navigation';
import { currentSession } from '@/lib/web/session';

/** Nothing to see here: on to one's own page, or to sign in. */
export default async function StartPage() {
  redirect((await currentSession()) ? '/profile' : '/login');
}
