import { describe, expect, test } from 'vitest';
import { judge } from '../../src/armapi/calls/judge.js';
import { ARM, EDGE, EXEC, NETWORK, OWN_LABELS, PROJECT, WORKERS } from './arm.js';

const ask = (method: string, target: string, body = '') => judge({ method, target, body }, ARM, OWN_LABELS);
const OWN = `filters=${encodeURIComponent(JSON.stringify({ label: OWN_LABELS })).replaceAll('%20', '+')}`;
const filters = (value: unknown): string => `filters=${encodeURIComponent(JSON.stringify(value))}`;

describe('calls that stay within the arm', () => {
  test.each([
    ['GET', '/_ping', '/_ping'],
    ['HEAD', '/_ping', '/_ping'],
    ['GET', '/v1.44/version', '/v1.44/version'],
    ['GET', '/v1.44/info', '/v1.44/info'],
    ['GET', '/v1.44/containers/json', `/v1.44/containers/json?${OWN}&all=1`],
    ['GET', '/containers/json?all=0&limit=-1&trunc_cmd=0&size=1', `/containers/json?size=1&${OWN}&all=1`],
    [
      'GET',
      `/containers/json?${filters({ name: ['^/?shop-edge$'], status: ['exited'] })}`,
      `/containers/json?${OWN}&all=1`,
    ],
    ['GET', '/v1.44/containers/shop-edge/json', `/v1.44/containers/${EDGE}/json`],
    ['GET', '/v1.44/containers/shop-worker-2/json?size=true', `/v1.44/containers/${WORKERS[1]}/json?size=true`],
    ['GET', `/containers/${EDGE.slice(0, 12)}/json`, `/containers/${EDGE}/json`],
    ['GET', `/containers/${EDGE}/json`, `/containers/${EDGE}/json`],
    ['GET', '/containers/shop%2Dedge/json', `/containers/${EDGE}/json`],
    [
      'GET',
      '/v1.44/containers/shop-edge/logs?follow=1&stdout=1&tail=20',
      `/v1.44/containers/${EDGE}/logs?follow=1&stdout=1&tail=20`,
    ],
    ['GET', '/containers/shop-edge/stats?stream=0', `/containers/${EDGE}/stats?stream=0`],
    ['GET', '/containers/shop-edge/top?ps_args=-ef', `/containers/${EDGE}/top?ps_args=-ef`],
    ['POST', '/v1.44/containers/shop-edge/restart?t=5', `/v1.44/containers/${EDGE}/restart?t=5`],
    ['POST', '/containers/shop-edge/kill?signal=HUP', `/containers/${EDGE}/kill?signal=HUP`],
    ['POST', '/containers/shop-edge/stop', `/containers/${EDGE}/stop`],
    ['POST', '/containers/shop-edge/start', `/containers/${EDGE}/start`],
    ['POST', '/containers/shop-edge/pause', `/containers/${EDGE}/pause`],
    ['POST', '/containers/shop-edge/wait?condition=not-running', `/containers/${EDGE}/wait?condition=not-running`],
    ['POST', '/containers/shop-edge/attach?stream=1&stdin=1', `/containers/${EDGE}/attach?stream=1&stdin=1`],
    ['POST', `/v1.44/exec/${EXEC}/start`, `/v1.44/exec/${EXEC}/start`],
    ['GET', `/exec/${EXEC}/json`, `/exec/${EXEC}/json`],
    ['POST', `/exec/${EXEC}/resize?h=24&w=80`, `/exec/${EXEC}/resize?h=24&w=80`],
    ['GET', '/v1.44/events?since=10&until=20', `/v1.44/events?since=10&until=20&${OWN}`],
    ['GET', `/events?${filters({ type: { container: true }, label: { 'shop.role=edge': true } })}`, `/events?${OWN}`],
    ['GET', '/networks', `/networks?${OWN}`],
    ['GET', '/networks/shop-net', `/networks/${NETWORK}`],
    ['GET', `/networks/${NETWORK}`, `/networks/${NETWORK}`],
  ])('%s %s', (method, target, path) => {
    expect(ask(method, target)).toMatchObject({ kind: 'forward', method, path });
  });

  test('a call that changes something is reported with the service that it changes', () => {
    expect(ask('POST', '/containers/shop-worker-2/restart')).toMatchObject({ acts: 'restart worker' });
    expect(ask('GET', '/containers/shop-edge/json')).toMatchObject({ acts: null });
  });

  test('a command: the known fields of its body are passed on', () => {
    const body = { Cmd: ['nginx', '-s', 'reload'], AttachStdout: true, Privileged: false, Env: null, Container: 'x' };
    expect(ask('POST', '/v1.44/containers/shop-edge/exec', JSON.stringify(body))).toMatchObject({
      kind: 'forward',
      path: `/v1.44/containers/${EDGE}/exec`,
      body: { Cmd: ['nginx', '-s', 'reload'], AttachStdout: true, Privileged: false, Env: null },
      acts: 'exec edge',
    });
  });

  test.each(['{}', 'null', ''])('a body without content, %j, counts as no body', (body) => {
    expect(ask('POST', '/containers/shop-edge/start', body)).toMatchObject({ kind: 'forward', body: undefined });
  });
});

describe('calls that are refused', () => {
  test.each([
    ['POST', '/v1.44/containers/create'],
    ['POST', '/v1.44/containers/create?name=shop-edge'],
    ['DELETE', '/v1.44/containers/shop-edge?force=1'],
    ['POST', '/containers/shop-edge/update'],
    ['POST', '/containers/shop-edge/rename?name=other'],
    ['POST', '/containers/prune'],
    ['GET', '/containers/shop-edge/export'],
    ['GET', '/containers/shop-edge/archive?path=/'],
    ['PUT', '/containers/shop-edge/archive?path=/'],
    ['GET', '/containers/shop-edge/attach/ws'],
    ['POST', '/commit?container=shop-edge'],
    ['POST', '/images/create?fromImage=nginx'],
    ['GET', '/images/json'],
    ['POST', '/build'],
    ['POST', '/networks/create'],
    ['POST', '/networks/shop-net/connect'],
    ['DELETE', '/networks/shop-net'],
    ['GET', '/volumes'],
    ['POST', '/volumes/create'],
    ['GET', '/system/df'],
    ['POST', '/swarm/init'],
    ['GET', '/services'],
    ['GET', '/secrets'],
    ['GET', '/plugins'],
    ['POST', '/auth'],
    ['POST', '/session'],
    ['POST', '/grpc'],
    ['DELETE', '/_ping'],
    ['POST', '/containers/json'],
    ['get', '/_ping'],
  ])('%s %s is not known', (method, target) => {
    expect(ask(method, target)).toMatchObject({ kind: 'refuse', reason: 'unknown' });
  });

  test.each([
    ['GET', '/containers/production-db/json', 'production-db'],
    ['POST', '/containers/production-db/restart', 'production-db'],
    ['POST', `/containers/${'f'.repeat(64)}/kill`, 'f'.repeat(64)],
    // Two of the arm's begin like this.
    ['GET', '/containers/a/json', 'a'],
    // Nobody in the arm knows the names on the daemon.
    ['GET', `/containers/${PROJECT}-edge-1/json`, `${PROJECT}-edge-1`],
    ['POST', `/exec/${'f'.repeat(64)}/start`, 'f'.repeat(64)],
    ['GET', '/networks/bridge', 'bridge'],
    ['GET', '/networks/host', 'host'],
    ['GET', `/networks/${PROJECT}_inner`, `${PROJECT}_inner`],
  ])('%s %s: not in the arm', (method, target, part) => {
    expect(ask(method, target)).toMatchObject({ kind: 'refuse', reason: 'missing', part });
  });

  test.each([
    ['GET', '/containers//json', 'path'],
    ['GET', '/containers/shop-edge%2fjson', 'path'],
    ['GET', '/containers/..%2f..%2fimages/json', 'path'],
    ['GET', '/containers/%ff/json', 'path'],
    ['GET', '/', 'path'],
    ['GET', '//v1.44/containers/json', 'path'],
    ['GET', '//docker/containers/json', 'path'],
    ['GET', 'http://[/containers/json', 'path'],
    ['POST', '/v1.23/containers/shop-edge/start', 'version'],
    ['GET', '/v0.9/containers/json', 'version'],
    ['GET', '/containers/json?all=1&all=0', 'query'],
    ['GET', '/containers/json?filters=%7B&all=1', 'query'],
    ['GET', '/containers/json?filters=%5B%5D', 'query'],
    ['GET', '/containers/json?before=x', 'query'],
    ['GET', '/containers/shop-edge/json?filters={}', 'query'],
    ['GET', '/containers/shop-edge/top?ps_args=-eo%20args', 'query'],
    ['POST', '/containers/shop-edge/kill?signal=HUP%26x', 'query'],
    ['GET', '/containers/json?all=2', 'query'],
    ['GET', `/containers/json?${filters({ ancestor: ['debian'] })}`, 'filter'],
    ['GET', `/containers/json?${filters({ name: ['(a+)+$'] })}`, 'filter'],
    ['GET', `/containers/json?${filters({ constructor: ['x'] })}`, 'filter'],
    ['GET', `/events?${filters({ daemon: ['x'] })}`, 'filter'],
    ['GET', `/networks?${filters({ dangling: ['true'] })}`, 'filter'],
  ])('%s %s for its %s', (method, target, reason) => {
    expect(ask(method, target)).toMatchObject({ kind: 'refuse', reason });
  });

  test.each([
    ['/containers/shop-edge/exec', '{"Cmd":["sh"],"Privileged":true}', 'Privileged'],
    ['/containers/shop-edge/exec', '{"Cmd":["sh"],"Mounts":[]}', 'Mounts'],
    ['/containers/shop-edge/exec', '{"Cmd":"sh"}', 'Cmd'],
    ['/containers/shop-edge/exec', '{"__proto__":{},"Cmd":["sh"]}', '__proto__'],
    // Once a container was given rights when it was started.
    ['/containers/shop-edge/start', '{"Privileged":true,"Binds":["/:/host"]}', 'Privileged'],
    ['/containers/shop-edge/restart', '{"x":1}', 'x'],
    [`/exec/${EXEC}/start`, '{"Detach":true,"Privileged":true}', 'Privileged'],
    ['/containers/shop-edge/exec', '[]', ''],
    ['/containers/shop-edge/exec', '"sh"', ''],
    ['/containers/shop-edge/exec', '{', ''],
  ])('POST %s with %s', (target, body, part) => {
    expect(ask('POST', target, body)).toMatchObject({ kind: 'refuse', reason: 'body', part });
  });
});
