'use client';

import { useFormStatus } from 'react-dom';
import { Button, type ButtonProps } from '../button';

/** A form's submit button: pending while the action runs. Works without script. */
export function SubmitButton({ variant = 'primary', isPending = false, ...rest }: Omit<ButtonProps, 'type'>) {
  const status = useFormStatus();
  return <Button {...rest} variant={variant} type="submit" isPending={isPending || status.pending} />;
}
