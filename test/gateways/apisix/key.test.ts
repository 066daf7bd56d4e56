import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { asRecord } from '../../../source/core/door.ts';
import { findKey } from '../../../source/gateways/apisix/found-key.ts';
import { givenKey, type KeyOptions } from '../../../source/gateways/apisix/key.ts';
import { recordedText } from '../../helpers/ingress-controller.ts';
import { fakeKube, listOf } from '../../helpers/kube-api.ts';
import { secrets } from '../../helpers/secrets.ts';

describe('a key that the user points at', () => {
  const secret = '/api/v1/namespaces/gw/secrets/admin';
  const files: Readonly<Record<string, string>> = { key: 'of-file\n', empty: '\n', page: '{\n "a": 1 }' };
  const readFile = (path: string) => {
    const content = files[path];
    return content === undefined
      ? Promise.reject(Object.assign(new Error(), { code: 'ENOENT' }))
      : Promise.resolve(content);
  };
  const get = (options: KeyOptions, env: Record<string, string> = {}) => {
    const kube = fakeKube({ [secret]: { data: { viewer: Buffer.from('of-secret\n').toString('base64') } } });
    return givenKey(options, { kube, env, readFile });
  };
  const keySecret = { namespace: 'gw', name: 'admin', key: 'viewer' };

  test.each<[string, KeyOptions, Record<string, string>, unknown]>([
    ['its file', { keyFile: 'key' }, {}, { value: 'of-file', from: 'file key' }],
    ['its Secret', { keySecret }, {}, { value: 'of-secret', from: 'Secret gw/admin, viewer' }],
    ['the environment', {}, { APISIX_ADMIN_KEY: 'of-env' }, { value: 'of-env', from: 'APISIX_ADMIN_KEY' }],
    [
      'a flag before the environment',
      { keyFile: 'key' },
      { APISIX_ADMIN_KEY: 'of-env' },
      { value: 'of-file', from: 'file key' },
    ],
    ['nowhere', {}, { APISIX_ADMIN_KEY: '' }, undefined],
  ])('comes from %s', async (_, options, env, key) => {
    expect(await get(options, env)).toEqual(key);
  });

  test.each<[KeyOptions, string]>([
    [{ keyFile: 'gone' }, 'open gone: no such file or directory'],
    [{ keyFile: 'empty' }, 'file empty holds no key of the APISIX admin API: it is empty'],
    [{ keyFile: 'page' }, 'file page holds no key of the APISIX admin API: it is no single word'],
    [{ keySecret: { ...keySecret, key: 'admin' } }, 'Secret gw/admin has no key "admin"'],
    [{ keySecret: { ...keySecret, name: 'gone' } }, 'Error from server (NotFound)'],
  ])('is missed at %j', async (options, message) => {
    await expect(get(options)).rejects.toThrow(message);
  });
});

describe('a key that lies open in the cluster', () => {
  const pod = { namespace: 'gw', name: 'apisix-0', configMaps: ['apisix'] };
  const configMaps = '/api/v1/namespaces/gw/configmaps';
  const proxies = '/apis/apisix.apache.org/v1alpha1/namespaces/gw/gatewayproxies';
  const configMap = (name: string, text: string) => ({
    metadata: { namespace: 'gw', name },
    data: { 'config.yaml': text },
  });
  const adminKeys = (prefix: string) =>
    `admin_key: [{name: admin, key: ${prefix}-admin, role: admin}, {name: viewer, key: ${prefix}-viewer, role: viewer}]`;
  const own = configMap('apisix', `deployment: {admin: {${adminKeys('own')}}}`);
  const old = configMap('old', `apisix: {${adminKeys('old')}}`);
  const controller = configMap('aic-configmap', 'apisix: {default_cluster_admin_key: of-controller}');
  const template = configMap(
    'aic-configmap',
    'apisix:\n  default_cluster_admin_key: "{{.DEFAULT_CLUSTER_ADMIN_KEY}}"',
  );
  const broken = configMap('broken', 'a: [');
  const proxy = (adminKey: unknown) => ({
    metadata: { namespace: 'gw', name: 'gp' },
    spec: { provider: { controlPlane: { auth: { type: 'AdminKey', adminKey } } } },
  });

  const recorded = loadAll(recordedText('v2.2.0/gw22.yaml'))
    .map(asRecord)
    .filter(({ kind }) => kind === 'GatewayProxy');

  test.each<[string, Record<string, unknown>, unknown]>([
    [
      "the pod's own configuration first, and the viewer's there",
      { [configMaps]: listOf(old, controller, own) },
      { value: 'own-viewer', from: 'ConfigMap gw/apisix, viewer' },
    ],
    [
      'the form of APISIX 2.x',
      { [configMaps]: listOf(broken, controller, old) },
      { value: 'old-viewer', from: 'ConfigMap gw/old, viewer' },
    ],
    [
      "the controller's",
      { [configMaps]: listOf(configMap('apisix', 'deployment: {}'), controller) },
      { value: 'of-controller', from: 'ConfigMap gw/aic-configmap' },
    ],
    [
      'a GatewayProxy, when all else is a template',
      { [configMaps]: listOf(template), [proxies]: listOf(proxy({ value: 'of-proxy' })) },
      { value: 'of-proxy', from: 'GatewayProxy gw/gp' },
    ],
    [
      'nowhere, when the GatewayProxy names a Secret',
      { [proxies]: listOf(proxy({ valueFrom: { secretKeyRef: { name: 's', key: 'k' } } })) },
      undefined,
    ],
    [
      'a recorded GatewayProxy, by its literal value beside another that names a Secret',
      { [proxies]: listOf(...recorded) },
      { value: secrets.publicAdminKey, from: 'GatewayProxy default/gp-standalone' },
    ],
    ['nowhere, when nothing may be read', { [configMaps]: 403, [proxies]: 403 }, undefined],
  ])('is found: %s', async (_, answers, key) => {
    const kube = fakeKube(answers);
    expect(await findKey(kube, pod)).toEqual(key);
    expect(kube.asked.join()).not.toContain('secrets');
  });
});
