import { type CredentialSettings, type GrantableScope, MAX_NAME_LENGTH } from '@/lib/api-credential/model';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Violation } from '@/lib/platform/errors';
import { isSameJson } from '@/lib/platform/json';

/** What the settings form changes; the method has a form of its own, and audiences are the command line's. */
export type EditableSettings = Omit<CredentialSettings, 'authMethod' | 'audiences'>;

/** The action `changeCredential`, bound to its project. */
export type ChangeCredential = (input: {
  clientId: string;
  base: Partial<CredentialSettings>;
  mine: Partial<CredentialSettings>;
}) => Promise<ActionResult<EditableSettings>>;

/** The settings as the form edits them. `expiresAt` is an instant (ISO 8601), null for none. */
export type Fields = { name: string; scopes: GrantableScope[]; expiresAt: string | null };

export function toFields({ name, scopes, expiresAt }: EditableSettings): Fields {
  return { name, scopes, expiresAt: expiresAt?.toISOString() ?? null };
}

/** What a save sends: the fields that were edited, with their bases. */
export function toChange(edit: {
  base: Partial<Fields>;
  mine: Partial<Fields>;
}): Record<'base' | 'mine', Partial<EditableSettings>> {
  const mine = { ...edit.mine, ...(edit.mine.name !== undefined && { name: edit.mine.name.trim() }) };
  const isEdited = (name: keyof Fields) => mine[name] !== undefined && !isSameJson(mine[name], edit.base[name]);
  const pick = ({ name, scopes, expiresAt }: Partial<Fields>): Partial<EditableSettings> => ({
    ...(isEdited('name') && { name }),
    ...(isEdited('scopes') && { scopes }),
    ...(isEdited('expiresAt') && { expiresAt: expiresAt ? new Date(expiresAt) : null }),
  });
  return { base: pick(edit.base), mine: pick(mine) };
}

/** What the browser refuses by itself. Only what was edited counts: a credential that has expired can be renamed. */
export function violationsOf(edit: { base: Fields; mine: Fields }, now: Date): Violation[] {
  const { name, scopes, expiresAt } = toChange(edit).mine;
  const fault = (field: keyof Fields, keyword: string): Violation => ({ pointer: `/${field}`, message: '', keyword });
  return [
    ...(name === '' ? [fault('name', 'required')] : []),
    ...(name !== undefined && name.length > MAX_NAME_LENGTH ? [fault('name', 'maxLength')] : []),
    ...(scopes?.length === 0 ? [fault('scopes', 'required')] : []),
    ...(expiresAt && expiresAt <= now ? [fault('expiresAt', 'past')] : []),
  ];
}

/** `YYYY-MM-DDTHH:mm` in the zone of the browser; empty for no date. */
export function toLocalText(instant: string | null): string {
  if (!instant) return '';
  const value = new Date(instant);
  const local = new Date(value.getTime() - value.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'YYYY-MM-DDTHH:mm'.length);
}

/** The instant that a local text means. The text of `base`, which may have seconds that no field shows, means `base`. */
export function fromLocalText(text: string, base: string | null): string | null {
  if (text === toLocalText(base)) return base;
  return text === '' ? null : new Date(text).toISOString();
}
