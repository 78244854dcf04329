import type { Json } from '@/lib/platform/json';

/** A list of URIs as people type it, one per line; empty lines do not count. */
export function toLines(list: readonly string[]): string {
  return list.join('\n');
}

export function toList(lines: string): string[] {
  return lines.split(/\s+/).filter((line) => line !== '');
}

/** A value of a setting in words, for two that conflict. */
export function inLines(_: string, value: Json): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.join('\n') : String(value);
}
