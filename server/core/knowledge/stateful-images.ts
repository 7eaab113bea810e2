// Images that keep something: what they are, the ports they serve, and the folder that holds what must not be lost.
import { compareVersions, tagParts } from './tag-parts.ts';

export type StoreKind = 'database' | 'cache' | 'queue' | 'search' | 'files' | 'metrics';

export interface StatefulImage {
  /** As people call it. */
  readonly name: string;
  readonly kind: StoreKind;
  readonly ports: readonly number[];
  /** Folders that must outlive the container; none where a loss is only a cold start. */
  readonly data: readonly string[];
}

interface Row extends StatefulImage {
  readonly image: RegExp;
}

type Words = readonly [names: string, name: string, kind: StoreKind, ports: string, data: string];

/**
 * Names of images (their last part, or the last two), and what they hold. Sources: the VOLUME and EXPOSE instructions
 * of the Dockerfiles that the projects publish, and the pages of the images.
 */
const table: readonly Words[] = [
  ['bitnami/postgresql bitnamilegacy/postgresql', 'PostgreSQL', 'database', '5432', '/bitnami/postgresql'],
  [
    'postgres postgis pgvector timescaledb timescaledb-ha postgresql',
    'PostgreSQL',
    'database',
    '5432',
    '/var/lib/postgresql/data',
  ],
  ['bitnami/mysql', 'MySQL', 'database', '3306', '/bitnami/mysql/data'],
  ['mysql mysql-server percona percona-server', 'MySQL', 'database', '3306', '/var/lib/mysql'],
  ['bitnami/mariadb', 'MariaDB', 'database', '3306', '/bitnami/mariadb'],
  ['linuxserver/mariadb', 'MariaDB', 'database', '3306', '/config'],
  ['mariadb', 'MariaDB', 'database', '3306', '/var/lib/mysql'],
  ['bitnami/mongodb', 'MongoDB', 'database', '27017', '/bitnami/mongodb'],
  ['mongo', 'MongoDB', 'database', '27017', '/data/db'],
  ['mssql/server azure-sql-edge', 'SQL Server', 'database', '1433', '/var/opt/mssql'],
  ['oracle-xe oracle-free database/free', 'Oracle', 'database', '1521', '/opt/oracle/oradata'],
  ['couchdb', 'CouchDB', 'database', '5984', '/opt/couchdb/data'],
  ['couchbase couchbase/server', 'Couchbase', 'database', '8091 11210', '/opt/couchbase/var'],
  ['cassandra', 'Cassandra', 'database', '9042', '/var/lib/cassandra'],
  ['scylladb/scylla', 'ScyllaDB', 'database', '9042', '/var/lib/scylla'],
  ['cockroachdb/cockroach', 'CockroachDB', 'database', '26257', '/cockroach/cockroach-data'],
  ['clickhouse clickhouse-server', 'ClickHouse', 'database', '8123 9000', '/var/lib/clickhouse'],
  ['neo4j', 'Neo4j', 'database', '7474 7687', '/data'],
  ['arangodb', 'ArangoDB', 'database', '8529', '/var/lib/arangodb3'],
  ['rethinkdb', 'RethinkDB', 'database', '28015 29015', '/data'],
  ['orientdb', 'OrientDB', 'database', '2424 2480', '/orientdb/databases'],
  ['surrealdb', 'SurrealDB', 'database', '8000', ''],
  ['influxdb', 'InfluxDB', 'database', '8086', '/var/lib/influxdb2 /var/lib/influxdb'],
  ['qdrant/qdrant', 'Qdrant', 'database', '6333 6334', '/qdrant/storage'],
  ['redis valkey keydb dragonfly redis-stack redis-stack-server', 'Redis', 'cache', '6379', ''],
  ['memcached', 'Memcached', 'cache', '11211', ''],
  ['bitnami/rabbitmq', 'RabbitMQ', 'queue', '5672', '/bitnami/rabbitmq/mnesia'],
  ['rabbitmq', 'RabbitMQ', 'queue', '5672', '/var/lib/rabbitmq'],
  ['apache/kafka', 'Kafka', 'queue', '9092', '/var/lib/kafka/data'],
  ['confluentinc/cp-kafka', 'Kafka', 'queue', '9092', '/var/lib/kafka/data'],
  ['bitnami/kafka', 'Kafka', 'queue', '9092', '/bitnami/kafka'],
  ['zookeeper', 'ZooKeeper', 'queue', '2181', '/data'],
  [
    'elasticsearch elasticsearch-oss',
    'Elasticsearch',
    'search',
    '9200 9300',
    '/usr/share/elasticsearch/data',
  ],
  ['opensearchproject/opensearch', 'OpenSearch', 'search', '9200 9600', '/usr/share/opensearch/data'],
  ['getmeili/meilisearch', 'Meilisearch', 'search', '7700', '/meili_data'],
  ['solr', 'Solr', 'search', '8983', '/var/solr'],
  ['minio/minio', 'MinIO', 'files', '', '/data'],
  ['library/registry registry', 'the registry', 'files', '', '/var/lib/registry'],
  ['nextcloud', 'Nextcloud', 'files', '', '/var/www/html'],
  ['wordpress', 'WordPress', 'files', '', '/var/www/html'],
  ['ghost', 'Ghost', 'files', '', '/var/lib/ghost/content'],
  ['joomla', 'Joomla', 'files', '', '/var/www/html'],
  ['gitea gitea/gitea', 'Gitea', 'files', '', '/data /var/lib/gitea'],
  ['vaultwarden vaultwarden/server', 'Vaultwarden', 'files', '', '/data'],
  ['jenkins/jenkins', 'Jenkins', 'files', '', '/var/jenkins_home'],
  ['sonatype/nexus3', 'Nexus', 'files', '', '/nexus-data'],
  ['grafana grafana-oss grafana-enterprise', 'Grafana', 'metrics', '', '/var/lib/grafana'],
  ['prom/prometheus', 'Prometheus', 'metrics', '', '/prometheus'],
];

/** Another program under a name that looks like the image's: an exporter, a tool, a backup. */
const rows: readonly Row[] = table.map(([names, name, kind, ports, data]) => ({
  image: new RegExp(`(?:^|/)(?:${names.replaceAll(' ', '|')})$`),
  name,
  kind,
  ports: ports === '' ? [] : ports.split(' ').map(Number),
  data: data === '' ? [] : data.split(' '),
}));

/** PostgreSQL keeps its data one folder higher since 18 (github.com/docker-library/postgres, pull request 1259). */
const postgresMoved = [18];
const formerPostgresData = '/var/lib/postgresql/data';
const postgresData = '/var/lib/postgresql';

/** What an image by that familiar name holds; undefined for one that holds nothing, as far as is known. */
export function statefulImage(image: string, tag: string | null): StatefulImage | undefined {
  const row = rows.find(candidate => candidate.image.test(image));
  if (row?.data[0] !== formerPostgresData || image !== 'postgres') return row;
  const { version } = tagParts(tag ?? 'latest');
  const isNew = version === null || compareVersions(version, postgresMoved) >= 0;
  return isNew ? { ...row, data: [postgresData] } : row;
}

/** Ports that belong to a store by custom, whatever the image is called. */
export const storePorts: ReadonlyMap<number, string> = new Map(
  [...rows]
    .filter(({ kind }) => kind !== 'files' && kind !== 'metrics')
    .flatMap(({ name, ports }) => ports.map(port => [port, name] as const))
    // These are as often something else.
    .filter(([port]) => ![8000, 8091, 8086, 8123, 8983, 9000, 9600, 7700].includes(port)),
);
