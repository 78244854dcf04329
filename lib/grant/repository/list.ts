/** A JSON array of strings, as a column holds it. */
export function toList(text: string): string[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error('A column is not a JSON array');
  return parsed.map(String);
}
