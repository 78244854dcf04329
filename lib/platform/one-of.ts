/**
 * A stored string as a member of its union. Throws for any other value: the row was written by a later version or by hand,
 * and no rule knows what it means.
 */
export function oneOf<Value extends string>(values: readonly Value[], stored: string): Value {
  const found = values.find((value) => value === stored);
  if (found === undefined) throw new Error(`A row has "${stored}" where one of ${values.join(', ')} is expected`);
  return found;
}
