import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireOperator } from '@/lib/http/console';
import { getLocale } from '@/lib/http/locale';
import { translator } from '@/lib/i18n/translate';

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await getLocale(), 'console.notFound')('title') };
}

/** Whatever else is asked for below /console is not found in the console's own frame. */
export default async function NoPage(): Promise<never> {
  await requireOperator();
  notFound();
}
