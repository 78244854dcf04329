'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const REFRESH_MILLIS = 1000;

/** Renders the page again every second while a job on it works. */
export function LiveRefresh({ isActive }: { isActive: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!isActive) return;
    const timer = setInterval(() => router.refresh(), REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, [isActive, router]);
  return null;
}
