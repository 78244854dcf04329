import type { Command } from 'commander';
import { examine, type Finding } from './checks';
import { answer, type Io, ToldAlready } from './output';

const WORDS = { ok: 'ok  ', warning: 'WARN', failure: 'FAIL' } as const;

export function addDoctorCommand(program: Command, io: Io): void {
  program
    .command('doctor')
    .description('check settings, database, secret, mail, clock, disk and server, with advice; changes nothing')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine();
      const isWell = findings.every(({ status }) => status !== 'failure');
      answer(io, json, { ok: isWell, checks: findings }, [...findings.flatMap(toLines), '', summary(findings)]);
      if (!isWell) throw new ToldAlready();
    });
}

function toLines({ name, status, found, advice }: Finding): string[] {
  const line = `${WORDS[status]}  ${name.padEnd(10)} ${found}`;
  return advice === undefined
    ? [line]
    : [line, ...advice.split('\n').map((part) => `      ${''.padEnd(10)} → ${part}`)];
}

function summary(findings: Finding[]): string {
  const failures = findings.filter(({ status }) => status === 'failure').length;
  const warnings = findings.filter(({ status }) => status === 'warning').length;
  if (failures + warnings === 0) return 'All checks passed.';
  return `${failures} failed, ${warnings} warnings.`;
}
