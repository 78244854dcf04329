import { notFound } from 'next/navigation';
import { requireOperator } from '@/lib/web/console';
import { pageTitle } from '@/lib/web/page-title';

export const generateMetadata = pageTitle('console.notFound', 'title');

/** Any other path below /console is not found, in the console's frame. */
export default async function NoPage(): Promise<never> {
  await requireOperator();
  notFound();
}
