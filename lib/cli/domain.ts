import { type Command, Option } from 'commander';
import { cliActor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import type { DomainClaim, Project } from '@/lib/project/model';
import { challengeRecord, hasUnreachableOrigin } from '@/lib/project/model/origin';
import {
  addOrigin,
  approveClaim,
  checkClaim,
  confirmUnreviewed,
  listAllProjects,
  listClaims,
  listForReview,
  listOrigins,
  removeOrigin,
  withdrawClaim,
} from '@/lib/project/service';
import { type Io, printResult, table } from './output';
import { openProject } from './project';

const VALUE = 'origin such as https://id.example.com, or sender, as shown by list';

export function addDomainCommands(program: Command, io: Io): void {
  const noun = program.command('domain').description('domains and senders of projects, and their verification');
  addList(noun, io);
  addReview(noun, io);
  addAdd(noun, io);
  addVerify(noun, io);
  addApprove(noun, io);
  addRemove(noun, io);
}

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list the domains of a project; pending ones with their TXT record')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const listed = await readDomains(project);
      const rows = listed.map(({ value, state, record }) => [
        value,
        state,
        record ? `${record.name} "${record.value}"` : '',
      ]);
      printResult(io, json, listed, table([['DOMAIN OR SENDER', 'STATE', 'TXT RECORD'], ...rows]));
    });
}

async function readDomains(project: Project) {
  const origins = (await listOrigins(project.id)).filter((one) => !hasUnreachableOrigin(one));
  const claims = await listClaims(project.id);
  return [
    ...origins.map(({ origin, isPrimary, approval }) => ({
      value: origin,
      kind: 'origin',
      state: isPrimary ? 'primary' : 'in use',
      approval,
      record: null,
    })),
    ...claims.map((claim) => ({
      value: claim.value,
      kind: claim.kind,
      state: 'pending',
      approval: null,
      record: challengeRecord(claim),
    })),
  ];
}

type ReviewOptions = { approveAll?: boolean; keep?: boolean; json?: boolean };

function addReview(noun: Command, io: Io): void {
  noun
    .command('review')
    .description('list pending domains of all projects, and domains in use that were never approved')
    .option('--approve-all', 'approve all domains in use that were never approved')
    .addOption(new Option('--keep').hideHelp()) // earlier name
    .option('--json', 'print one JSON value')
    .action(async ({ keep = false, approveAll = keep, json }: ReviewOptions, command: Command) => {
      const { actor } = await openProject(command);
      const { waiting, unreviewed } = await listForReview();
      const paths = new Map((await listAllProjects()).map(({ path, project }) => [project.id, path]));
      if (approveAll) for (const one of unreviewed) await confirmUnreviewed(actor, one);
      const state = approveAll ? 'approved' : 'not approved';
      const listed = [
        ...waiting.map(({ projectId, kind, value }) => ({
          project: paths.get(projectId),
          kind,
          value,
          state: 'pending',
        })),
        ...unreviewed.map(({ projectId, kind, value }) => ({ project: paths.get(projectId), kind, value, state })),
      ];
      const rows = listed.map(({ project = '', value, state: shown }) => [project, value, shown]);
      printResult(
        io,
        json,
        listed,
        rows.length === 0 ? ['Nothing to review.'] : table([['PROJECT', 'DOMAIN OR SENDER', 'STATE'], ...rows]),
      );
    });
}

function addAdd(noun: Command, io: Io): void {
  noun
    .command('add')
    .description('add a domain to a project; added here, it needs no verification')
    .argument('<origin>', 'such as https://id.example.com')
    .option('--json', 'print one JSON value')
    .action(async (origin: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      const added = await addOrigin(actor, origin);
      printResult(io, json, { origin: added.origin, primary: added.isPrimary }, [
        `The project answers at ${added.origin}`,
      ]);
    });
}

function addVerify(noun: Command, io: Io): void {
  noun
    .command('verify')
    .alias('check')
    .description('verify a pending domain or sender by its TXT record')
    .argument('<value>', VALUE)
    .option('--json', 'print one JSON value')
    .action(async (value: string, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const claim = await findClaim(project, value);
      const check = await checkClaim(actor, claim.id);
      const { name, value: text } = challengeRecord(claim);
      const lines = {
        proven: `${claim.value} is verified and in use.`,
        absent: `No TXT record ${name} "${text}".`,
        unreachable: 'No DNS server answered.',
      };
      printResult(io, json, { value: claim.value, check }, [lines[check]]);
    });
}

function addApprove(noun: Command, io: Io): void {
  noun
    .command('approve')
    .description('approve a pending domain or sender without verification')
    .argument('<value>', VALUE)
    .option('--json', 'print one JSON value')
    .action(async (value: string, { json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      const claim = await findClaim(project, value);
      await approveClaim(cliActor(project.id), claim.id);
      printResult(io, json, { value: claim.value }, [`${claim.value} is in use.`]);
    });
}

function addRemove(noun: Command, io: Io): void {
  noun
    .command('remove')
    .description('remove a domain or a pending entry from a project; the primary domain cannot be removed')
    .argument('<value>', VALUE)
    .option('--json', 'print one JSON value')
    .action(async (value: string, { json }: { json?: boolean }, command: Command) => {
      const { project, actor } = await openProject(command);
      const origin = (await listOrigins(project.id)).find((one) => one.origin === value);
      if (origin) await removeOrigin(actor, origin.id);
      else await withdrawClaim(actor, (await findClaim(project, value)).id);
      printResult(io, json, { value }, [`${value} is removed.`]);
    });
}

async function findClaim(project: Project, value: string): Promise<DomainClaim> {
  const claim = (await listClaims(project.id)).find((one) => one.value === value);
  if (!claim) throw new AppError('not_found', { reason: `No pending domain or sender ${value}; see: domain list` });
  return claim;
}
