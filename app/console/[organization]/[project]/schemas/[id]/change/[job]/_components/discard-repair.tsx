'use client';

import { useRouter } from 'next/navigation';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  label: string;
  /** With the repair. */
  name: string;
  href: string;
  check: () => Promise<ActionResult<{ id: string }>>;
};

/** Checks again without one of the chosen repairs. */
export function DiscardRepair({ label, name, href, check }: Props) {
  const router = useRouter();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const discard = async () => {
    const outcome = await run(check);
    if (outcome?.ok) router.push(`${href}/${outcome.value.id}`);
  };
  return (
    <>
      <Button size="small" variant="quiet" aria-label={name} onClick={discard} isPending={isPending}>
        {label}
      </Button>
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </>
  );
}
