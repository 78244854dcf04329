import { TextField, type TextFieldProps } from './text-field';

/** A text to type before a deletion. Paste works; no autocomplete or autocorrect. Check with `isTypedConfirmation`. */
export function TypedConfirmationField(props: Omit<TextFieldProps, 'type' | 'autoComplete'>) {
  return (
    <TextField {...props} type="text" autoComplete="off" autoCapitalize="none" autoCorrect="off" spellCheck={false} />
  );
}
