import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { requireOrganization } from '@/lib/web/console';
import { titleWithin } from '../title';

type Props = { params: Promise<{ organization: string }>; children: ReactNode };

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleWithin(params.then(requireOrganization).then(({ organization }) => organization));
}

/** Titles only; each page authorizes itself. */
export default function Layout({ children }: Props) {
  return children;
}
