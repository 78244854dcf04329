import { expect } from 'vitest';
import { run } from '@/lib/cli/program';

/** Runs the command line in this process and captures its output. */
export async function signet(...argv: string[]) {
  let out = '';
  let err = '';
  const code = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

/** Runs a command that succeeds, and returns the single JSON value it prints. */
export async function json(...argv: string[]) {
  const { code, out, err } = await signet(...argv, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}
