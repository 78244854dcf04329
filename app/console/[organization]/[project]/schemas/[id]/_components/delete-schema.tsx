'use client';

import { useRouter } from 'next/navigation';
import { ConfirmAction } from '@/components/step-up/confirm-action';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  label: string;
  title: string;
  body: string;
  doneText: string;
  /** The list of schemas. */
  href: string;
  remove: () => Promise<ActionResult<unknown>>;
};

/** Confirms the deletion, and returns to the list. */
export function DeleteSchema({ label, title, body, doneText, href, remove }: Props) {
  const router = useRouter();
  return (
    <ConfirmAction
      trigger={{ children: label, variant: 'danger' }}
      title={title}
      description={body}
      confirmLabel={label}
      action={remove}
      doneText={doneText}
      onDone={() => router.push(href)}
    />
  );
}
