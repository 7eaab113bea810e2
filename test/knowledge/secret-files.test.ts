// Which files hold secrets, by their names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretFile } from '../../server/core/knowledge/secret-files.ts';

const rows: Readonly<Record<string, string>> = {
  'an environment file': '.env .env.local .env.production config/prod.env .env* .envrc ./.env .env/',
  'an SSH key':
    'id_rsa ~/.ssh/id_ed25519 id_ecdsa_sk deploy_ed25519 ssh_host_rsa_key C:\\Users\\me\\.ssh\\id_rsa',
  'a folder of SSH keys': '.ssh .ssh/ home/me/.ssh',
  'a private key':
    'server.pem privkey.pem *.pem key.pem server.key private.key tls.key config/master.key site.ppk',
  'a key store': 'app.p12 a.pfx a.jks release.keystore',
  'credentials of a package registry':
    '.npmrc web/.npmrc .pypirc auth.json .gem/credentials .cargo/credentials.toml',
  'passwords for hosts': '.netrc _netrc .git-credentials',
  'a password file': '.htpasswd',
  'credentials of a cloud account':
    '.aws .aws/credentials credentials.json service-account.json serviceAccountKey.json my-service-account-prod.json ' +
    'client_secret_123.json .config/gcloud/application_default_credentials.json .azure',
  'credentials of an image registry': '.docker/config.json .docker .dockercfg',
  'a Kubernetes configuration': '.kube/config kubeconfig prod-kubeconfig.yaml',
  'a Terraform state or login': 'terraform.tfstate terraform.tfstate.backup prod.tfstate',
  'a file of secrets': 'secrets.yml config/secrets.yaml secret.json secrets.toml',
  'database passwords': '.pgpass .my.cnf',
  'the key of a vault': '.vault-token vault_pass.txt',
  'a folder of private keys': '.gnupg .gnupg/private-keys-v1.d',
};

const none = `
  .env.example .env.sample .env.template .env.dist .env.local.example example.env .env.defaults env environment.ts
  .envoy.yaml id_rsa.pub ssh_host_rsa_key.pub cert.pem fullchain.pem ca.pem ca-bundle.pem chain.pem dhparam.pem
  dhparam4096.pem public.pem public.key nodesource.gpg.key apt.key truststore.jks cacerts.jks debug.keystore
  secrets.enc.yaml secrets.sops.yaml sealed-secrets.yaml secrets.py secrets.ts config.json package.json wp-config.php
  main.tf docker-compose.yml .dockerignore .aws/config tokenizer.json nginx.conf credentials.ts keys monkey.txt . / *
`;

for (const [kind, paths] of Object.entries(rows)) {
  for (const path of paths.split(' ')) {
    test(`${path}: ${kind}`, () => assert.equal(secretFile(path)?.kind, kind));
  }
}

for (const path of [...none.trim().split(/\s+/), '']) {
  test(`${path}: no secret`, () => assert.equal(secretFile(path), null));
}
