import { type GrantableScope, inOrder, isGrantable, MAX_NAME_LENGTH } from '@/lib/api-credential/model';
import type { Conflict } from '@/lib/platform/errors';
import { isSameJson } from '@/lib/platform/json';
import type { Settings } from './change-credential';

/** Unsaved input. `expiresAt` is in the format of `<input type="datetime-local">`: local time, to the minute. */
export type Draft = { name?: string; scopes?: GrantableScope[]; expiresAt?: string };
export type Field = keyof Settings;
export const FIELDS: Field[] = ['name', 'scopes', 'expiresAt'];

export type DraftFault = 'nameMissing' | 'nameTooLong' | 'scopesMissing' | 'expiresPast';

/** The fields that differ from their value when editing began. */
export function changeOf(draft: Draft, seen: Partial<Settings>): Partial<Settings> {
  const wanted: Partial<Settings> = {};
  if (draft.name !== undefined && draft.name.trim() !== seen.name) wanted.name = draft.name.trim();
  if (draft.scopes !== undefined && !isSameJson(draft.scopes, seen.scopes)) wanted.scopes = draft.scopes;
  if (draft.expiresAt !== undefined && draft.expiresAt !== toLocalText(seen.expiresAt ?? null))
    wanted.expiresAt = fromLocalText(draft.expiresAt);
  return wanted;
}

export function faultsOf(change: Partial<Settings>, now: Date): Partial<Record<Field, DraftFault>> {
  const { name, scopes, expiresAt } = change;
  return {
    ...(name === '' && { name: 'nameMissing' as const }),
    ...(name !== undefined && name.length > MAX_NAME_LENGTH && { name: 'nameTooLong' as const }),
    ...(scopes?.length === 0 && { scopes: 'scopesMissing' as const }),
    ...(expiresAt && expiresAt <= now && { expiresAt: 'expiresPast' as const }),
  };
}

/** The stored values of the fields that changed concurrently. */
export function theirsOf(conflicts: Conflict[]): Partial<Settings> {
  const theirs: Partial<Settings> = {};
  for (const { pointer, theirs: value } of conflicts) {
    if (pointer === '/name' && typeof value === 'string') theirs.name = value;
    if (pointer === '/scopes' && Array.isArray(value)) theirs.scopes = inOrder(value.filter(isGrantable));
    if (pointer === '/expiresAt') theirs.expiresAt = typeof value === 'string' ? new Date(value) : null;
  }
  return theirs;
}

/** `YYYY-MM-DDTHH:mm` in the zone of the browser; empty for no date. */
export function toLocalText(value: Date | null): string {
  if (!value) return '';
  const local = new Date(value.getTime() - value.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'YYYY-MM-DDTHH:mm'.length);
}

function fromLocalText(text: string): Date | null {
  return text === '' ? null : new Date(text);
}
