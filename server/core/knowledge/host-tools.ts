// Images whose work is the host: what other services get hold of by mistake is what they are there for.

/** They hand on few of Docker's requests. */
const socketProxies = /(?:^|\/)(?:docker-)?socket-proxy$|(?:^|\/)docker-proxy$/;

/** They start, update or show containers. */
const containerManagers =
  /(?:^|\/)(?:portainer(?:-[a-z]+)?|agent-portainer|dockge|watchtower|yacht|komodo(?:-[a-z]+)?|periphery|dockhand|arcane|ouroboros|diun|dozzle|ctop|lazydocker|docker-gc|swarmpit|swarmpit-agent|gitlab-runner|drone-runner-docker|woodpecker-agent|act_runner|autoheal|docker-autoheal|docker-autocompose|wud|whats-up-docker|cup|offen-docker-volume-backup|docker-volume-backup|coolify|dokku|caprover|nerdctl|dind)$/;

/** They measure the host, and read its files for that. */
const monitors =
  /(?:^|\/)(?:node-exporter|node_exporter|cadvisor(?:-[a-z0-9]+)?|netdata|agent|datadog-agent|telegraf|glances|promtail|alloy|grafana-agent|beszel-agent|zabbix-agent2?|filebeat|metricbeat|packetbeat|auditbeat|fluent-bit|fluentd|vector|scrutiny(?:-[a-z]+)?|wazuh-agent|falco|osquery|process-exporter|smartctl-exporter|otel-collector|opentelemetry-collector(?:-[a-z]+)?|elastic-agent|newrelic-infra(?:structure)?|prometheus-node-exporter)$/;

/** They find devices by broadcast, hand out addresses, or are the network themselves. */
const networkTools =
  /(?:^|\/)(?:home-assistant|homeassistant|homebridge|node-red-contrib-avahi|avahi|mdns-repeater|mdns-reflector|matter-server|python-matter-server|otbr|tailscale|zerotier|netbird|keepalived|isc-dhcp-server|kea|kea-dhcp4|dhcpd|suricata|ntopng|watchyourlan|netalertx|pi\.alert|scanopy|darkstat|frr|bird|metallb-speaker)$/;

export const isNetworkTool = (image: string): boolean => networkTools.test(image) || isMonitor(image);
export const isSocketProxy = (image: string): boolean => socketProxies.test(image);
export const isContainerManager = (image: string): boolean => containerManagers.test(image);
export const isMonitor = (image: string): boolean => monitors.test(image);
