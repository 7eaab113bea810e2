// Signals that services want to be stopped with: they finish what they have in hand, where another one cuts it off.

export interface StopSignal {
  readonly signal: string;
  /** What happens on SIGTERM instead. */
  readonly otherwise: string;
}

const graceful = (signal: string): StopSignal => ({
  signal,
  otherwise: 'drops the requests that it is answering',
});

/** By the program that the container starts. */
export const stopSignals: Readonly<Record<string, StopSignal>> = {
  nginx: graceful('SIGQUIT'),
  openresty: graceful('SIGQUIT'),
  'php-fpm': graceful('SIGQUIT'),
  apache2: graceful('SIGWINCH'),
  httpd: graceful('SIGWINCH'),
  'apache2-foreground': graceful('SIGWINCH'),
  'httpd-foreground': graceful('SIGWINCH'),
  haproxy: graceful('SIGUSR1'),
  postgres: { signal: 'SIGINT', otherwise: 'waits for every client to leave, until it is killed' },
  systemd: { signal: 'SIGRTMIN+3', otherwise: 'starts itself anew and never ends, until it is killed' },
};
