// `bulkhead lsp`: the language server, for editors.
import { command } from './command.ts';
import { flag } from './flags.ts';

export const lspCommand = command(
  {
    name: 'lsp',
    operands: '',
    summary: 'Start the language server',
    notes: 'Editors start it. It speaks over standard streams unless a flag names something else.',
    flags: {
      stdio: flag.switch('Speak over standard streams'),
      'node-ipc': flag.switch("Speak over Node's channel to the parent process"),
      pipe: flag.value('NAME', 'Speak over a named pipe'),
      socket: flag.value('PORT', 'Speak over a socket'),
      clientProcessId: flag.value('PID', 'End when this process has ended'),
    },
  },
  async () => {
    // The module reads the flags itself, and keeps the process alive until the client says goodbye.
    await import('../node/stdio.ts');
    return 0;
  },
);
