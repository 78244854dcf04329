import type { ReactNode } from 'react';
import { describedBy, FieldNotes, fieldId } from './field-frame';

export type RadioOption = { value: string; text: string; help?: ReactNode; isDisabled?: boolean };

type Props = {
  name: string;
  /** The legend. */
  legend: ReactNode;
  options: RadioOption[];
  defaultValue?: string;
  /** With `onValueChange`, where the page depends on the choice. */
  value?: string;
  onValueChange?: (value: string) => void;
  help?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
};

/** One choice of a few, each with a help line. The first one has the id that error summaries link to. */
export function RadioField(props: Props) {
  const { name, legend, options, defaultValue, value, onValueChange, help, error, isRequired } = props;
  const id = fieldId(name);
  return (
    <fieldset aria-describedby={describedBy(id, { help, error })} className="flex min-w-0 flex-col gap-1.5">
      <legend className="pb-1.5 text-sm font-medium">{legend}</legend>
      <div className="flex flex-col gap-1">
        {options.map((option, index) => {
          const optionId = index === 0 ? id : `${id}-${index}`;
          return (
            <div key={option.value} className="flex items-start gap-2.5 py-1">
              <input
                type="radio"
                id={optionId}
                name={name}
                value={option.value}
                disabled={option.isDisabled}
                required={isRequired}
                checked={value === undefined ? undefined : value === option.value}
                defaultChecked={value === undefined ? defaultValue === option.value : undefined}
                onChange={onValueChange && (() => onValueChange(option.value))}
                aria-invalid={error ? true : undefined}
                aria-describedby={option.help ? `${optionId}-about` : undefined}
                className="m-1 size-4 shrink-0 disabled:opacity-60"
              />
              <div className="min-w-0 text-base">
                <label htmlFor={optionId} className="block">
                  {option.text}
                </label>
                {option.help && (
                  <p id={`${optionId}-about`} className="text-sm text-muted">
                    {option.help}
                  </p>
                )}
              </div>
            </div>
          );
        })}
      </div>
      <FieldNotes id={id} help={help} error={error} />
    </fieldset>
  );
}
