/**
 * A stored string as a member of its union. Throws for any other value: a later version or a person wrote the row, and
 * no rule defines its meaning.
 */
export function toUnion<Value extends string>(values: readonly Value[], stored: string): Value {
  const found = values.find((value) => value === stored);
  if (found === undefined) throw new Error(`A row has "${stored}" where one of ${values.join(', ')} is expected`);
  return found;
}
