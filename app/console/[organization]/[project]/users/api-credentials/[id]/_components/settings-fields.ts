import {
  type AuthMethod,
  type CredentialSettings,
  type GrantableScope,
  MAX_NAME_LENGTH,
} from '@/lib/api-credential/model';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Violation } from '@/lib/platform/errors';
import { isSameJson } from '@/lib/platform/json';

/** The fields of the settings form. Audiences are changed on the command line. */
export type EditableSettings = Omit<CredentialSettings, 'audiences'>;

/** The action `changeCredential`, bound to its project. */
export type ChangeCredential = (input: {
  clientId: string;
  base: Partial<CredentialSettings>;
  mine: Partial<CredentialSettings>;
}) => Promise<ActionResult<EditableSettings>>;

/** The settings as the form edits them. `expiresAt` is an instant (ISO 8601), null for none. */
export type Fields = { name: string; authMethod: AuthMethod; scopes: GrantableScope[]; expiresAt: string | null };

export function toFields({ name, authMethod, scopes, expiresAt }: EditableSettings): Fields {
  return { name, authMethod, scopes, expiresAt: expiresAt?.toISOString() ?? null };
}

/** The edited fields with their bases. */
export function toChange(edit: {
  base: Partial<Fields>;
  mine: Partial<Fields>;
}): Record<'base' | 'mine', Partial<EditableSettings>> {
  const mine = { ...edit.mine, ...(edit.mine.name !== undefined && { name: edit.mine.name.trim() }) };
  const isEdited = (name: keyof Fields) => mine[name] !== undefined && !isSameJson(mine[name], edit.base[name]);
  const pick = ({ name, authMethod, scopes, expiresAt }: Partial<Fields>): Partial<EditableSettings> => ({
    ...(isEdited('name') && { name }),
    ...(isEdited('authMethod') && { authMethod }),
    ...(isEdited('scopes') && { scopes }),
    ...(isEdited('expiresAt') && { expiresAt: expiresAt ? new Date(expiresAt) : null }),
  });
  return { base: pick(edit.base), mine: pick(mine) };
}

/** Violations found in the browser. Only edited fields count, so that an expired credential can be renamed. */
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

/** `YYYY-MM-DDTHH:mm` in the browser's time zone; empty for no date. */
export function toLocalText(instant: string | null): string {
  if (!instant) return '';
  const value = new Date(instant);
  const local = new Date(value.getTime() - value.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'YYYY-MM-DDTHH:mm'.length);
}

/** The instant of a local text. The text of `base` keeps the seconds of `base`, which the field does not show. */
export function fromLocalText(text: string, base: string | null): string | null {
  if (text === toLocalText(base)) return base;
  return text === '' ? null : new Date(text).toISOString();
}
