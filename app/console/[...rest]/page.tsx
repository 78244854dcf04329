import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { translator } from '@/lib/i18n/translate';
import { requireOperator } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await getLocale(), 'console.notFound')('title') };
}

/** Any other path below /console is not found, in the console's frame. */
export default async function NoPage(): Promise<never> {
  await requireOperator();
  notFound();
}
