// The environment variables that official images set, besides PATH: of operating systems and languages, which set few.
//
// Sources: the ENV instructions of the Dockerfiles that docker-library and adoptium publish.
import { tableName } from './image-names.ts';

const java = 'JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL';

/** Names of one image in all of its versions and variants. */
const byImage: Readonly<Record<string, string>> = {
  almalinux: '',
  alpine: '',
  amazonlinux: '',
  archlinux: '',
  busybox: '',
  'buildpack-deps': '',
  centos: '',
  debian: '',
  fedora: 'DISTTAG FBR FGC FROM_TAG',
  oraclelinux: '',
  rockylinux: '',
  ubuntu: '',
  amazoncorretto: 'JAVA_HOME LANG',
  'eclipse-temurin': java,
  golang: 'GOLANG_VERSION GOPATH GOTOOLCHAIN',
  gradle: `GRADLE_HOME GRADLE_VERSION ${java}`,
  maven: `MAVEN_CONFIG MAVEN_HOME MAVEN_VERSION ${java}`,
  node: 'NODE_VERSION YARN_VERSION',
  openjdk: 'JAVA_HOME JAVA_VERSION LANG',
  php:
    'APACHE_CONFDIR APACHE_ENVVARS GPG_KEYS PHPIZE_DEPS PHP_ASC_URL PHP_CFLAGS PHP_CPPFLAGS PHP_EXTRA_BUILD_DEPS ' +
    'PHP_EXTRA_CONFIGURE_ARGS PHP_INI_DIR PHP_LDFLAGS PHP_MD5 PHP_SHA256 PHP_URL PHP_VERSION',
  python:
    'GPG_KEY LANG PYTHONIOENCODING PYTHON_GET_PIP_SHA256 PYTHON_GET_PIP_URL PYTHON_PIP_VERSION ' +
    'PYTHON_SETUPTOOLS_VERSION PYTHON_SHA256 PYTHON_VERSION',
  ruby:
    'BUNDLE_APP_CONFIG BUNDLE_BIN BUNDLE_PATH BUNDLE_SILENCE_ROOT_WARNING GEM_HOME LANG RUBYGEMS_VERSION ' +
    'RUBY_DOWNLOAD_SHA256 RUBY_DOWNLOAD_URL RUBY_MAJOR RUBY_VERSION',
  rust: 'CARGO_HOME RUSTUP_HOME RUST_VERSION',
};

/** Whether containers of an image have the variable; `unknown` for the images that are not in the table. */
export function setsVariable(image: string, name: string): boolean | 'unknown' {
  if (name === 'PATH') return true;
  const names = byImage[tableName(image)];
  return names === undefined ? 'unknown' : names.split(' ').includes(name);
}
