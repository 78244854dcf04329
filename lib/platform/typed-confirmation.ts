/**
 * Whether the typed text confirms the expected one. Outer spaces, case and Unicode composition do not matter. The form
 * checks it for convenience, the server decides.
 */
export function isTypedConfirmation(typed: string, expected: string): boolean {
  const fold = (text: string) => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return fold(expected) !== '' && fold(typed) === fold(expected);
}
