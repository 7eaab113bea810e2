// Passwords that everybody tries first: those of documentation, of images, and of lazy evenings.

const common = new Set(
  (
    'admin admin123 administrator changeit changeme changethis default demo dev development example guest hunter2 letmein ' +
    'mysecretpassword mypassword minioadmin minio123 nopassword pass pass123 passw0rd password password1 password123 pgadmin ' +
    'postgres qwerty rabbitmq redis root root123 rootpass rootpassword s3cret sa secret secretpassword somewordpress ' +
    'strongpassword superpassword supersecret superset sys system test test123 testing tiger toor trust user userpass ' +
    'wordpress welcome yourpassword mongo mongodb mysql mariadb nextcloud neo4j grafana elastic kibana'
  ).split(' '),
);

/** Without case, separators and marks: `Change-Me!`, `my_secret_pw`. */
const plain = (password: string): string => password.toLowerCase().replace(/[\W_]/g, '');

/** What is tried first: a known one, a row of digits, or the name of the account beside it. */
export function isCommonPassword(password: string, ...names: readonly string[]): boolean {
  const text = plain(password);
  return (
    common.has(text) || /^(?:0?1234567?8?9?0?|(.)\1*)$/.test(text) || names.some(name => plain(name) === text)
  );
}
