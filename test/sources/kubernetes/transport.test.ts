import { expect, test } from 'vitest';
import { httpServer, proxyServer, sendJson } from '../../helpers/api-server.ts';
import { mirror, mirrored, open, serve, untilEnd } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';

test('a certificate of an unknown authority is refused, unless told otherwise', async () => {
  const { url } = await serve(mirror);
  const strict = await open(kubeconfigText(url, {}, { 'certificate-authority': undefined }));
  await expect(strict.get('/')).rejects.toThrow(
    'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
  );
  const loose = await open(kubeconfigText(url), { insecureSkipTlsVerify: true });
  expect((await mirrored(loose)).url).toBe('/version');
});

test('an expired certificate is refused', async () => {
  const { url } = await serve(mirror, 'expired-server.crt');
  await expect((await open(kubeconfigText(url))).get('/')).rejects.toThrow(
    'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
  );
});

test('a certificate for other names is refused, unless the name is given', async () => {
  const { url } = await serve(mirror);
  const other = await open(kubeconfigText(url), { tlsServerName: 'other.test' });
  await expect(other.get('/')).rejects.toThrow(
    'x509: certificate is valid for localhost, kubernetes.test, 127.0.0.1, not other.test',
  );
  const named = await open(kubeconfigText(url), { tlsServerName: 'kubernetes.test' });
  expect((await mirrored(named)).url).toBe('/version');
});

test('plain HTTP on a TLS port is recognised', async () => {
  const { port } = await untilEnd(httpServer(mirror));
  await expect((await open(kubeconfigText(`https://127.0.0.1:${port}`))).get('/')).rejects.toThrow(
    'Unable to connect to the server: http: server gave HTTP response to HTTPS client',
  );
});

test('an http:// server, as kubectl proxy is, is read without TLS', async () => {
  const { port } = await untilEnd(
    httpServer((_, response) => {
      sendJson(response, { plain: true });
    }),
  );
  expect(await (await open(kubeconfigText(`http://127.0.0.1:${port}`))).get('/')).toEqual({ plain: true });
});

test('proxy-url leads every request through one tunnel', async () => {
  const { url, port } = await serve(mirror);
  const proxy = await untilEnd(proxyServer(port));
  const cluster = await open(kubeconfigText(url, {}, { 'proxy-url': `http://127.0.0.1:${proxy.port}` }));
  await cluster.get('/version');
  await cluster.get('/version');
  expect(proxy.tunnels).toEqual([`127.0.0.1:${port}`]);
});

test('HTTPS_PROXY of the environment is used, and resolves the name of the server', async () => {
  const { port } = await serve(mirror);
  const proxy = await untilEnd(proxyServer(port));
  const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const cluster = await open(kubeconfigText('https://kubernetes.test:6443'), {}, env);
  expect((await mirrored(cluster)).url).toBe('/version');
  expect(proxy.tunnels).toEqual(['kubernetes.test:6443']);
});
