import { InvalidArgumentError } from 'commander';
import { GRANTABLE_SCOPES, type GrantableScope, isGrantable } from '@/lib/api-credential/model';
import type { Json } from '@/lib/platform/json';

/** Parsers of option values; an invalid value ends the command with exit code 2. */

export function toScopes(value: string, before: GrantableScope[] = []): GrantableScope[] {
  const scopes = value.split(/[\s,]+/).filter(Boolean);
  const unknown = scopes.find((scope) => !isGrantable(scope));
  if (unknown !== undefined || scopes.length === 0)
    throw new InvalidArgumentError(`Valid scopes: ${GRANTABLE_SCOPES.join(', ')}.`);
  return [...before, ...scopes.filter(isGrantable)];
}

export const collect = (value: string, before: string[]) => [...before, value];

export function toNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !(number >= least && number <= most)) {
      throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
    }
    return number;
  };
}

export function toJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('Expected JSON.');
  }
}

export function toLimit(text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > 1000)
    throw new InvalidArgumentError('Expected an integer from 1 to 1000.');
  return Number(text);
}

export function toLine(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('Expected a line number, 1 or higher.');
  return Number(text);
}
