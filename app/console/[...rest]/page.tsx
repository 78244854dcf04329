import { notFound } from 'next/navigation';
import { requireOperator } from '@/lib/http/console';

/** Whatever else is asked for below /console is not found in the console's own frame. */
export default async function NoPage(): Promise<never> {
  await requireOperator();
  notFound();
}
