import type { Command, HelpConfiguration } from 'commander';

/** Help lists each command once: aliases are earlier names, which work for one more release. */
export const HELP: HelpConfiguration = {
  showGlobalOptions: true,
  subcommandTerm: (command) => (command.commands.length > 0 ? command.name() : `${command.name()} ${command.usage()}`),
  commandUsage: (command) => [...namesOf(command), command.usage()].join(' '),
};

function namesOf(command: Command): string[] {
  return [...(command.parent ? namesOf(command.parent) : []), command.name()];
}
