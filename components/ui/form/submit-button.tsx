'use client';

import { useFormStatus } from 'react-dom';
import { Button, type ButtonProps } from '../button';

/** The button of a form: pending while the form's action runs. Works without script. */
export function SubmitButton({ variant = 'primary', isPending = false, ...rest }: Omit<ButtonProps, 'type'>) {
  const status = useFormStatus();
  return <Button {...rest} variant={variant} type="submit" isPending={isPending || status.pending} />;
}
