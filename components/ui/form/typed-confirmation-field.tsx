import { TextField, type TextFieldProps } from './text-field';

/** A text to type before something is gone. Paste works; nothing is completed or corrected. Check with `isTypedConfirmation`. */
export function TypedConfirmationField(props: Omit<TextFieldProps, 'type' | 'autoComplete'>) {
  return (
    <TextField {...props} type="text" autoComplete="off" autoCapitalize="none" autoCorrect="off" spellCheck={false} />
  );
}
