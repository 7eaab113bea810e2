// Ctrl+C, and whatever else ends the command from outside: what it has started ends too.

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** While it runs, a signal does not end the process: it is for the work to end. */
export async function withSignal<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const signal of signals) process.on(signal, abort);
  try {
    return await run(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}
