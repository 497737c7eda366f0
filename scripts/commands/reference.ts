/** The help of every command as a page of Markdown. */
import type { Argument, Command, Option } from 'commander';
import { commandLine } from '../../graders/cli.ts';

/** Word for word what `--help` says, so that the two cannot differ. */
export function commandReference(): string {
  const program = commandLine(() => {});
  return [
    '# Commands',
    '',
    '<!-- Written by `npm run commands`; change the commands, not this page. -->',
    '',
    'stdout is data, stderr is talk. `NO_COLOR` turns colours off.',
    '',
    ...program.commands.flatMap(pageOf),
  ].join('\n');
}

function pageOf(command: Command): string[] {
  const help = command.createHelp();
  return [
    `## gradmark ${command.name()}`,
    '',
    `\`${help.commandUsage(command)}\``,
    '',
    command.description().replaceAll('\n', ' '),
    '',
    ...command.registeredArguments.map((argument: Argument) => `- \`${argument.name()}\`: ${argument.description}`),
    ...command.options.map((option: Option) => `- \`${option.flags}\`: ${help.optionDescription(option)}`),
    '',
  ];
}
