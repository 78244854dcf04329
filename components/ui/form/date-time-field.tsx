import { classes } from '../classes';
import { TextField, type TextFieldProps } from './text-field';

type Props = Omit<TextFieldProps, 'type'> & {
  /** A day without a time of day. */
  isDateOnly?: boolean;
};

/** A date and time from the browser's picker, as `YYYY-MM-DDTHH:mm` without a zone: the help text names the zone. */
export function DateTimeField({ isDateOnly = false, className, ...rest }: Props) {
  return (
    <TextField
      {...rest}
      type={isDateOnly ? 'date' : 'datetime-local'}
      className={classes('max-w-64 tabular-nums', className)}
    />
  );
}
