// Services that answer everybody who reaches them, as their images are set up, and what makes them ask who is there.
import { compareVersions, tagParts } from './tag-parts.ts';

interface Pair {
  readonly name: string;
  readonly value: string | null;
}

/** What a service is told. */
export interface ServiceSettings {
  readonly variables: readonly Pair[];
  /** `entrypoint` and `command` in one. */
  readonly command: string;
  /** The paths that something is mounted at. */
  readonly targets: readonly string[];
  /** Some of its variables come from an `env_file`. */
  readonly fromFile: boolean;
}

export interface OpenService {
  /** As people call it. */
  readonly name: string;
  /** What whoever reaches it can do, behind "whoever reaches it". */
  readonly power: string;
  /** A variable of the image that makes it ask for a password; null where it takes more than that. */
  readonly password: string | null;
  /** The option of its command that does so, with a `%` for the password. */
  readonly option: string | null;
}

interface Row {
  readonly image: RegExp;
  readonly name: string;
  readonly power: string;
  /** All that it publishes where it is left out. */
  readonly ports?: readonly number[];
  /** Names of variables that guard it, and words of its command. */
  readonly guard?: RegExp;
  /** Files whose mount may guard it. */
  readonly config?: RegExp;
  /** It is open only with such words in its command. */
  readonly when?: RegExp;
  /** It asks who is there since that version. */
  readonly before?: readonly number[];
  readonly password?: string;
  readonly option?: string;
}

const reads = 'reads and changes all of its data';
const readsMail = 'reads all mail that is caught';
const runs = 'runs code of his own';
const types = 'types into its shell';
const sees = 'sees what the system does, names and addresses included';

/** Their pages and their Dockerfiles say so; the first row that fits counts. */
const rows: readonly Row[] = [
  {
    image: /(?:^|\/)(?:redis|valkey|keydb|dragonfly|redis-stack|redis-stack-server)$/,
    name: 'Redis',
    power: 'reads and changes all of its data, and writes files',
    ports: [6379, 6380],
    guard:
      /^(?:REDIS|VALKEY|KEYDB)_(?:MASTER_)?PASSWORD(?:_FILE)?$|^REDIS_ARGS$|--requirepass|--aclfile|\.conf\b/,
    config: /\.conf$/,
    option: '--requirepass %',
  },
  {
    image: /(?:^|\/)memcached$/,
    name: 'Memcached',
    power: reads,
    ports: [11211],
    guard: /(?:^| )-[a-zA-Z]*S/,
  },
  {
    image: /(?:^|\/)mongo(?:db)?$/,
    name: 'MongoDB',
    power: reads,
    ports: [27017],
    guard:
      /^MONGO(?:DB|_INITDB)?_ROOT_(?:USERNAME|PASSWORD|USER)(?:_FILE)?$|--auth\b|--keyFile|--config|(?:^| )-f /,
    config: /mongod\.conf$/,
  },
  {
    image: /(?:^|\/)elasticsearch(?:-oss)?$/,
    name: 'Elasticsearch',
    power: reads,
    ports: [9200, 9300],
    guard: /^xpack\.security\.enabled$|^ELASTIC_PASSWORD$|xpack\.security\.enabled=true/,
    config: /elasticsearch\.yml$/,
    before: [8],
  },
  {
    image: /(?:^|\/)kibana$/,
    name: 'Kibana',
    power: 'reads and changes the data behind it',
    ports: [5601],
    guard: /^ELASTICSEARCH_(?:USERNAME|PASSWORD|SERVICEACCOUNTTOKEN)$|^XPACK_SECURITY/i,
    config: /kibana\.yml$/,
    before: [8],
  },
  {
    image: /(?:^|\/)(?:adminer|phpmyadmin)$/,
    name: 'The database console',
    power: 'can try passwords for the databases behind it, or needs none where one is set here',
  },
  {
    image: /(?:^|\/)mongo-express$/,
    name: 'mongo-express',
    power: 'reads and changes the databases behind it',
    guard: /^ME_CONFIG_BASICAUTH_(?:USERNAME|PASSWORD)(?:_FILE)?$|^ME_CONFIG_SITE_OIDC/,
  },
  {
    image: /(?:^|\/)redis-commander$/,
    name: 'Redis Commander',
    power: 'reads and changes the data behind it',
    guard: /^HTTP_(?:USER|PASSWORD)/,
  },
  { image: /(?:^|\/)redisinsight$/, name: 'Redis Insight', power: 'reads and changes the data behind it' },
  {
    image: /(?:^|\/)(?:docker-)?socket-proxy$/,
    name: "The proxy of Docker's socket",
    power: 'speaks to the Docker daemon',
  },
  {
    image: /(?:^|\/)dozzle$/,
    name: 'Dozzle',
    power: 'reads the logs of all containers',
    guard: /^DOZZLE_(?:AUTH|USERNAME|PASSWORD)|--auth-provider/,
    config: /users\.ya?ml$/,
  },
  { image: /(?:^|\/)cadvisor$/, name: 'cAdvisor', power: sees },
  { image: /(?:^|\/)glances$/, name: 'Glances', power: sees, guard: /--password|^GLANCES_OPT$/ },
  { image: /(?:^|\/)netdata$/, name: 'Netdata', power: sees, ports: [19999] },
  {
    image: /(?:^|\/)prometheus$/,
    name: 'Prometheus',
    power: sees,
    ports: [9090],
    guard: /--web\.config\.file/,
  },
  {
    image: /(?:^|\/)alertmanager$/,
    name: 'Alertmanager',
    power: 'reads and silences alerts',
    ports: [9093],
    guard: /--web\.config\.file/,
  },
  {
    image: /(?:^|\/)traefik$/,
    name: "Traefik's dashboard",
    power: 'reads all routes and settings',
    ports: [8080],
    when: /--api\.insecure(?:=true)?(?:\s|$)|--api(?:\s|$)/,
  },
  {
    image: /(?:^|\/)(?:kafka-ui|kafdrop|akhq)$/,
    name: 'The console of Kafka',
    power: 'reads and writes all messages',
    guard: /^AUTH_TYPE$|^AKHQ_CONFIGURATION$|SECURITY/,
    config: /\.ya?ml$/,
  },
  {
    image: /(?:^|\/)(?:mailhog)$/,
    name: 'MailHog',
    power: readsMail,
    ports: [8025],
    guard: /^MH_AUTH_FILE$/,
  },
  { image: /(?:^|\/)mailpit$/, name: 'Mailpit', power: readsMail, ports: [8025], guard: /^MP_UI_AUTH/ },
  {
    image: /(?:^|\/)maildev$/,
    name: 'MailDev',
    power: readsMail,
    ports: [1080],
    guard: /^MAILDEV_WEB_USER$|--web-user/,
  },
  { image: /(?:^|\/)mailcatcher$/, name: 'MailCatcher', power: readsMail, ports: [1080] },
  {
    image: /(?:^|\/)flower$/,
    name: 'Flower',
    power: 'reads and stops all tasks',
    guard: /^FLOWER_(?:BASIC_AUTH|OAUTH|AUTH)|--(?:basic[-_]auth|auth)/i,
  },
  {
    image: /(?:^|\/)etcd$/,
    name: 'etcd',
    power: reads,
    ports: [2379, 2380],
    guard: /^ETCD_(?:ROOT_PASSWORD|CLIENT_CERT_AUTH)$|--client-cert-auth/,
  },
  {
    image: /(?:^|\/)zookeeper$/,
    name: 'ZooKeeper',
    power: reads,
    ports: [2181],
    guard: /SASL|^ZOO_ENABLE_AUTH$/,
  },
  {
    image: /^(?:library\/)?registry$/,
    name: 'The registry',
    power: 'pulls and overwrites all images',
    ports: [5000],
    guard: /^REGISTRY_AUTH/,
    config: /config\.yml$/,
  },
  {
    image: /(?:^|\/)qdrant$/,
    name: 'Qdrant',
    power: reads,
    guard: /^QDRANT__SERVICE__API_KEY$/,
    config: /\.ya?ml$/,
    password: 'QDRANT__SERVICE__API_KEY',
  },
  {
    image: /(?:^|\/)meilisearch$/,
    name: 'Meilisearch',
    power: reads,
    guard: /^MEILI_MASTER_KEY$|--master-key/,
    password: 'MEILI_MASTER_KEY',
  },
  {
    image: /(?:^|\/)solr$/,
    name: 'Solr',
    power: reads,
    ports: [8983],
    guard: /^SOLR_AUTH/,
    config: /security\.json$/,
  },
  {
    image: /(?:^|\/)(?:all-in-one|zipkin)$/,
    name: 'The console of traces',
    power: sees,
    ports: [16686, 9411],
  },
  { image: /(?:^|\/)node-red$/, name: 'Node-RED', power: runs, config: /settings\.js$/ },
  { image: /(?:^|\/)ttyd$/, name: 'ttyd', power: types, guard: /--credential|(?:^| )-c / },
  {
    image: /(?:^|\/)nats$/,
    name: 'NATS',
    power: 'reads and writes all messages',
    ports: [4222],
    guard: /--(?:auth|user|config|tlsverify)\b|(?:^| )-c /,
    config: /\.conf$/,
  },
  {
    image: /(?:^|\/)consul$/,
    name: 'Consul',
    power: 'reads and changes what services are told',
    ports: [8500],
    guard: /^CONSUL_LOCAL_CONFIG$|-config-(?:file|dir)/,
    config: /\/consul\//,
  },
  {
    image: /(?:^|\/)flink$/,
    name: 'Flink',
    power: runs,
    ports: [8081],
    guard: /^FLINK_PROPERTIES$/,
    config: /flink-conf\.ya?ml$|config\.ya?ml$/,
  },
  {
    image: /(?:^|\/)(?:standalone|node|hub)(?:-(?:chrome|chromium|firefox|edge))?$/,
    name: 'Selenium',
    power: 'sends a browser to any address that it reaches',
    ports: [4444],
    guard: /^SE_ROUTER_USERNAME$/,
  },
  {
    image: /(?:^|\/)node-exporter$/,
    name: 'The exporter',
    power: sees,
    ports: [9100],
    guard: /--web\.config\.file/,
  },
  {
    image: /(?:^|\/)linuxserver\/code-server$/,
    name: 'code-server',
    power: types,
    ports: [8443],
    guard: /^(?:HASHED_|FILE__)?PASSWORD/,
  },
  { image: /(?:^|\/)code-server$/, name: 'code-server', power: types, when: /--auth[= ]none/ },
  {
    image: /(?:^|\/)spark(?:-master)?$/,
    name: 'Spark',
    power: runs,
    ports: [7077, 8080],
    guard: /^SPARK_RPC_AUTHENTICATION_ENABLED$|spark\.authenticate/,
    config: /spark-defaults\.conf$/,
  },
  { image: /(?:^|\/)ray(?:-ml)?$/, name: 'Ray', power: runs, ports: [8265, 10001] },
  {
    image: /(?:^|\/)nomad$/,
    name: 'Nomad',
    power: runs,
    ports: [4646],
    guard: /-config/,
    config: /\/nomad/,
  },
  {
    image: /(?:^|\/)graphql-engine$/,
    name: 'Hasura',
    power: reads,
    ports: [8080],
    guard: /^HASURA_GRAPHQL_(?:ADMIN_SECRET|ACCESS_KEY)/,
    password: 'HASURA_GRAPHQL_ADMIN_SECRET',
  },
  {
    image: /(?:^|\/)chroma(?:db)?$/,
    name: 'Chroma',
    power: reads,
    ports: [8000],
    guard: /^CHROMA_SERVER_AUTH/,
    config: /\.ya?ml$/,
  },
  {
    image: /(?:^|\/)pgweb$/,
    name: 'pgweb',
    power: 'reads and changes the database behind it',
    guard: /^PGWEB_AUTH_|--auth-/,
  },
  {
    image: /(?:^|\/)(?:loki|victoria-metrics|pushgateway)$/,
    name: 'The store of metrics and logs',
    power: sees,
    guard: /--?(?:httpAuth|web\.config)/,
  },
  { image: /(?:^|\/)ollama$/, name: 'Ollama', power: 'runs and replaces its models', ports: [11434] },
];

const isSet = ({ value }: Pair): boolean => value === null || value.trim() !== '';

function isGuarded({ guard, config, when }: Row, settings: ServiceSettings): boolean {
  const { variables, command, targets, fromFile } = settings;
  if (when !== undefined) return !when.test(command);
  if (guard && (guard.test(command) || variables.some(pair => guard.test(pair.name) && isSet(pair))))
    return true;
  // What a file says is not known: it may guard.
  return (
    (guard !== undefined && fromFile) || (config !== undefined && targets.some(path => config.test(path)))
  );
}

/** What answers everybody at that port of the container; undefined where something asks who is there, or may do so. */
export function openService(
  image: string,
  tag: string | null,
  port: number | null,
  settings: () => ServiceSettings,
): OpenService | undefined {
  const row = rows.find(candidate => candidate.image.test(image));
  if (row === undefined || (row.ports && (port === null || !row.ports.includes(port)))) return undefined;
  const version = tagParts(tag ?? 'latest').version;
  const isOld = version !== null && row.before !== undefined && compareVersions(version, row.before) < 0;
  if ((row.before !== undefined && !isOld) || isGuarded(row, settings())) return undefined;
  const { name, power, password = null, option = null } = row;
  return { name, power, password, option };
}
