import { classes } from '../classes';
import { type CheckboxFieldProps, ToggleFrame } from './checkbox-field';

const TRACK_STYLE =
  'motion relative my-0.5 h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full border border-control bg-sunken disabled:cursor-not-allowed disabled:opacity-60 checked:border-accent checked:bg-accent forced-colors:checked:bg-[Highlight]';
const KNOB_STYLE =
  'before:motion before:absolute before:start-[3px] before:top-[3px] before:size-3 before:rounded-full before:bg-muted before:content-[""] checked:before:[transform:translateX(1rem)] checked:before:bg-on-accent forced-colors:before:bg-[ButtonText] forced-colors:checked:before:bg-[HighlightText]';

/** A switch. A checkbox underneath, so that it posts with its form ("on") and works without script. */
export function SwitchField({ className, ...props }: CheckboxFieldProps) {
  return (
    <ToggleFrame
      {...props}
      control={(control) => (
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox brings its own checked state
        <input {...control} type="checkbox" role="switch" className={classes(TRACK_STYLE, KNOB_STYLE, className)} />
      )}
    />
  );
}
