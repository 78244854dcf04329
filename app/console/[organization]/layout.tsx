import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { requireOrganization } from '@/lib/http/console';
import { titleWithin } from '../title';

type Props = { params: Promise<{ organization: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { organization } = await requireOrganization(await params);
  return { title: titleWithin(organization.name) };
}

/** Titles only; what a page may show, the page proves itself. */
export default function Layout({ children }: Props) {
  return children;
}
