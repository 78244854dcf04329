/**
 * Whether what was typed confirms the expected text. Letters count, not the way they came in: outer spaces, case and
 * Unicode composition do not matter. Used by the form and, for good, by the server.
 */
export function isTypedConfirmation(typed: string, expected: string): boolean {
  const fold = (text: string) => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return fold(expected) !== '' && fold(typed) === fold(expected);
}
