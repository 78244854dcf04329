'use client';

import { classes } from '@/components/ui/classes';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  /** Why the last call was refused. */
  failure: string | undefined;
  /** The person closed "Confirm it's you": no error, so a quiet line says that nothing happened. */
  isCancelled: boolean;
  className?: string;
};

/** What came of the last call of `useStepUpAction`, if it did not succeed. */
export function ActionNote({ failure, isCancelled, className }: Props) {
  const errors = useTranslations('errors.browser');
  return (
    <>
      <p role="alert" className={classes('text-danger empty:hidden', className)}>
        {failure}
      </p>
      <p role="status" className={classes('text-muted empty:hidden', className)}>
        {isCancelled && errors('ceremony_cancelled')}
      </p>
    </>
  );
}
