import { Argument, type Command } from 'commander'

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('a script that makes a shell complete commands, options and files')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', `
Examples:
  $ fmw completion bash > ~/.local/share/bash-completion/completions/fmw
  $ fmw completion zsh  > ~/.zfunc/_fmw     (with fpath+=~/.zfunc, then compinit)
  $ fmw completion fish > ~/.config/fish/completions/fmw.fish`)
    .action(async (shell) => (await import('./completion.ts')).completion(shell, program))
}
