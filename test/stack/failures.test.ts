import { describe, expect, test } from 'vitest';
import { explainBuildFailure, explainUpFailure } from '../../src/compose/failures.js';

describe('what docker compose up says', () => {
  test.each([
    [
      'Error response from daemon: driver failed programming external connectivity on endpoint a: Bind ' +
        'for 127.0.0.1:8080 failed: port is already allocated',
      'PORT_TAKEN',
      'The port 127.0.0.1:8080 is in use.',
    ],
    [
      'Error response from daemon: Error starting userland proxy: listen tcp4 ' +
        '127.0.0.1:41583: bind: address already in use',
      'PORT_TAKEN',
      'The port 127.0.0.1:41583 is in use.',
    ],
    [
      'failed to set up container networking: driver failed programming external connectivity: failed to ' +
        'bind host port for 127.0.0.1:8080:172.18.0.2:80/tcp: address already in use',
      'PORT_TAKEN',
      'A published port is in use.',
    ],
    [
      'Error response from daemon: Pool overlaps with other one on this address space',
      'SUBNET_TAKEN',
      'Another program took a subnet of the stack while the stack was starting.',
    ],
    [
      'Error response from daemon: No such image: waf:9',
      'IMAGE_MISSING',
      'The image waf:9 is missing and cannot be pulled.',
    ],
    [
      'pull access denied for chaitin/nothing, repository does not exist or may require docker login',
      'IMAGE_MISSING',
      'The image chaitin/nothing is missing and cannot be pulled.',
    ],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'DOCKER_UNREACHABLE',
      'The Docker daemon does not answer.',
    ],
    [
      'Error starting userland proxy: listen tcp4 192.0.2.9:0: bind: cannot assign requested address',
      'START_FAILED',
      "Docker's host has no network interface with the address that ports should be published on.",
    ],
    [
      'dependency failed to start: container x exited (1)',
      'START_FAILED',
      'A container could not be started: dependency failed to start: container x exited (1)',
    ],
  ])('%s', (line, code, message) => {
    expect(explainUpFailure([' Container a  Creating', line, ''])).toMatchObject({ code, message });
  });
});

describe('what docker compose build says', () => {
  test('the last lines go into the hint', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `#7 step ${index}`);
    const { code, message, hint } = explainBuildFailure([...lines, 'failed to solve: exit code: 3']);
    expect(code).toBe('BUILD_FAILED');
    expect(message).toContain('failed to solve: exit code: 3');
    expect(hint).toContain('#7 step 49');
    expect(hint).not.toContain('#7 step 20\n');
  });

  test('a Debian base that no registry gave is named as its Dockerfile names it', () => {
    const line =
      'failed to solve: debian:sarge-slim: failed to resolve source metadata for ' +
      'docker.io/library/debian:sarge-slim: failed to do request';
    expect(explainBuildFailure([line]).hint).toContain('The base image debian:sarge-slim is missing');
  });

  test('a daemon that went away is not a bad build', () => {
    expect(explainBuildFailure(['Cannot connect to the Docker daemon at tcp://x']).code).toBe('DOCKER_UNREACHABLE');
  });
});
