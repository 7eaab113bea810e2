// Calls that write credentials into a file: which ones do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedLogins } from '../../server/core/knowledge/stored-logins.ts';

// biome-ignore format: one row a case
const rows: readonly (readonly [call: string, isLogin: boolean])[] = [
  ['aws configure set aws_secret_access_key $K', true],
  ['aws --profile a configure set default.aws_session_token $(cat a)', true],
  ['aws configure set region eu-west-1', false],
  ['gcloud auth application-default login', true],
  ['gcloud auth configure-docker', false],
  ['az login --service-principal -u a -p b', true],
  ['az login --identity', false],
  ['az acr login', false],
  ['docker login -u a --password-stdin a.b', true],
  ['docker pull login', false],
  ['git config --global url.https://$T@a.b/.insteadOf https://a.b/', true],
  ['git config --global url.https://$HOST/.insteadOf https://a.b/', false],
  ['npm config set //a.b/:_authToken=$T', true],
  ['npm set //a.b/:_authToken $T', true],
  ['npm config set registry $R', false],
  ['pip config set global.index-url https://a:$P@b.c/simple', true],
  ['pip config set global.index-url $URL', false],
  ['composer config -g github-oauth.github.com $T', true],
  ['composer config platform.php $V', false],
  ['bundle config set --global a.b.com $T', true],
  ['bundle config build.nokogiri --with-a=$B', false],
  ['dotnet nuget add source https://a -n b -u c -p $T', true],
  ['dotnet nuget add source https://a -n b', false],
];

for (const [call, isLogin] of rows) {
  test(call, () => {
    const [program = '', ...words] = call.split(' ');
    assert.equal(storedLogins[program]?.call.test(words.join(' ')), isLogin);
  });
}
