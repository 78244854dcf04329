import type { Command } from 'commander';
import { type CheckResult, runChecks } from './checks';
import { AlreadyReportedError, type Io, printResult } from './output';

const WORDS = { ok: 'ok  ', warning: 'WARN', failure: 'FAIL' } as const;

export function addDoctorCommand(program: Command, io: Io): void {
  program
    .command('doctor')
    .description('check settings, database, secret, mail, clock, disk and server, with advice; changes nothing')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }) => {
      const results = await runChecks();
      const isHealthy = results.every(({ status }) => status !== 'failure');
      printResult(io, json, { ok: isHealthy, checks: results }, [...results.flatMap(toLines), '', summary(results)]);
      if (!isHealthy) throw new AlreadyReportedError();
    });
}

function toLines({ name, status, found, advice }: CheckResult): string[] {
  const line = `${WORDS[status]}  ${name.padEnd(10)} ${found}`;
  return advice === undefined
    ? [line]
    : [line, ...advice.split('\n').map((part) => `      ${''.padEnd(10)} → ${part}`)];
}

function summary(results: CheckResult[]): string {
  const failures = results.filter(({ status }) => status === 'failure').length;
  const warnings = results.filter(({ status }) => status === 'warning').length;
  if (failures + warnings === 0) return 'All checks passed.';
  return `${failures} failed, ${warnings} warnings.`;
}
