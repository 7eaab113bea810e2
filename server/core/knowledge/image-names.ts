// The names under which the tables know an image: a copy in another registry is the same image.

/** Registries with copies of the official images. */
const mirrors = ['public.ecr.aws/docker/library/', 'mirror.gcr.io/library/'];

const sameImages: Readonly<Record<string, string>> = {
  'ghcr.io/nginx/nginx-unprivileged': 'nginxinc/nginx-unprivileged',
  'quay.io/nginx/nginx-unprivileged': 'nginxinc/nginx-unprivileged',
  'public.ecr.aws/nginx/nginx-unprivileged': 'nginxinc/nginx-unprivileged',
  'quay.io/prometheus/prometheus': 'prom/prometheus',
  'grafana/grafana-oss': 'grafana/grafana',
  'grafana/grafana-enterprise': 'grafana/grafana',
  'quay.io/minio/minio': 'minio/minio',
  'docker.elastic.co/elasticsearch/elasticsearch': 'elasticsearch',
  'docker.elastic.co/kibana/kibana': 'kibana',
  'docker.elastic.co/logstash/logstash': 'logstash',
};

export function tableName(image: string): string {
  const mirror = mirrors.find(prefix => image.startsWith(prefix));
  return mirror === undefined ? (sameImages[image] ?? image) : image.slice(mirror.length);
}
