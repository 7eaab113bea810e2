// Settings of well-known images that take away the login or another guard: variables, and options of their commands.

/** What to write instead: a value, a variable that demands a password, or nothing at all. */
export type Instead =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'demand'; readonly variable: string }
  | { readonly kind: 'removal' };

export interface InsecureDefault {
  /** What it does, behind "lets": in words for the message. */
  readonly effect: string;
  readonly instead: Instead;
}

interface Row extends InsecureDefault {
  readonly name: RegExp;
  readonly value: RegExp;
  /** The images that know the variable, where its name does not tell. */
  readonly image?: RegExp;
}

const on = /^(?:true|yes|on|1|enabled?)$/i;
const off = /^(?:false|no|off|0|disabled?)$/i;
const anything = /\S/;
const value = (text: string): Instead => ({ kind: 'value', value: text });
const demand = (variable: string): Instead => ({ kind: 'demand', variable });
const removal: Instead = { kind: 'removal' };

const noPassword = 'lets everybody in who reaches it, without a password';
const noLogin = 'lets everybody in who reaches it, without a login';

/** As the pages of the images describe them. The first row that fits counts. */
const rows: readonly Row[] = [
  // hub.docker.com/_/postgres.
  {
    name: /^POSTGRES_HOST_AUTH_METHOD$/,
    value: /^trust$/i,
    effect: noPassword,
    instead: demand('POSTGRES_PASSWORD'),
  },
  { name: /^POSTGRESQL_ALLOW_TRUST_AUTH/, value: on, effect: noPassword, instead: removal },
  // hub.docker.com/_/mysql, hub.docker.com/_/mariadb: any value counts.
  {
    name: /^MYSQL_ALLOW_EMPTY_(?:ROOT_)?PASSWORD$/,
    value: anything,
    effect: noPassword,
    instead: demand('MYSQL_ROOT_PASSWORD'),
  },
  {
    name: /^MARIADB_ALLOW_EMPTY_(?:ROOT_)?PASSWORD$/,
    value: anything,
    effect: noPassword,
    instead: demand('MARIADB_ROOT_PASSWORD'),
  },
  // github.com/bitnami/containers: the README of each image.
  {
    name: /^ALLOW_EMPTY_PASSWORD$/,
    value: on,
    image: /redis|valkey/,
    effect: noPassword,
    instead: demand('REDIS_PASSWORD'),
  },
  {
    name: /^ALLOW_EMPTY_PASSWORD$/,
    value: on,
    image: /postgres/,
    effect: noPassword,
    instead: demand('POSTGRESQL_PASSWORD'),
  },
  {
    name: /^ALLOW_EMPTY_PASSWORD$/,
    value: on,
    image: /mariadb/,
    effect: noPassword,
    instead: demand('MARIADB_ROOT_PASSWORD'),
  },
  {
    name: /^ALLOW_EMPTY_PASSWORD$/,
    value: on,
    image: /mysql/,
    effect: noPassword,
    instead: demand('MYSQL_ROOT_PASSWORD'),
  },
  {
    name: /^ALLOW_EMPTY_PASSWORD$/,
    value: on,
    image: /mongo/,
    effect: noPassword,
    instead: demand('MONGODB_ROOT_PASSWORD'),
  },
  { name: /^ALLOW_EMPTY_PASSWORD$/, value: on, effect: noPassword, instead: value('no') },
  { name: /^ALLOW_ANONYMOUS_LOGIN$/, value: on, effect: noLogin, instead: value('no') },
  {
    name: /^ALLOW_NONE_AUTHENTICATION$/,
    value: on,
    effect: noPassword,
    instead: demand('ETCD_ROOT_PASSWORD'),
  },
  // elastic.co/docs: security settings; opensearch.org/docs: disabling security.
  { name: /^xpack\.security\.enabled$/i, value: off, effect: noPassword, instead: value('true') },
  {
    name: /^(?:DISABLE_SECURITY_PLUGIN|plugins\.security\.disabled)$/,
    value: on,
    effect: noPassword,
    instead: value('false'),
  },
  { name: /^DISABLE_SECURITY_DASHBOARDS_PLUGIN$/, value: on, effect: noLogin, instead: value('false') },
  // neo4j.com/docs/operations-manual: Docker.
  { name: /^NEO4J_AUTH$/, value: /^none$/i, effect: noPassword, instead: removal },
  { name: /^ARANGO_NO_AUTH$/, value: anything, effect: noPassword, instead: demand('ARANGO_ROOT_PASSWORD') },
  { name: /^SURREAL_UNAUTHENTICATED$/, value: on, effect: noPassword, instead: value('false') },
  { name: /^CLICKHOUSE_SKIP_USER_SETUP$/, value: on, effect: noPassword, instead: removal },
  {
    name: /^AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED$/,
    value: on,
    image: /weaviate/,
    effect: noPassword,
    instead: value('false'),
  },
  // grafana.com/docs: anonymous authentication.
  {
    name: /^GF_AUTH_ANONYMOUS_ORG_ROLE$/,
    value: /^(?:Admin|Editor)$/i,
    effect: 'gives everybody who reaches it the rights to change it, without a login',
    instead: value('Viewer'),
  },
  { name: /^ME_CONFIG_BASICAUTH(?:_ENABLED)?$/, value: off, effect: noLogin, instead: value('true') },
  { name: /^PGADMIN_CONFIG_SERVER_MODE$/, value: off, effect: noLogin, instead: value('True') },
  { name: /^(?:FB_)?NOAUTH$/, value: on, image: /filebrowser/, effect: noLogin, instead: value('false') },
  {
    name: /^TRAEFIK_API_INSECURE$/,
    value: on,
    effect: 'shows its routes and settings to everybody who reaches it',
    instead: value('false'),
  },
  {
    name: /^SE_VNC_NO_PASSWORD$|^VNC_NO_PASSWORD$/,
    value: on,
    effect: 'shows its desktop to everybody who reaches it',
    instead: value('false'),
  },
  {
    name: /^JUPYTER_TOKEN$/,
    value: /^$/,
    effect: 'lets everybody who reaches it run code',
    instead: demand('JUPYTER_TOKEN'),
  },
];

/** Most variables are none of them: one look spares them the rows. */
const any = new RegExp(rows.map(({ name }) => name.source).join('|'), 'i');

/** A variable of a service that takes a guard away. The image is its name, or nothing where it is not known. */
export const insecureVariable = (name: string, text: string, image: string): InsecureDefault | undefined =>
  any.test(name)
    ? rows.find(row => row.name.test(name) && row.value.test(text) && (row.image?.test(image) ?? true))
    : undefined;

const options: readonly { readonly option: RegExp; readonly program: RegExp; readonly effect: string }[] = [
  { program: /^(?:mysqld|mariadbd)$/, option: /^--skip-grant-tables$/, effect: noPassword },
  { program: /^mongod$/, option: /^--noauth$/, effect: noPassword },
  {
    program: /^(?:cockroach|start|start-single-node)$/,
    option: /^--insecure$/,
    effect: 'lets everybody in who reaches it, and encrypts nothing',
  },
  { program: /^(?:surreal|start)$/, option: /^--unauthenticated$/, effect: noPassword },
  {
    program: /^(?:jupyter|jupyter-lab|jupyter-notebook|start-notebook\.(?:sh|py))$/,
    option: /^--(?:NotebookApp|ServerApp|IdentityProvider)\.token=$/,
    effect: 'lets everybody who reaches it run code',
  },
  { program: /^code-server$/, option: /^--auth=none$/, effect: 'lets everybody who reaches it run code' },
];

/** An option of a command that does so; the effect in words. */
export const insecureOption = (program: string, word: string): string | undefined =>
  options.find(row => row.program.test(program) && row.option.test(word))?.effect;
