// Misspelt tags: slips that are found, and tags of long ago that look odd and are in order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { misspelling } from '../../server/core/insight/misspelt-tags.ts';
import { tagTable } from '../../server/core/knowledge/tags.generated.ts';
import { tagsOf } from '../../server/core/knowledge/tags.ts';

/** The right tag; a question mark where nobody can tell. */
const rows: readonly [image: string, right: string][] = [
  ['node:24-slm', '24-slim'],
  ['node:24-alpin', '24-alpine'],
  ['node:24-alpien3.24', '24-alpine3.24'],
  ['node:lastest', 'latest'],
  ['python:3.13-slim-bookwrom', '3.13-slim-bookworm'],
  ['python:3.9-slim-bulseye', '3.9-slim-bullseye'],
  ['nginx:stabel', 'stable'],
  ['php:8.4-apach', '8.4-apache'],
  ['ubuntu:jamy', 'jammy'],
  ['python:31.3', '3.13'],
  ['python:313', '3.13'],
  ['ubuntu:2404', '24.04'],
  ['ubuntu:24.4', '24.04'],
  ['alpine:324', '3.24'],
  ['node:240', '?'],
  ['postgres:181', '?'],
];
for (const [image, right] of rows) {
  test(`${image} is ${right}`, () => {
    const [name = '', tag = ''] = image.split(':');
    const found = misspelling(name, tag) ?? assert.fail('not found');
    assert.equal(found.tag ?? '?', right);
  });
}

/** Tags that were published once, as far as anybody remembers them; some still are. */
const old = `
node:argon node:0.10 node:wheezy node:8-onbuild node:6-stretch node:8-chakracore python:2-onbuild
python:3.4-wheezy python:2.7-windowsservercore python:rc-slim python:3.17-slim php:5.6-zts php:7-fpm-jessie php:7.1-alpine3.4
mysql:8.0-debian mysql:8.0-oracle mysql:8-oraclelinux8 maven:3-jdk-8 maven:3-openjdk-17-slim maven:3-ibmjava maven:3-onbuild
maven:3-eclipse-temurin-17-focal maven:3-amazoncorretto-8-debian gradle:jdk8 gradle:7-jre8-alpine gradle:8-jdk17-ubi
gradle:6-hotspot tomcat:8-jre8 tomcat:9-jdk8-corretto tomcat:9-jdk17-temurin-focal tomcat:8.5-jdk8-openjdk-slim-buster
tomcat:9-jdk8-adoptopenjdk-openj9 mongo:3.4-xenial mongo:4-windowsservercore-1809 golang:1.8-onbuild golang:1.4-cross
ruby:2.1-onbuild ruby:2.3-slim-jessie elixir:1.12-otp-24 rabbitmq:3-management-alpine solr:8-slim nginx:mainline-alpine-perl
nginx:1.25-alpine-otel redis:3-32bit redis:nanoserver docker:18-git docker:experimental docker:stable-dind docker:edge-git
docker:test docker:20-rc-dind debian:rc-buggy debian:experimental debian:oldoldstable debian:buster-backports debian:potato
fedora:branched fedora:heisenbug drupal:8-apache-buster wordpress:cli-php8.1 wordpress:beta-fpm nextcloud:production-fpm
jruby:9-onbuild perl:5-threaded-stretch haproxy:lts-alpine influxdb:1.8-meta influxdb:1.8-data mariadb:10-ubi mariadb:10.5-focal
percona:psmdb-4 percona:ps-8 alpine:20190228 ubuntu:devel ubuntu:zesty ubuntu:12.10 rakudo-star:2020.01
eclipse-temurin:11-centos7 eclipse-temurin:8u312-b07-jdk eclipse-temurin:17-jre-ubi9-minimal buildpack-deps:artful-curl
swift:5.1-amazonlinux2-slim swift:5-centos8 oraclelinux:7-slim amazonlinux:2018.03 clearlinux:base sonarqube:9-community
sonarqube:9-developer couchbase:enterprise-6 neo4j:3-enterprise kong:2-ubuntu rust:slim-stretch rust:nightly haskell:8-stretch
cassandra:2.1 traefik:v1.7-alpine traefik:maroilles traefik:chevrotin traefik:1.7-scratch logstash:7.1 kibana:4 redmine:passenger
groovy:jdk8-alpine sapmachine:11-jdk-headless-ubuntu ibmjava:8-sfj-alpine websphere-liberty:webProfile8 tomee:8-jre8-microprofile
tomee:9-jdk11-plume-ubuntu jetty:9-jre8-alpine geonetwork:3-postgres eggdrop:develop bonita:7-community xwiki:13-mysql-tomcat
ros:melodic-ros-base-bionic photon:4.0-20240101 spark:3.4-scala2.12-java11-python3-ubuntu flink:1.13-scala_2.11-java8
nats:2-scratch nats-streaming:linux orientdb:3-spatial aerospike:ee haxe:4-windowsservercore hylang:0-pypy3.9-bookworm
pypy:2-7.3-slim-buster julia:1.0-stretch clojure:lein-2.9 clojure:openjdk-8-boot clojure:tools-deps-alpine varnish:fresh
mediawiki:lts-fpm composer:1 ubuntu:mantic debian:testing busybox:glibc busybox:uclibc busybox:ubuntu-14.04 dart:dev
postgres:9.6-alpine3.10 postgres:12-bullseye friendica:dev-fpm emqx:4.3-ee`;
for (const image of old.trim().split(/\s+/)) {
  test(`${image} may be there`, () => {
    const [name = '', tag = ''] = image.split(':');
    assert.equal(misspelling(name, tag), undefined);
  });
}

test('no tag of the table is misspelt', () => {
  for (const line of tagTable.trim().split('\n')) {
    const [name = ''] = line.split(' ');
    for (const tag of (tagsOf(name) ?? []).flat())
      assert.equal(misspelling(name, tag), undefined, `${name}:${tag}`);
  }
});

test('nothing is said of other images', () =>
  assert.equal(misspelling('example.com/node', '24-slm'), undefined));
