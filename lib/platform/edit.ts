import { AppError, type Conflict } from './errors';
import { isSameJson, type JsonObject, toPointer } from './json';

/** What somebody changed in a form: the fields as the page showed them, and as they are to be. */
export type Edit<Fields extends JsonObject> = { base: Partial<Fields>; mine: Partial<Fields> };

/**
 * The fields with the edit applied. What somebody else changed since the page was made stays where the form left it alone; where
 * both changed the same field, nothing is overwritten. Refuses: `version_conflict` with `conflicts`.
 */
export function mergeEdit<Fields extends JsonObject>(current: Fields, { base, mine }: Edit<Fields>): Fields {
  const conflicts: Conflict[] = [];
  const wanted: JsonObject = {};
  for (const [name, value] of Object.entries(mine)) {
    const theirs = Object.hasOwn(current, name) ? current[name] : undefined;
    if (value === undefined || theirs === undefined || isSameJson(value, base[name])) continue;
    if (!isSameJson(theirs, base[name]) && !isSameJson(theirs, value))
      conflicts.push({ pointer: toPointer([name]), base: base[name] ?? null, mine: value, theirs });
    wanted[name] = value;
  }
  if (conflicts.length > 0) throw new AppError('version_conflict', { conflicts });
  return { ...current, ...wanted };
}
