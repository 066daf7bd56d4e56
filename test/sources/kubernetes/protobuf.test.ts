import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { asArray, asRecord } from '../../../source/core/door.ts';
import { kinds, type Kind } from '../../../source/sources/kubernetes/kinds.ts';
import { getObject, list } from '../../../source/sources/kubernetes/layer.ts';
import { ListReader } from '../../../source/sources/kubernetes/protobuf/list-reader.ts';
import { open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';
import { randomOf } from '../../helpers/random.ts';

/** An answer of a real API server (test/cluster/record-protobuf.ts), byte for byte. */
function recorded(file: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/protobuf/${file}`, import.meta.url)));
}

const recordedJson = (name: string): unknown => JSON.parse(recorded(`${name}.json`).toString());

const lists: Readonly<Record<string, Kind<unknown>>> = {
  pods: kinds.pods,
  slices: kinds.endpointSlices,
  endpoints: kinds.endpoints,
  nodes: kinds.nodes,
};

/** The items of a list that comes in pieces of so many bytes. */
function itemsOf<Item>(bytes: Buffer, kind: Kind<Item>, size = bytes.length): readonly Item[] {
  const reader = new ListReader({ message: [], ...kind });
  for (let from = 0; from < bytes.length; from += size) reader.take(bytes.subarray(from, from + size));
  return reader.end().items;
}

/** A cluster that answers everything with one recording, as protobuf to those who ask for it. */
async function recordedCluster(name: string, send: (body: Buffer) => Buffer = (body) => body) {
  const accepted: (string | undefined)[] = [];
  const { url } = await serve(({ headers: { accept } }, response) => {
    accepted.push(accept);
    const isProtobuf = accept?.startsWith('application/vnd.kubernetes.protobuf') === true;
    const status = name === 'missing' ? 404 : 200;
    const type = isProtobuf ? 'application/vnd.kubernetes.protobuf' : 'application/json';
    response.writeHead(status, { 'content-type': type, 'content-encoding': 'gzip' });
    response.end(gzipSync(send(recorded(`${name}.${isProtobuf ? 'pb' : 'json'}`))));
  });
  return { cluster: await open(kubeconfigText(url)), accepted };
}

test.each(Object.entries(lists))('%s are the same by protobuf as by JSON', async (name, kind) => {
  const { cluster, accepted } = await recordedCluster(name);
  const json = asRecord(recordedJson(name));
  const items = asArray(json['items']);
  expect(items.length).toBeGreaterThan(0);
  expect(await list(cluster, kind, {})).toEqual({
    items: items.map(kind.parse),
    resourceVersion: asRecord(json['metadata'])['resourceVersion'],
  });
  expect(accepted).toEqual(['application/vnd.kubernetes.protobuf, application/json']);
});

test('an object is the same by protobuf as by JSON', async () => {
  const { cluster } = await recordedCluster('service');
  const service = await getObject(cluster, kinds.services, { namespace: 'default', name: 'httpbin' });
  expect(service).toEqual(kinds.services.parse(recordedJson('service')));
  expect(service).toMatchObject({
    selector: { app: 'httpbin-deployment' },
    publishNotReadyAddresses: true,
    ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  });
});

test('a pod keeps in protobuf its end and its sidecar', () => {
  const held = itemsOf(recorded('pods.pb'), kinds.pods).find(({ name }) => name === 'held');
  expect(held).toMatchObject({
    terminating: true,
    changedAt: '2026-11-24T18:25:36Z',
    namedPorts: [
      { name: 'http', containerPort: 80, protocol: 'TCP' },
      { name: 'proxy', containerPort: 8443, protocol: 'TCP' },
    ],
  });
});

test('a server that has JSON only is read as before', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(recorded('pods.json'));
  });
  const { items } = await list(await open(kubeconfigText(url)), kinds.pods, {});
  expect(items).toEqual(asArray(asRecord(recordedJson('pods'))['items']).map(kinds.pods.parse));
});

test('a refusal in protobuf is told as one in JSON', async () => {
  const { cluster } = await recordedCluster('missing');
  await expect(cluster.list('/x', {}, kinds.services)).rejects.toMatchObject({
    status: 404,
    message: 'Error from server (NotFound): services "nobody" not found',
  });
});

test('half an answer is an error', async () => {
  const { cluster } = await recordedCluster('pods', (body) => body.subarray(0, body.length / 2));
  await expect(list(cluster, kinds.pods, {})).rejects.toThrow(
    /^cannot read the answer of .* to GET \/api\/v1\/pods: it is cut off, or no protobuf$/,
  );
});

test('in whatever pieces a list comes, it is the same', () => {
  const whole = recorded('pods.pb');
  const items = itemsOf(whole, kinds.pods);
  for (const size of [1, 2, 3, 7, 100, 1000, whole.length - 1]) {
    expect(itemsOf(whole, kinds.pods, size)).toEqual(items);
  }
});

test('wherever an answer is cut off, it is noticed', () => {
  const whole = recorded('slices.pb');
  // The last four bytes are two empty texts of the envelope.
  for (let length = 0; length < whole.length - 4; length += 1) {
    expect(() => itemsOf(whole.subarray(0, length), kinds.endpointSlices)).toThrow(RangeError);
  }
});

test('of garbled bytes nothing is read past their end, and nothing hangs', () => {
  const whole = recorded('pods.pb');
  for (let seed = 0; seed < 2_000; seed += 1) {
    const { below } = randomOf(seed);
    const garbled = Buffer.from(whole);
    for (let count = 0; count < 4; count += 1) garbled[below(garbled.length)] = below(256);
    try {
      expect(itemsOf(garbled, kinds.pods).length).toBeLessThan(100);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  }
});
