import { expect, test } from 'vitest';
import { ApiError } from '../../../source/sources/kubernetes/api-error.ts';
import { httpServer, sendStatus } from '../../helpers/api-server.ts';
import { mirror, open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';

test.each([
  [403, 'Forbidden', 'pods is forbidden: User "x" cannot list resource "pods"', true],
  [404, 'NotFound', 'services "web" not found', true],
])('an answer %i %s is what kubectl prints', async (status, reason, message, verbatim) => {
  const { url } = await serve((_, response) => {
    sendStatus(response, status, reason, message);
  });
  const error: unknown = await (await open(kubeconfigText(url))).get('/').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    message: `Error from server (${reason}): ${message}`,
    status,
    serverMessage: message,
    verbatim,
  });
});

test('without valid credentials one must log in', async () => {
  const { url } = await serve((_, response) => {
    sendStatus(response, 401, 'Unauthorized', 'Unauthorized');
  });
  await expect((await open(kubeconfigText(url))).get('/')).rejects.toMatchObject({
    message: 'You must be logged in to the server (Unauthorized)',
    verbatim: false,
    status: 401,
  });
});

test('an error page of a proxy is told by its status', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(503).end('<html>busy</html>');
  });
  await expect((await open(kubeconfigText(url))).get('/')).rejects.toThrow(
    'Error from server (ServiceUnavailable): the server is currently unable to handle the request',
  );
});

test.each([
  ['HTML', '<html><title>Log in</title></html>', 'answered with HTML, not JSON: Log in'],
  ['half a JSON', '{"items":[{', 'it is cut off'],
  ['something else', 'hello', 'it is no JSON'],
])('%s instead of an object is an error', async (_, body, words) => {
  const { url } = await serve((_, response) => response.end(body));
  await expect((await open(kubeconfigText(url))).get('/')).rejects.toThrow(words);
});

test('an answer that breaks off is a lost connection', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"items":');
    response.socket?.end();
  });
  await expect((await open(kubeconfigText(url))).get('/')).rejects.toThrow(
    'Unable to connect to the server: EOF',
  );
});

test('a refused connection asks for host and port', async () => {
  const closed = await httpServer(mirror);
  await closed.close();
  const cluster = await open(kubeconfigText(`https://127.0.0.1:${closed.port}`));
  await expect(cluster.get('/')).rejects.toMatchObject({
    message: `The connection to the server 127.0.0.1:${closed.port} was refused - did you specify the right host or port?`,
    verbatim: true,
  });
});

test('a server that does not answer in time is given up', async () => {
  const { url } = await serve(() => undefined);
  const cluster = await open(kubeconfigText(url), { requestTimeout: '50ms' });
  await expect(cluster.get('/')).rejects.toThrow(
    'Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)',
  );
});
