import { type Command, Option } from 'commander';
import { CLAIM_SCOPES, type ClaimRule, type ClaimScope, DEFAULT_CLAIMS } from '@/lib/claim/model';
import { describeClaims, findClaimRules, resetClaimRule, setClaimRule } from '@/lib/claim/service';
import { findByReference, REFERENCE } from './identity-reference';
import { type Io, printResult, table } from './output';
import { openProject } from './project';

export function addClaimCommands(program: Command, io: Io): void {
  const noun = program.command('claim').description('what applications learn about people');
  addList(noun, io);
  addSet(noun, io);
  addReset(noun, io);
  addPreview(noun, io);
}

const BUILT_IN = 'built in';

function addList(noun: Command, io: Io): void {
  noun
    .command('list')
    .description('list all claims with their scope and source')
    .option('--json', 'print one JSON value')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { project } = await openProject(command);
      printRules(io, json, await findClaimRules(project.id));
    });
}

function printRules(io: Io, json: boolean | undefined, rules: ClaimRule[]): void {
  const kept = DEFAULT_CLAIMS.filter(({ claim }) => !rules.some((rule) => rule.claim === claim));
  const all = [
    ...kept.map(({ claim, scope }) => ({ claim, scope, source: BUILT_IN })),
    ...rules.map(({ claim, scope, pointer }) => ({ claim, scope, source: pointer })),
  ];
  const rows = all.map(({ claim, scope, source }) => [claim, scope, source ?? 'not shown']);
  printResult(io, json, all, table([['CLAIM', 'SCOPE', 'SOURCE'], ...rows]));
}

type SetOptions = { scope: ClaimScope; json?: boolean };

function addSet(noun: Command, io: Io): void {
  noun
    .command('set')
    .description('set where a claim comes from')
    .argument('<claim>', 'name, such as nickname')
    .argument('<source>', 'JSON Pointer to /traits/…, /metadata_public/… or /external_id; "none" hides it')
    .addOption(new Option('--scope <scope>', 'scope that shows it').choices(CLAIM_SCOPES).default('profile'))
    .option('--json', 'print one JSON value')
    .action(async (claim: string, source: string, { scope, json }: SetOptions, command: Command) => {
      const { actor } = await openProject(command);
      printRules(io, json, await setClaimRule(actor, { claim, scope, pointer: source === 'none' ? null : source }));
    });
}

function addReset(noun: Command, io: Io): void {
  noun
    .command('reset')
    .description('return a claim to its built-in source, or remove it')
    .argument('<claim>')
    .option('--json', 'print one JSON value')
    .action(async (claim: string, { json }: { json?: boolean }, command: Command) => {
      const { actor } = await openProject(command);
      printRules(io, json, await resetClaimRule(actor, claim));
    });
}

type PreviewOptions = { scopes: string; json?: boolean };

function addPreview(noun: Command, io: Io): void {
  noun
    .command('preview')
    .description('show what applications learn about a person')
    .argument('<identity>', REFERENCE)
    .option('--scopes <scopes>', 'separated by spaces', CLAIM_SCOPES.join(' '))
    .option('--json', 'print one JSON value')
    .action(async (reference: string, { scopes, json }: PreviewOptions, command: Command) => {
      const { project } = await openProject(command);
      const identity = await findByReference(project.id, reference);
      const of = { projectId: project.id, origin: project.origin };
      const shown = await describeClaims(of, identity, scopes.split(' '));
      const rows = shown.map(({ claim, scope, value }) => [claim, scope, JSON.stringify(value)]);
      printResult(io, json, shown, table([['CLAIM', 'SCOPE', 'VALUE'], ['sub', 'openid', identity.id], ...rows]));
    });
}
