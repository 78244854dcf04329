'use client';

import { useRouter } from 'next/navigation';
import { ConfirmAction } from '@/components/step-up/confirm-action';
import type { ButtonVariant } from '@/components/ui/button-style';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  label: string;
  title: string;
  description: string;
  variant?: ButtonVariant;
  /** Where the job is: followed by its ID. */
  href: string;
  start: () => Promise<ActionResult<{ id: string }>>;
};

/** Confirms in numbers, starts a job, and shows it. */
export function StartJob({ label, title, description, variant = 'primary', href, start }: Props) {
  const router = useRouter();
  return (
    <ConfirmAction
      trigger={{ children: label, variant }}
      title={title}
      description={description}
      confirmLabel={label}
      action={start}
      isLeaving
      onDone={({ id }) => router.push(`${href}/${id}`)}
    />
  );
}
