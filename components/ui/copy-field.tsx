import type { ReactNode } from 'react';
import { classes } from './classes';
import { CopyButton } from './copy-button';
import { describedBy, FieldFrame, fieldId } from './form/field-frame';
import { INPUT_STYLE } from './form/text-field';

type Props = {
  /** For the id only; nothing is posted. */
  name: string;
  label: ReactNode;
  value: string;
  help?: ReactNode;
  /** `label` is the accessible name of the button: "Copy client ID". */
  copy: { label: string; text: string; copiedText: string };
};

/** A value to copy: an id, a URL, a secret shown once. It is seen whole, on as many lines as it needs. */
export function CopyField({ name, label, value, help, copy }: Props) {
  const id = fieldId(name);
  return (
    <FieldFrame id={id} label={label} help={help}>
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <textarea
          id={id}
          readOnly
          rows={1}
          value={value}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={describedBy(id, { help })}
          className={classes(INPUT_STYLE, 'copy-field flex-[1_1_12rem] border-line read-only:bg-sunken font-mono')}
        />
        <CopyButton value={value} label={copy.label} copyText={copy.text} copiedText={copy.copiedText} />
      </div>
    </FieldFrame>
  );
}
