// Secrets in commands: where they stand, and what a variable for them is called.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMarks } from '../../server/core/engine/example.ts';
import { spokenSecrets } from '../../server/core/insight/spoken-secrets.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { lastOf } from '../support/dockerfile.ts';
import { mark } from '../support/marks.ts';

const rows: readonly [command: string, variables?: string][] = [
  ['TOKEN=«xyzzy1» deploy', 'TOKEN'],
  ['export DB_PASSWORD="«xyzzy1»"', 'DB_PASSWORD'],
  ['deploy --token «xyzzy1»', 'TOKEN'],
  ['deploy --apiToken=«xyzzy1»', 'API_TOKEN'],
  ['deploy -Dx.password=«xyzzy1»', 'DX_PASSWORD'],
  ['curl -u ci:«xyzzy1» h', 'PASSWORD'],
  ['curl -uci:«xyzzy1» h', 'PASSWORD'],
  ['curl -H "Authorization: Bearer «xyzzy1»" h', 'TOKEN'],
  ["curl --header 'PRIVATE-TOKEN: «xyzzy1»' h", 'PRIVATE_TOKEN'],
  ['wget --http-password=«xyzzy1» h', 'HTTP_PASSWORD'],
  ['docker login -u a -p «xyzzy1»', 'PASSWORD'],
  ['sshpass -p «xyzzy1» ssh h', 'PASSWORD'],
  ['sshpass -p«xyzzy1» ssh h', 'PASSWORD'],
  ['htpasswd -bc /etc/users admin «xyzzy1»', 'PASSWORD'],
  ['htpasswd -b -B /etc/users admin "$SECRET"'],
  ['htpasswd /etc/users admin'],
  ['openssl rsa -in a -passin pass:«xyzzy1» -out b', 'PASSWORD'],
  ['openssl rsa -passin file:/run/secrets/pass -passout env:PASS'],
  ['openssl enc -aes-256-cbc -k «xyzzy1»', 'PASSWORD'],
  ['keytool -genkey -storepass «xyzzy1» -keypass "$P"', 'PASSWORD'],
  ['keytool -importcert -cacerts -storepass changeit -file ca.pem'],
  ['unzip -P «xyzzy1» a.zip', 'PASSWORD'],
  ['mysql -uroot -p«xyzzy1»', 'PASSWORD'],
  ['ssh-keygen -t ed25519 -N «xyzzy1» -f key', 'PASSWORD'],
  ["ssh-keygen -N '' -f key"],
  ['dotnet nuget add source https://h -u ci -p «xyzzy1»', 'PASSWORD'],
  ['dotnet publish -p a'],
  ['poetry config http-basic.corp ci «xyzzy1»', 'PASSWORD'],
  ['bundle config set --global gems.example.com ci:«xyzzy1»', 'PASSWORD'],
  ['redis-cli -a «xyzzy1» ping', 'PASSWORD'],
  ['echo "root:«xyzzy1»" | chpasswd', 'ROOT_PASSWORD'],
  ["printf 'app:«xyzzy1»\\n' | sudo chpasswd", 'APP_PASSWORD'],
  ['echo «xyzzy1» | docker login -u ci --password-stdin', 'PASSWORD'],
  ['echo "$PW" | docker login --password-stdin'],
  ['git clone https://ci:«xyzzy1»@h/a', 'URL_PASSWORD'],
  ['pip install --index-url https://ci:«xyzzy1»@h', 'INDEX_URL_PASSWORD'],
  ['npm config set //h/:_authToken «xyzzy1»', '_AUTH_TOKEN'],
  ['npm config set //h/:_authToken=«xyzzy1»', 'SECRET_TOKEN'],
  ['aws configure set aws_secret_access_key «xyzzy1»', 'AWS_SECRET_ACCESS_KEY'],
  ['echo "machine h login ci password «xyzzy1»" >> ~/.netrc', 'SECRET_TOKEN'],
  ['echo password=«xyzzy1» > x', 'PASSWORD'],
  ['docker run -p 8080:80 x'],
  ['deploy --token $TOKEN --password="${PW}"'],
  ['deploy --token --force'],
  ['deploy --token-file /run/secrets/token'],
  ['deploy --key-file x.pem'],
  ['login --password-stdin < /run/secrets/password'],
  ['curl -u ci:$PW h'],
  ['curl -H "Accept: text/html" -H "X-Token: $T" h'],
  ['echo "root:$PW" | chpasswd'],
  ['echo root:xyzzy1'],
  ['git config --global user.name x'],
  ['adduser --disabled-password x'],
  ["key='BCA4 3417 C3B4 85DD'"],
];

for (const [code, variables = ''] of rows) {
  test(`spoken in ${code}`, () => {
    const command = readMarks(code).text;
    const model = parseDockerfile(`FROM a\nRUN ${command}\n`);
    const found = lastOf(model, 'RUN').script.commands.flatMap(spokenSecrets);
    assert.equal(
      mark(
        model.text,
        found.map(({ span }) => span),
      ),
      `FROM a\nRUN ${code}\n`,
    );
    assert.equal(found.map(({ variable }) => variable).join(' '), variables);
    assert.ok(found.every(({ what }) => !what.includes('xyzzy1')));
  });
}

const forEntrypoints: readonly [command: string, variables: string][] = [
  ['["--password=xyzzy1", "--port", "80"]', 'PASSWORD'],
  ['["--admin-password", "xyzzy1"]', 'ADMIN_PASSWORD'],
  ['["--port", "80", "--requirepass", "xyzzy1"]', 'PASSWORD'],
];
for (const [code, variables] of forEntrypoints) {
  test(`spoken to a program of the image: ${code}`, () => {
    const model = parseDockerfile(`FROM a\nCMD ${code}\n`);
    const found = lastOf(model, 'CMD').script.commands.flatMap(spokenSecrets);
    assert.equal(found.map(({ variable }) => variable).join(' '), variables);
  });
}
