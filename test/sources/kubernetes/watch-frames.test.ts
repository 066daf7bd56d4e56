import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { kinds, type Kind } from '../../../source/sources/kubernetes/kinds.ts';
import { openWatch } from '../../../source/sources/kubernetes/watch/events.ts';
import { framesOf, lengthDelimited } from '../../../source/sources/kubernetes/watch/frames.ts';
import { open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';

function delimited(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.of((number << 3) | 2, (bytes.length & 0x7f) | 0x80, bytes.length >> 7),
    bytes,
  ]);
}

/** A frame as the API server writes it: a length, then a WatchEvent with the object in its envelope. */
function frameOf(type: string, object: Buffer): Buffer {
  const event = Buffer.concat([delimited(1, Buffer.from(type)), delimited(2, delimited(1, object))]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(event.length);
  return Buffer.concat([length, event]);
}

test('a watch in protobuf is read wherever its frames are torn', async () => {
  const pb = readFileSync(new URL('../../fixtures/protobuf/service.pb', import.meta.url));
  const stream = Buffer.concat([frameOf('ADDED', pb), frameOf('MODIFIED', pb)]);
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.kubernetes.protobuf;stream=watch' });
    void (async () => {
      for (let from = 0; from < stream.length; from += 97) {
        response.write(stream.subarray(from, from + 97));
        await pause(1);
      }
    })();
  });
  const end = new AbortController();
  onTestFinished(() => {
    end.abort();
  });
  const request = { query: {}, signal: end.signal };
  const told: unknown[] = [];
  for await (const events of await openWatch(await open(kubeconfigText(url)), kinds.services, {}, request)) {
    told.push(...events);
    if (told.length === 2) break;
  }
  const item = { name: 'httpbin', selector: { app: 'httpbin-deployment' } };
  expect(told).toMatchObject([
    { type: 'Set', item },
    { type: 'Set', item },
  ]);
});

test.each(Object.entries<Kind<unknown>>(kinds))(
  'the end of the initial list of %s is told by a bookmark',
  async (_, kind) => {
    const annotation = Buffer.concat([delimited(1, 'k8s.io/initial-events-end'), delimited(2, 'true')]);
    const metadata = Buffer.concat([delimited(6, '99'), delimited(12, annotation)]);
    const object = Buffer.concat([Buffer.from('k8s\0'), delimited(2, delimited(1, metadata))]);
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.kubernetes.protobuf;stream=watch' });
      response.write(frameOf('BOOKMARK', object));
    });
    const end = new AbortController();
    onTestFinished(() => {
      end.abort();
    });
    const request = { query: {}, signal: end.signal };
    for await (const events of await openWatch(await open(kubeconfigText(url)), kind, {}, request)) {
      expect(events).toEqual([{ type: 'Bookmark', isInitialEnd: true, resourceVersion: '99' }]);
      break;
    }
  },
);

test('a stream that ends amid a frame is no end in order', async () => {
  const chunks = [frameOf('ADDED', Buffer.alloc(300)).subarray(0, 200)];
  const read = async () => {
    for await (const frames of framesOf(chunks as unknown as AsyncIterable<Buffer>, lengthDelimited)) {
      expect(frames).toEqual([]);
    }
  };
  await expect(read()).rejects.toThrow('it ended amid an event');
});
