import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { agreed, reportOf } from '../helpers/judging.ts';
import { nodes } from '../helpers/objects.ts';
import { ips, pods, read, service, slice, unread } from '../helpers/snapshot.ts';

const named = (...names: readonly string[]) => names.map((name) => ({ name, port: 8080, protocol: 'TCP' }));
const serving = (...names: readonly string[]) =>
  read([
    service({
      ports: names.map((name, index) => ({ name, port: 80 + index, protocol: 'TCP', targetPort: 8080 })),
    }),
  ]);

describe('the port of a finding', () => {
  const lost = { ...agreed, endpoints: unread };
  const two = { services: serving('http', 'metrics'), pods: read(pods(2)), endpoints: unread };
  test.each<readonly [title: string, given: Partial<Snapshot>, code: string, port: string | undefined]>([
    ['is its name', { ...lost, endpointSlices: read([slice(ips(1, 2))]) }, 'MissingFromSlices', 'http'],
    [
      'is its number where it has no name',
      { ...lost, services: serving(''), endpointSlices: read([slice(ips(1, 2), { ports: named('') })]) },
      'MissingFromSlices',
      '80',
    ],
    [
      'is the name that a layer has for it where the Service has no such port',
      { ...lost, endpointSlices: read([slice(ips(1, 2, 3), { ports: named('http', 'old') })]) },
      'StaleInSlices',
      'old',
    ],
    [
      'is not told where the layer has no name for it and the Service has',
      { ...lost, endpointSlices: read([slice(ips(1, 2, 3), { ports: named('http', '') })]) },
      'StaleInSlices',
      undefined,
    ],
    [
      'is not told where it is about several',
      {
        ...two,
        endpointSlices: read([slice([], { ports: named('http', 'metrics') })]),
        nodes: nodes('node-2'),
      },
      'NodeMissing',
      undefined,
    ],
  ])('%s', (_, given, code, port) => {
    const found = reportOf(given).findings.filter((finding) => finding.code === code);
    expect(found.map((finding) => finding.port)).toEqual([port]);
  });
});
